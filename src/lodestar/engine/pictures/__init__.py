"""A file that somebody chose becomes a picture that can be shown to others."""
