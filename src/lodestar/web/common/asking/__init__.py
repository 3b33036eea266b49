"""How is a form shown, filled in and read? The same for everybody who asks."""
