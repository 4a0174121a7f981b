"""The posts of a saved forum page: where each begins and ends, and who the page says wrote it.

A text has no certain bounds: someone may type a line that looks like the page's own. So the
rules ask for whole shapes (a box with date and number, a lone no-break space), and the foot is
sought from the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENDS_POST = re.compile(r"^[ \t]*\u00a0[ \t]*$", re.MULTILINE)
_MEMBER_BOX = re.compile(
    r"^Joined\n+[^\n]+\n+Messages\n+[\d,.]+$"
    r"(?:\n+(?:Reaction score|Solutions|Points|Trophy points|Age)\n+-?[\d,.]+$"
    r"|\n+(?:Location|Website)\n+[^\n]+$)*",
    re.MULTILINE,
)
_LABEL = r"([^\W\d_][^\n\d.!?:;]{1,29})"
_AFTER = r"(?::?\n+|:[ \t]+)"
_FOREIGN_BOX = re.compile(
    # A label, a date, a label, a number: a box in whatever language but English.
    rf"^{_LABEL}{_AFTER}[^\n]{{0,30}}(?<!\d)(?:19|20)\d\d(?!\d)[^\n]{{0,15}}\n+"
    rf"{_LABEL}{_AFTER}\d[\d.,\u00a0\u202f ]{{0,11}}$",
    re.MULTILINE,
)
_FOOT = "\nUsers who are viewing this thread\n"
_OTHER_FOOT = re.compile(
    r"^(?:Similar threads|Share this page|New Posts|Forum Statistics|Back\nTop\s*\Z)$", re.MULTILINE
)
_SAID = re.compile(r"[^\n]{1,60} said:$")
_EXPAND = ("Click to expand...", "Click to expand…")
_EDITED = re.compile(r"\n+Last edited(?: by a moderator)?: [^\n]{1,40}\Z")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Post:
    """A post at its place on the page, counted from 1. `author` is None where none is named."""

    place: int
    author: str | None
    words: str


def folded(text: str) -> str:
    """The text with one kind of line end, and blank lines in a row made one.

    That is all that is changed in anyone's words: browsers put two or three between paragraphs.
    """
    return _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_member_box(page: str) -> bool:
    """Whether a post on the page is named."""
    return _MEMBER_BOX.search(page) is not None


def is_foreign(page: str) -> bool:
    """Whether posts are named in boxes of another language than English, and none in English."""
    if has_member_box(page):
        return False
    # A label begins with a capital, in scripts that have them; the line of a sentence may not.
    boxes = (found.groups() for found in _FOREIGN_BOX.finditer(page))
    return any(not label[0].islower() and not other[0].islower() for label, other in boxes)


def cut(page: str) -> list[Post]:
    """The posts of a folded page without its title, in order.

    What stands before the first member box, up to the first post's end, is the page's head.
    """
    found = [
        (author, _own_words(words))
        for place, part in enumerate(_parts(page))
        for author, words in _by_author(part, head=place == 0)
    ]
    posts = [(author, words) for author, words in found if author or words]
    return [Post(place, *post) for place, post in enumerate(posts, start=1)]


def _parts(page: str) -> list[str]:
    """The page without its foot, cut where posts end."""
    page = f"\n{page}\n"
    body, foot, _ = page.rpartition(_FOOT)
    parts = _ENDS_POST.split(body if foot else page)
    if not foot:
        parts[-1] = _OTHER_FOOT.split(parts[-1], maxsplit=1)[0]
    return parts


def _by_author(part: str, head: bool) -> Iterator[tuple[str | None, str]]:
    """Authors and words of a part: an unnamed post, if any, then one after every member box."""
    author: str | None = None
    start = 0
    for box in _MEMBER_BOX.finditer(part):
        words, name = _before_box(part[start : box.start()])
        if not (head and start == 0):
            yield author, words
        author, start = name, box.end()
    yield author, part[start:]


def _before_box(text: str) -> tuple[str, str | None]:
    """The words of the post before, and the name of the author whom the box belongs to.

    Above the box stands the author's title in the forum, above that, set off by a blank line,
    the name; where nothing is set off, the first line is the name.
    """
    above, _, block = text.rstrip("\n").rpartition("\n\n")
    if text.endswith("\n\n"):
        words, _, name = text.rstrip("\n").rpartition("\n")
    elif above.strip(" \t\n"):
        words, _, name = above.rpartition("\n")
    else:
        words, name = "", block.lstrip("\n").partition("\n")[0]
    return words, name.strip(" \t") or None


def _own_words(words: str) -> str:
    """The words with what they quote of others behind `> `, without the page's remarks."""
    lines: list[str] = []
    quoted_from: int | None = None
    for line in words.strip("\n").split("\n"):
        if line in _EXPAND and quoted_from is not None:
            quoted = lines[quoted_from:]
            lines[quoted_from:] = [*(f"> {each}".rstrip() for each in quoted), ""]
            quoted_from = None
            continue
        if quoted_from is None and _SAID.match(line):
            quoted_from = len(lines)
        lines.append(line)
    return _EDITED.sub("", folded("\n".join(lines)).strip("\n"))
