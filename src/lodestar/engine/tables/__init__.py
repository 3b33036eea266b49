"""Tables from other tools: bytes in, recognised columns and people out."""
