"""How do people come to be known, and how does what we know of them change?"""
