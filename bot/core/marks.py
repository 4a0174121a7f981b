"""Discord's marks in people's words, as readers know them: `<@7>` as `@Tomas`, `<t:0>` as a date.

Words are kept as they are read. What Discord does not show as a mark, such as one in code, stays as
it was typed.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.core.inert import one_line
from bot.core.mentions import UNKNOWN_PERSON, at, renamed
from bot.core.model import Mention

UNKNOWN_ROLE = "@unknown-role"
UNKNOWN_CHANNEL = "#unknown-channel"

_MARK = re.compile(
    r"<(?:@!?(?P<person>[0-9]{1,20})|@&(?P<role>[0-9]{1,20})|#(?P<channel>[0-9]{1,20})"
    r"|a?:(?P<emoji>\w{1,64}):[0-9]{1,20}"
    r"|/(?P<command>[^<>:/\n]{1,100}):[0-9]{1,20}"
    r"|t:(?P<time>-?[0-9]{1,17})(?::(?P<style>[A-Za-z]))?"
    r"|id:(?P<page>[a-z-]{1,30})(?::[0-9]{1,20})?)>"
)
_TICKS = re.compile("`+")
_DAY, _CLOCK = "dD", {"t": "%H:%M UTC", "T": "%H:%M:%S UTC"}


@dataclass(frozen=True, slots=True)
class Names:
    """What is called how, by Discord's ids."""

    people: Mapping[str, str] = field(default_factory=dict[str, str])
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    channels: Mapping[str, str] = field(default_factory=dict[str, str])


def named(kind: str, texts: Iterable[str]) -> frozenset[str]:
    """The ids of one kind ("person", "role", "channel") that texts name."""
    return frozenset(
        id_ for text in texts for found in _MARK.finditer(text) if (id_ := found[kind])
    )


@dataclass(frozen=True, slots=True)
class Worded:
    """A text put into words, and where each mark stood before and its words stand now."""

    text: str
    before: tuple[Mention, ...]
    after: tuple[Mention, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Where it names people."""
        return tuple(each for each in self.after if each.person)


def readable(text: str, names: Names) -> Worded:
    """The text as Discord shows it. Code stays as it was typed."""
    found = list(_marks(text))
    before = tuple(Mention(each.start(), each.end(), each["person"]) for each in found)
    shown = {place: (_shown(each, names), each["person"]) for place, each in enumerate(found)}
    words, after = renamed(text, before, shown)
    return Worded(words, before, after)


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The marks that are not in code."""
    code = _code(text) if "`" in text else ()
    spans = deque(code)
    for found in _MARK.finditer(text):
        while spans and spans[0][1] <= found.start():
            spans.popleft()
        if not (spans and spans[0][0] <= found.start()):
            yield found


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Code spans and blocks: from a run of backticks to the next run of as many."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    later: defaultdict[int, deque[int]] = defaultdict(deque)
    for place, (start, end) in enumerate(runs):
        later[end - start].append(place)
    place = 0
    while place < len(runs):
        start, end = runs[place]
        same = later[end - start]
        while same and same[0] <= place:
            same.popleft()
        if same:
            place = same[0]
            yield start, runs[place][1]
        place += 1


def _shown(found: re.Match[str], names: Names) -> str:
    match found.lastgroup:
        case "person":
            name = names.people.get(found["person"])
            return at(name) if name else UNKNOWN_PERSON
        case "role":
            name = names.roles.get(found["role"])
            return at(name.removeprefix("@")) if name else UNKNOWN_ROLE
        case "channel":
            name = names.channels.get(found["channel"])
            return f"#{one_line(name)}" if name and one_line(name) else UNKNOWN_CHANNEL
        case "emoji":
            return f":{found['emoji']}:"
        case "command":
            return f"/{found['command']}"
        case "page":
            return f"#{found['page']}"
        case _:
            return _moment(int(found["time"]), found["style"] or "f") or found.group()


def _moment(seconds: int, style: str) -> str | None:
    """A point in time in UTC, since a text is read by people in many zones; None for none."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    if style in _CLOCK:
        return moment.strftime(_CLOCK[style])
    day = moment.date().isoformat()
    return day if style in _DAY else f"{day} {moment:%H:%M} UTC"
