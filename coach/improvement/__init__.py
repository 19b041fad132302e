"""The log: what was said of the user's answers, what they practised, and what is next."""
