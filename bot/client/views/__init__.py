"""Core results -> Discord components: the one way out. No view asks, waits or remembers."""
