"""Judge a transcript: pure functions, with no disk, clock or screen."""
