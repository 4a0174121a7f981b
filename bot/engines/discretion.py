"""Discretion: what a server says of a failure, before it gets into a sentence for people and logs.

Some servers repeat the key that they refuse, or the whole request that they choked on.
"""

import re
from collections.abc import Iterable

RUN = 16
"""Characters in a row that a server's words have in common with what it was sent by no chance."""
KEY_RUN = 8
"""The same of a key: what servers show of one themselves, to tell keys apart, is shorter."""
_LOGIN = re.compile(r"(?<=://)[^/@\s]+@")


def discreet(told: str, key: str | None, sent: Iterable[str]) -> str:
    """The server's words; none at all where they repeat something of the key or of what was sent.

    Compared as they come out on one line, whatever quoting the server put around.
    """
    if key and _shares_run(told, key, KEY_RUN):
        return ""
    said = _folded(told)
    return "" if any(_shares_run(said, _folded(each), RUN) for each in sent) else told


def without_login(address: str | None) -> str | None:
    """An address without the user name and password that may stand in it."""
    return _LOGIN.sub("", address) if address else address


def _shares_run(text: str, other: str, length: int) -> bool:
    length = min(length, len(other))
    if not length:
        return False
    return any(text[at : at + length] in other for at in range(len(text) - length + 1))


def _folded(text: str) -> str:
    """Without case and without what is written in different ways between words."""
    return " ".join(re.findall(r"\w+", text.casefold()))
