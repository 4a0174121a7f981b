"""A model's text into statements: labels become people, ids become places, sentences end.

Nothing is judged here: a label or an id that there is not stays in sight for the checks.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.core.boundaries import sentence_ends
from bot.core.brief import Cites, Part, Person, Statement
from bot.core.discussion import HANDLE, Discussion
from bot.core.languages import language_of
from bot.core.sentences import Span

_ID = r"\d{1,6}\.\d{1,4}"
_CITED = re.compile(rf"\s*\[\s*{_ID}(?:\s*(?:[,;]|-|–|and|und|et)\s*{_ID})*\s*\]")
_RANGE = re.compile(rf"({_ID})(?:\s*[-–]\s*({_ID}))?")
LABEL = re.compile(r"(?<![A-Za-z0-9_])P\d+(?=s?(?![A-Za-z0-9_]))")
"""A label, also where the language writes an s behind a name, or no space around it: `P5は`."""
_BEHIND_THE_STOP = re.compile(rf"([.!?…。！？]['\"”’»)*]*)((?:{_CITED.pattern})+)(?=\s+\S|\s*\Z)")
_MARKS = re.compile(
    rf"(?<!`)`{{1,2}}(?!`)|(?<!\w)__|__(?!\w)|(?P<handle>{HANDLE.pattern})"
    r"|\A\s*(?:(?:#{1,6}|-#|[-+*•>])\s+)+"
)
"""Marks that a text does as well without: a word of code, emphasis but bold, the sign before a
handle, and what makes a heading or an item of a list of it. A line through words is none: it
changes what they say."""
_FENCE = re.compile("`{3,}")
_WRITTEN_OUT = re.compile(
    r"\bhttps?://(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?:[/?#](?:[^\s<>()\[\]]*[^\s<>()\[\].,;:!?])?)?",
    re.IGNORECASE,
)
"""An address that is written out: its host says where it leads, and the citation links to it."""
_ITALIC = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200})(?<!\s)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])([^_\n]{1,200})(?<!\s)_(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A statement with what in its text points nowhere: ids and labels that there are not."""

    statement: Statement
    unknown: tuple[str, ...] = ()


def statements(discussion: Discussion, text: str) -> tuple[Written, ...]:
    """The statements of a text in order, each a sentence with its citations and people."""
    text = _BEHIND_THE_STOP.sub(
        _before_the_stop, " ".join(unmarked(text, discussion.handles).split())
    )
    words, cited = _apart(text)
    language = language_of(words, discussion.language)
    ends = list(sentence_ends(words, language)) if words.strip() else []
    places = [at for at, _ in cited]
    found: list[Written] = []
    for start, end in pairwise((0, *ends)):
        first, last = (bisect_right(places, at) for at in (start or -1, end))
        found.append(_statement(discussion, words[start:end], start, cited[first:last]))
    return tuple(found)


def unmarked(text: str, handles: Collection[str] = ()) -> str:
    """The text without the marks that it does as well without; bold stays, and fences are short.

    An @ stays where people write a word so: these are the `handles`.
    """

    def plain(found: re.Match[str]) -> str:
        handle = found["handle"] or ""
        return handle if handle.casefold() in handles else handle[1:]

    text = _MARKS.sub(plain, _FENCE.sub("```", _WRITTEN_OUT.sub(r"\1", text)))
    return _ITALIC.sub(lambda found: found[1] or found[2], text)


def joined(found: Iterable[Written]) -> Written:
    """Several statements as one."""
    parts: list[Part] = []
    unknown: list[str] = []
    for written in found:
        parts += [*([" "] if parts else []), *written.statement.parts]
        unknown += written.unknown
    return Written(Statement(tuple(parts)), tuple(dict.fromkeys(unknown)))


def titled(discussion: Discussion, text: str) -> Statement:
    """A title: one line without citations, labels become people."""
    words, _ = _apart(" ".join(unmarked(text, discussion.handles).replace("**", "").split()))
    return Statement(tuple(_named(discussion, words.strip().rstrip(".:"))))


def _before_the_stop(found: re.Match[str]) -> str:
    """Ids that stand behind a full stop bear out the sentence before it."""
    return f"{found[2]}{found[1]}"


def _apart(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without its citations, and these with the places where they stood."""
    cited: list[tuple[int, str]] = []
    words, done = "", 0
    for found in _CITED.finditer(text):
        words += text[done : found.start()]
        cited.append((len(words), found.group()))
        done = found.end()
    return words + text[done:], cited


def _statement(
    discussion: Discussion, words: str, start: int, cited: list[tuple[int, str]]
) -> Written:
    parts: list[Part] = []
    unknown: list[str] = []
    done = 0
    for at, ids in cited:
        parts += _named(discussion, words[done : at - start])
        done = at - start
        spans = [(id_, discussion.span(id_)) for id_ in _ids(ids)]
        unknown += [id_ for id_, span in spans if span is None]
        if there := tuple(span for _, span in spans if span is not None):
            _cite(parts, there)
    parts += _named(discussion, words[done:].rstrip())
    labels = LABEL.findall(words)
    unknown += [label for label in labels if label not in discussion.people]
    return Written(Statement(_without_edges(parts)), tuple(dict.fromkeys(unknown)))


def _cite(parts: list[Part], spans: tuple[Span, ...]) -> None:
    """Citations in a row are one."""
    if parts and isinstance(parts[-1], Cites):
        spans = tuple(dict.fromkeys((*parts.pop().spans, *spans)))  # type: ignore[union-attr]
    parts.append(Cites(spans))


def _ids(group: str) -> Iterator[str]:
    """The ids of a citation; of a range within a message all between."""
    for first, last in _RANGE.findall(group):
        yield first
        number, _, place = first.partition(".")
        if last and last.partition(".")[0] == number:
            until = min(int(last.partition(".")[2]), int(place) + 9)
            yield from (f"{number}.{each}" for each in range(int(place) + 1, until + 1))
        elif last:
            yield last


def _named(discussion: Discussion, words: str) -> Iterator[Part]:
    done = 0
    for found in LABEL.finditer(words):
        if found.group() in discussion.people:
            if words[done : found.start()]:
                yield words[done : found.start()]
            yield Person(discussion.people[found.group()])
            done = found.end()
    if words[done:]:
        yield words[done:]


def _without_edges(parts: list[Part]) -> tuple[Part, ...]:
    """The parts with no white space before the first and behind the last."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")
