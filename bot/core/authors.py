"""Authors: under what name a person is shown, and who is whom where a source says little."""

import unicodedata
from collections.abc import Iterable

from bot.core.folding import folded, seen
from bot.core.model import Author

DELETED_USER = "456226577798135808"
"""Discord's one user for everybody whose account is gone."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
"""Letters and signs that show nothing: fillers of Hangul, blank Braille, an empty note."""
_SEEN = frozenset("LNPS")
"""The first letters of the categories of characters that leave ink when they stand alone."""


def shows(name: str | None) -> bool:
    """Whether a reader sees anything of a name."""
    return any(unicodedata.category(each)[0] in _SEEN and each not in _BLANK for each in name or "")


def shown_name(*names: str | None) -> str | None:
    """The first of a person's names that shows something; None where none does."""
    return next((name for name in names if name and shows(name)), None)


def unnamed(topic: str, message: str, name: str) -> Author:
    """The author of a message whom the source does not name: another one for each message.

    The id holds the topic's, since message ids are a topic's own.
    """
    return Author(f"unnamed:{topic}:{message}", name)


def persona(webhook: str, name: str | None, topic: str, message: str) -> Author:
    """Who speaks through a webhook, which may post for many: a person by its id and their name."""
    shown = shown_name(name)
    if shown is None:
        return unnamed(topic, message, "somebody without a name")
    return Author(f"{webhook}:{shown}", shown)


def user(id_: str | None, name: str | None, bot: bool, topic: str, message: str) -> Author:
    """A user of Discord's; `name` is the one that is shown. Without an id, the name has to do."""
    if id_ == DELETED_USER:
        return unnamed(topic, message, name or "Deleted User")
    if id_:
        return Author(id_, name or f"user {id_}", bot)
    if name:
        return Author(f"named:{name}", name, bot)
    return unnamed(topic, message, "somebody without a name")


def told_apart(authors: Iterable[Author]) -> dict[str, str]:
    """Everybody's name by id, in order: who looks like one before has a number behind the name."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    counted: dict[str, int] = {}
    for author in {each.source_id: each for each in authors}.values():
        name = author.name
        alike = look(name)
        again = counted.get(alike, 1)
        while look(name) in taken:
            again += 1
            name = f"{' '.join(seen(author.name).split())} ({again})"
        counted[alike] = again
        taken.add(look(name))
        names[author.source_id] = name
    return names


def look(name: str) -> str:
    """What of a name tells it from others: the letters that can be seen, as they look."""
    return " ".join(folded(name).split())
