"""How far something is that takes long, for those who wait for it."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many messages are read, of how many."""


def unseen(read: int, total: int) -> None:
    """The progress of what nobody watches."""
