"""The improvement log: what was said against the user's answers, what they practised, what is next."""
