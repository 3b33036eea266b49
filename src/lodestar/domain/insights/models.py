"""Does the program succeed? Computed from the records; nothing is stored here yet."""
