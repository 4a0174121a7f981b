"""Everything that Moot could not do, in words for the person who asked.

An error's message is one sentence that says what is wrong and what to do about it. Adapters
translate their libraries' errors into these; the command line and the Discord client show them.
"""

from collections.abc import Sequence


class MootError(Exception):
    """Something could not be done. `str(error)` is the sentence to show."""


class ConfigError(MootError):
    """The configuration can't be used as it is."""


class ArchiveError(MootError):
    """The database can't be used as it is."""


class ArchiveUnavailable(ArchiveError):
    """The database can't be used for now: once the disk or the lock is free, it can."""


class ImportFailed(MootError):
    """A file could not be taken in; nothing of it was."""


class EngineFailed(MootError):
    """The engine gave no usable result."""


class ContextTooLong(EngineFailed):
    """What was asked does not fit the model's context."""


class OverBudget(EngineFailed):
    """A budget has no room for what a call of the model may cost."""


class Unreachable(MootError):
    """A service that is needed can't be reached, or lets nobody in."""


class NotFound(MootError):
    """What was asked for is not there."""


class Ambiguous(MootError):
    """A name fits several things; the message lists them."""

    def __init__(self, what: str, words: str, candidates: Sequence[str]) -> None:
        listed = "; ".join(candidates[:10])
        more = f"; and {len(candidates) - 10} more" if len(candidates) > 10 else ""
        super().__init__(f'"{words}" fits several {what}s, say which: {listed}{more}.')
