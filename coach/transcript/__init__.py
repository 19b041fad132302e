"""From a recording to words with times."""
