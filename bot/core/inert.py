"""People's words made harmless to show: on a terminal, in JSON on a terminal, and on Discord.

The words in the archive stay as they are; what is shown has no effect but to be read.
"""

import json
import re

from bot.core.links import unlinked

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, ESC among them: no terminal or ANSI sequence
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"  # breaks, tags, surrogates
)
_NOTHING = "\u200b"
_PING = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?=[@#/]|t:|id:)")
_MASKED_LINK = re.compile(r"\](?=\s{0,9}\()")
_LIVE = re.compile("[@<](?!\u200b)")
_LINE_MARK = re.compile(r"^([^\S\n]*)(?=#{1,3}\s|-#|>)", re.MULTILINE)
_FENCE = re.compile(r"`{3,}")
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text without characters that steer a terminal or turn its direction around."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`visible`, with every run of white space folded to one space."""
    return " ".join(visible(text).split())


def inert(text: str) -> str:
    """The text for a Discord message: no ping, masked link, heading, half spoiler or code fence.

    A quote with an odd number of spoiler marks is hidden whole, since nothing tells which half
    its author hid.
    """
    text = visible(text)
    if text.count("||") % 2:
        text = f"||{text.replace('||', '').strip()}||"
    for pattern in (_PING, _MARKUP, _MASKED_LINK):
        text = pattern.sub(lambda found: found.group() + _NOTHING, text)
    text = _FENCE.sub(lambda found: "'" * len(found.group()), text)
    if text.count("`") % 2:
        text = text.replace("`", "'")
    return _LINE_MARK.sub(lambda found: found.group(1) + _NOTHING, text)


def dead(text: str) -> str:
    """The text as a model wrote it, for a Discord message: no link or mention can come of it.

    That holds by how it is built, whatever the letters: every sign that a mention begins with, and
    every place at which an address could hold together, has an invisible character in it.
    """
    return _LIVE.sub(lambda found: found.group() + _NOTHING, unlinked(inert(text)))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis where something is gone."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip() + "…"


def json_text(document: object) -> str:
    """A JSON document that reads well in any language and can't steer a terminal."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
