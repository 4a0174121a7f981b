"""People's words in a card: harmless, unformatted where they are names, cut where they are long.

It knows Discord's markdown and no core result. What it returns goes into a TextDisplay as it is;
none of it may be cut again, since a cut could open what was closed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.core.boundaries import sentence_ends
from bot.core.inert import inert, one_line, shorten, visible
from bot.core.links import unlinked

NAME_LENGTH = 40
TITLE_LENGTH = 150
SAID_LENGTH = 400
"""Characters of a claim or a quote on a card; no sentence that people wrote is longer."""
PIECE_LENGTH = 700
"""Characters that stand together where words go on over several pages."""
LINK_LENGTH = 200
NAMES_SHOWN = 4

_EMPHASIS = re.compile(r"\*\*|__|~~|[*_]")
_LINK = re.compile(r"https?://\S+|<a?:\w+:\d+>")
"""Addresses and emoji, which an escaped mark would break."""
_SAFE_LINK = re.compile(r"https://[^\s()<>\[\]\\]+")
_MAILBOX = re.compile(r"<[^<>]*@[^<>]*>")
_ADDRESS = re.compile(r"\b([\w.+-]+)@[\w-]+(?:\.[\w-]+)+")
_LIVE = re.compile("[@<]")
_LIST_MARK = re.compile(r"^(\s*)(?=[-+]\s|\d{1,9}[.)]\s)")
_SPACE = re.compile(r"\s+")
_NOTHING = "\u200b"


def called(author: str) -> str:
    """A name as people say it: without the mail address that mailing lists put beside it."""
    alone = one_line(_MAILBOX.sub("", author)).strip("\"' ") or author.strip("<> ")
    return _ADDRESS.sub(r"\1", one_line(alone))


def name(author: str) -> str:
    """A person's name on one line, with no mark in it read as formatting, and no link."""
    return plain(shorten(called(author), NAME_LENGTH)).strip() or "someone"


def plain(text: str) -> str:
    """Words of which none is formatting, a ping or a link, whatever they are put beside."""
    text = _unformatted(inert(unlinked(_SPACE.sub(" ", visible(text)))))
    return _LIST_MARK.sub(rf"\1{_NOTHING}", _LIVE.sub(rf"\g<0>{_NOTHING}", text))


def names(authors: Iterable[str]) -> str:
    """`Ana, Bo and Cy`; of many the first three, and how many more."""
    told = [name(author) for author in dict.fromkeys(authors)]
    if len(told) > NAMES_SHOWN:
        told = [*told[: NAMES_SHOWN - 1], f"{len(told) - NAMES_SHOWN + 1} more"]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def title(text: str, limit: int = TITLE_LENGTH) -> str:
    """A title as plain words, with no link."""
    return plain(shorten(one_line(text), limit)).strip() or "untitled"


def said(text: str, limit: int = SAID_LENGTH) -> str:
    """A claim or a quote on one line. Cut within a spoiler, it is hidden whole."""
    return _closed(inert(shorten(one_line(text), limit)))


def pieces(text: str, limit: int = PIECE_LENGTH) -> Iterator[str]:
    """All of the words on single lines of at most `limit` characters of the original.

    A piece ends with a sentence wherever a sentence fits. Where a spoiler is among words that
    have to be cut, all of them are hidden.
    """
    text = one_line(text)
    hide = len(text) > limit and "||" in text
    for piece in cut(text.replace("||", "") if hide else text, limit):
        yield f"||{said(piece, limit)}||" if hide else said(piece, limit)


def cut(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit` characters, nothing left out but white space."""
    start = done = 0
    for end in sentence_ends(text) if text else ():
        if end - start > limit and done > start:
            yield text[start:done].strip()
            start = done
        while end - start > limit:
            yield text[start : start + limit].strip()
            start += limit
        done = end
    if text[start:].strip():
        yield text[start:].strip()


def beginning(text: str, limit: int) -> str:
    """A draft's first lines and sentences; an ellipsis says that there is more."""
    text = visible(text)
    if len(text) <= limit:
        return text if text.strip() else "…"
    kept = next(cut(text, limit - len("|| …")))
    return f"{kept}{'||' if kept.count('||') % 2 else ''} …"


def link(label: str, url: str | None) -> str | None:
    """A masked link, or None where there is no address to trust."""
    if url is None or len(url) > LINK_LENGTH or not _SAFE_LINK.fullmatch(url):
        return None
    return f"[{label}]({url})"


def day(when: datetime | None) -> str | None:
    """A day as each reader's own Discord writes it."""
    return f"<t:{int(when.timestamp())}:d>" if when else None


def dotted(parts: Iterable[str | None]) -> str:
    """What there is of the parts, with dots between."""
    return " · ".join(part for part in parts if part)


def number(count: int, one: str, several: str | None = None) -> str:
    """`1 message`, `2 messages`."""
    return f"{count} {one if count == 1 else several or f'{one}s'}"


def _closed(text: str) -> str:
    """The text with its emphasis as it is, or with none where a mark is left open."""
    marks = _EMPHASIS.findall(_LINK.sub("", text))
    return _unformatted(text, r"*_~") if any(marks.count(each) % 2 for each in marks) else text


def _unformatted(text: str, marks: str = "*_~`|[]") -> str:
    """The text with formatting marks escaped; addresses and emoji stay as they are."""
    pattern = re.compile(f"[{re.escape(marks)}\\\\]")
    shown: list[str] = []
    done = 0
    for found in _LINK.finditer(text):
        shown += [pattern.sub(r"\\\g<0>", text[done : found.start()]), found.group()]
        done = found.end()
    return "".join((*shown, pattern.sub(r"\\\g<0>", text[done:])))
