"""What a line is made of: names, quotes, and words with marks that lead to their messages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.text import Text

from bot.core.inert import one_line, shorten, visible
from bot.core.links import unlinked
from bot.core.summary import Evidence, Mark, Name
from bot.core.summary import Text as CitedText

QUOTE_LENGTH = 400
MOST_NAMES = 4
_SAFE_LINK = re.compile(r"https?://[!-~]+")
_SPACE = re.compile(r"[^\S\n]+")
_BOLD = "**"


def cited(text: CitedText) -> Text:
    """The words with names and marks in their places; bold where every `**` has a partner.

    A name at the beginning stands out.
    """
    toggles = sum(part.count(_BOLD) for part in text.parts if isinstance(part, str))
    shown, style, other = Text(), "", "" if toggles % 2 else "bold"
    for part in text.parts:
        match part:
            case Name(name):
                shown.append(label(name), style if shown else "bold")
            case Mark(places):
                shown.append(" ").append_text(marks(text.evidence[place - 1] for place in places))
            case _:
                words, *rest = _SPACE.sub(" ", visible(part)).split(_BOLD)
                shown.append(unlinked(words), style)
                for words in rest:
                    style, other = other, style
                    shown.append(unlinked(words), style)
    return shown


def marks(evidence: Iterable[Evidence]) -> Text:
    """The messages' numbers, as in [3,8], each a link where its message has an address."""
    messages = {each.message_id: each for each in evidence}
    numbers = Text(",", "dim").join(map(_number, messages.values()))
    return Text.assemble(("[", "dim"), numbers, ("]", "dim")) if messages else Text()


def _number(evidence: Evidence) -> Text:
    url = evidence.url if evidence.url and _SAFE_LINK.fullmatch(evidence.url) else None
    number = label(evidence.message_id) if evidence.number is None else str(evidence.number)
    return Text(number, Style(dim=True, link=url))


def quoted(author: str, evidence: Iterable[Evidence]) -> Text:
    """Somebody's own sentences after their name."""
    line = Text.assemble((label(author), "bold"), ":")
    for each in evidence:
        line.append(f" “{shorten(one_line(each.quote), QUOTE_LENGTH)}” ").append_text(marks([each]))
    return line


def label(words: str) -> str:
    """A name, a title or an id: on one line, and no link."""
    return unlinked(one_line(words))


def names(people: Iterable[str], most: int = MOST_NAMES) -> str:
    """Names in a sentence; of more than `most` the first, and how many more there are."""
    told = [label(name) for name in dict.fromkeys(people)]
    if len(told) > most:
        return f"{', '.join(told[: most - 1])} and {len(told) - most + 1} more"
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def count(number: int, what: str, many: str = "") -> str:
    """A number with its noun: 1 message, 2 messages."""
    return f"{number} {what if number == 1 else many or f'{what}s'}"


def day(when: datetime | None) -> str:
    """The date, if there is one."""
    return f"{when:%Y-%m-%d}" if when else ""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A text some columns to the right; below a mark on its first line its others are indented.

    Nothing stands behind its lines. Where lines are not wrapped (a pipe), each stays as it is.
    """

    text: Text
    indent: int = 0
    mark: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Its lines."""
        begin = " " * self.indent
        width = max(options.max_width - self.indent - len(self.mark), 1)
        whole = self.text.split(allow_blank=True)
        for place, line in enumerate(whole if options.no_wrap else self.text.wrap(console, width)):
            line.rstrip()
            yield Text.assemble(begin, " " * len(self.mark) if place else self.mark, line)


def apart(*texts: Text, indent: int = 0) -> Group:
    """Texts with an empty line above."""
    return Group(Text(), *(Hanging(text, indent) for text in texts))


def section(heading: str | Text, texts: Iterable[Text]) -> Iterable[RenderableType]:
    """Texts behind dashes under their heading, if it has words; nothing where there are none."""
    for place, text in enumerate(texts):
        if not place:
            yield apart(Text.assemble(heading, style="bold cyan")) if heading else Text()
        yield Hanging(text, mark="- ")
