"""Show what was found: on the terminal, and as plain data."""
