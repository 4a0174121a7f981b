"""Discretion: what a server says of a failure, before it gets into a sentence for people and logs.

Some servers repeat the key that they refuse, or the whole request that they choked on.
"""

import re
from collections.abc import Iterable

RUN = 16
"""Characters in a row that a server's words have in common with what it was sent by no chance."""
KEY_RUN = 8
"""The same of a key: what servers show of one themselves, to tell keys apart, is shorter."""
HIDDEN = "the address in base_url"
"""What stands for an address in which nobody can tell what is a password."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*://)(?:([^/?#]*)@)?([^?#]*)(.*)", re.I | re.S)


def discreet(told: str, key: str | None, sent: Iterable[str]) -> str:
    """The server's words; none at all where they repeat something of the key or of what was sent.

    Compared as they come out on one line, whatever quoting the server put around.
    """
    if key and _shares_run(told, key, KEY_RUN):
        return ""
    said = _folded(told)
    return "" if any(_shares_run(said, _folded(each), RUN) for each in sent) else told


def without_login(address: str | None) -> str | None:
    """An address without user name and password, and without what stands behind its path.

    A file's path stays as it is.
    """
    if not address or address.startswith(("/", ".")):
        return address
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return HIDDEN if "@" in address or "?" in address else address
    scheme, _, place, behind = found.groups()
    # Where a sign within the password (/ ? #) ends the address too early, an @ is left over.
    is_torn = "@" in place or ("@" in behind and "/" not in place)
    return HIDDEN if is_torn else f"{scheme}{place}"


def secrets_in(address: str | None) -> tuple[str, ...]:
    """What an address has that nobody is to see: the password, and what stands behind its path."""
    found = _ADDRESS.fullmatch(address.strip()) if address else None
    if found is None:
        return ()
    login, behind = found[2] or "", re.findall(r"=([^&#]+)", found[4])
    return tuple(filter(None, (login.partition(":")[2], *behind)))


def _shares_run(text: str, other: str, length: int) -> bool:
    length = min(length, len(other))
    if not length:
        return False
    return any(text[at : at + length] in other for at in range(len(text) - length + 1))


def _folded(text: str) -> str:
    """Without case and without what is written in different ways between words."""
    return " ".join(re.findall(r"\w+", text.casefold()))
