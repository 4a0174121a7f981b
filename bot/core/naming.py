"""People as others call them: no mail address for a name, and a long name in full but once."""

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from bot.core.authors import look
from bot.core.inert import one_line
from bot.core.wordlists import ORDINARY

_ADDRESS = re.compile(r"\s?<?([\w.+-]{1,100})@[\w-]{1,100}(?:\.[\w-]{1,100}){1,20}>?$")
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|\s-\s.*)\s*$")
_CALLED = re.compile(r"[^\W\d_][\w .'’-]{1,28}")
LONGEST = 200
"""Characters of a name that are read; a mail address with a name is shorter."""
MOST_WORDS = 3
"""Words of a name that people call somebody by."""
ALIKE = 4
"""Letters with which two names begin that are told to be one."""
_FIRST = re.compile(r"[^\W\d_]{3,}$")


def called(name: str) -> str:
    """A name without a mail address, a department behind it, and the last name in front.

    >>> called("Kalikow, Dan (RETG) <dan@mail.example>")
    'Dan Kalikow'
    >>> called("mark.davis@mail.example")
    'mark.davis'
    """
    plain = one_line(name[: 2 * LONGEST])[:LONGEST]
    address = _ADDRESS.search(plain)
    plain = plain[: address.start()].strip(" \"'") or address[1] if address else plain
    plain = _BEHIND.sub("", plain) or plain
    last, comma, first = plain.partition(", ")
    return f"{first} {last}" if comma and first and "," not in first else plain


def short(name: str) -> str:
    """The first name, where a name has one; else the name."""
    first, space, _ = name.partition(" ")
    is_first = space and _FIRST.match(first) and first[0].isupper()
    return first if is_first and first.casefold() not in ORDINARY else name


def is_name(text: str) -> bool:
    """Whether a text has the form of a name, and not of a sentence."""
    return _CALLED.fullmatch(text) is not None and len(text.split()) <= MOST_WORDS


def is_called(wanted: str, author: str, names: Mapping[str, str], said: Mapping[str, str]) -> bool:
    """Whether people may be shown somebody under this name, where `said` are everybody's words.

    It is a name by its form and nobody else's, and a word of their own name, or written by
    themselves or by two others; by one, if it is a part of their name: nobody alone can give a name
    to somebody.
    """
    small = wanted.casefold()
    if _CALLED.fullmatch(wanted) is None or small in ORDINARY:
        return False
    own = called(names[author])
    if wanted == own or any(
        small in called(name).casefold()
        for id_, name in names.items()
        if id_ != author and all(word in name.casefold() for word in small.split())
    ):
        return False
    if wanted in own.split():
        return True
    written = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    users = {id_ for id_, words in said.items() if wanted in words and written.search(words)}
    is_part = small in names[author].casefold()
    return author in users or len(users) > (0 if is_part else 1)


def _alike(name: str, other: str) -> bool:
    """Whether a reader sees that one is short for the other: `Anon45` for `anonymous45`."""
    one, two = (re.sub(r"\W", "", each).casefold() for each in (name, other))
    return one in two or one[:ALIKE] == two[:ALIKE]


class Naming:
    """How people are named in one text after another: in full first, then briefly.

    `names` are all people's, by author, told apart where two share one; `others_call` has the
    names that others use for some. Nobody is called what somebody else might be.
    """

    def __init__(
        self, names: Mapping[str, str], others_call: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        plain = {author: called(name) for author, name in names.items()}
        taken = Counter(map(look, plain.values()))
        self._full = {
            author: name if taken[look(name)] == 1 else names[author]
            for author, name in plain.items()
        }
        briefly = {author: short(name) for author, name in self._full.items()} | dict(others_call)
        parts = {author: {name, *name.split()} for author, name in self._full.items()}
        taken = Counter(part for own in parts.values() for part in own)
        self._short = {
            author: name if taken[name] == (name in parts[author]) else self._full[author]
            for author, name in briefly.items()
        }
        for author in others_call:
            if self._short[author] == briefly[author] and not _alike(
                briefly[author], self._full[author]
            ):
                self._full[author] = f"{briefly[author]} ({self._full[author]})"
        self._named: set[str] = set()

    def name(self, author: str) -> str:
        """The author's name, for a text that goes on."""
        if author not in self._full:
            return "somebody"
        known = author in self._named
        self._named.add(author)
        return self._short[author] if known else self._full[author]

    def full(self, author: str) -> str:
        """The author's name in full."""
        return self._full.get(author, "somebody")

    def briefly(self, author: str) -> str:
        """The author's name as one speaks to them."""
        return self._short.get(author, "somebody")
