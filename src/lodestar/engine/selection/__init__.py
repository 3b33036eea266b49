"""Who may take part, who reads whom, how alike readers score, and who waits where?"""
