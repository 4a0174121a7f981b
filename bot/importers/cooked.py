"""A Discourse post's own words, out of the HTML ("cooked") that its forum shows.

Whose words they are matters most: what a post quotes comes out as `> ` lines without the name
of the quoted, and so do the answers of a poll; a link's preview ("onebox") as the bare link. Files
become attachments, with what is said that they show; emoji their names (`:smile:`). Nothing in here
knows topics, authors or JSON.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from bot.core.model import FILE_ENDINGS, described
from bot.importers.markdown import ABSOLUTE, ForumMarkdown, text_of

_NOT_WORDS = (
    "script, style, template, iframe, svg, noscript, aside.quote > .title, .lightbox-wrapper .meta,"
    " .poll-info, .poll-buttons"
)
_QUOTE = re.compile(r"\[(/?)(?:quote|poll)\b[^\]\n]*\]", re.IGNORECASE)
_NOT_TYPED_PLAIN = re.compile(
    r"\[/?(?:quote|poll)\b|!\[[^\]\n]*\]\(|<blockquote|<img\b[^>]*\bupload", re.IGNORECASE
)
_DECLARATION = re.compile("<!(?!--)")
_NUMBER = re.compile("[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Body:
    """What a post says and the names of the files that it shows."""

    words: str
    attachments: tuple[str, ...] = ()


def from_raw(raw: str, cooked: str | None) -> Body:
    """The body from what its author typed.

    Where that quotes others or shows files, `cooked` tells them from the author's words; without
    `cooked`, quoted passages are at least set apart.
    """
    if not _NOT_TYPED_PLAIN.search(raw):
        return Body(raw)
    return from_cooked(cooked) if cooked else Body(_quotes_marked(raw))


def from_cooked(cooked: str) -> Body:
    """The body from the HTML of a post, as Markdown without HTML."""
    soup = _soup(cooked)
    for tag in soup.select(_NOT_WORDS):
        tag.decompose()
    for box in soup.select("aside.onebox"):
        _unbox(box)
    for poll in soup.select("div.poll"):
        poll.name = "blockquote"
    for tag in soup.select("[start], [colspan]"):
        _keep_plain_numbers(tag)
    attachments = tuple(_take_files(soup))
    for hidden in soup.select(".spoiler, .spoiled"):
        hidden.insert(0, "||")
        hidden.append("||")
    return Body(ForumMarkdown(heading_style="atx").convert_soup(soup).strip(), attachments)


def _soup(html: str) -> BeautifulSoup:
    # The parser gives up on a declaration that it does not know; a post has none to lose.
    safe = _DECLARATION.sub("&lt;!", html)
    # Without a line end Beautiful Soup takes a short post for a file name, and warns.
    return BeautifulSoup(f"{safe}\n", "html.parser")


def _keep_plain_numbers(tag: Tag) -> None:
    # markdownify takes "²" for a number, and fails on it.
    for attribute in ("start", "colspan"):
        if not _NUMBER.fullmatch(text_of(tag, attribute)):
            del tag[attribute]


def _unbox(box: Tag) -> None:
    link = box.find("a", href=ABSOLUTE)
    if isinstance(link, Tag):
        box.insert_before(_paragraph(str(link["href"])))
    box.decompose()


def _paragraph(words: str) -> Tag:
    paragraph = BeautifulSoup("", "html.parser").new_tag("p")
    paragraph.string = words
    return paragraph


def _take_files(soup: BeautifulSoup) -> Iterator[str]:
    """Take every image out of the words: emoji leave their names, others are yielded by name."""
    for image in soup.find_all("img"):
        if "emoji" in text_of(image, "class").split():
            image.replace_with(text_of(image, "alt") or text_of(image, "title"))
            continue
        if not image.find_parent("blockquote"):
            yield _file_name(image)
        image.decompose()


def _file_name(image: Tag) -> str:
    """The name that its author gave the file, else the last part of its address; and what is said
    that it shows."""
    link = image.find_parent("a", class_="lightbox")
    given = text_of(link, "title") if link else text_of(image, "alt")
    if PurePosixPath(given).suffix.lower()[1:] in FILE_ENDINGS["image"]:
        return given
    try:
        address = urlsplit(text_of(image, "src")).path
    except ValueError:
        address = ""
    name = PurePosixPath(unquote(address)).name
    return described(name, given) if name else given or "image"


def _quotes_marked(raw: str) -> str:
    """The raw text with the lines between `[quote]` and `[/quote]` behind `> `."""
    lines: list[str] = []
    depth = 0
    for line in raw.split("\n"):
        marks = _QUOTE.findall(line)
        inside = depth > 0 or bool(marks)
        depth = max(0, depth + sum(-1 if closing else 1 for closing in marks))
        words = _QUOTE.sub("", line) if marks else line
        if words.strip() or not marks:
            lines.append(f"> {words}".rstrip() if inside else words)
    return "\n".join(lines)
