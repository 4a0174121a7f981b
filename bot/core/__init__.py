"""The words of the house and their rules: pure code, without I/O, clock or async."""
