"""Data sets of others as threads: one file a format, nothing of how they are measured."""
