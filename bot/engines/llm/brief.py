"""A model's answer into a brief: read, checked statement by statement, mended once, and bounded."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core import brief_checks
from bot.core.aliases import Aliases
from bot.core.brief import (
    MOST_LEAD,
    MOST_OPEN,
    MOST_POINTS,
    MOST_STATE,
    Brief,
    Cites,
    Paragraph,
    Point,
    Stand,
    Statement,
    length,
)
from bot.core.brief_checks import Sources, statement_faults, title_faults, wrote_one
from bot.core.checks import Fault
from bot.core.discussion import Discussion
from bot.core.naming import is_called, is_name
from bot.core.presentation import Presentation, word_count
from bot.core.sentences import Span
from bot.core.statements import Written, joined, statements, titled
from bot.core.summary import HEADINGS
from bot.engines.llm.brief_answers import BriefAnswer, Mended, StandAnswer

_ID = re.compile(r"\d+\.\d+")
_LABEL = re.compile(r"P\d+")
LINES = frozenset({"state", "point", "open"})
"""Parts that are read line by line."""
HEADING_WORDS = 5
MOST_STATEMENTS = 100
"""Statements of an answer that are looked at: no brief that is read has half as many."""
STAND_WORDS = 20
"""Words of a person's line; the prompt asks for twelve."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in its place (`lead`, `state`, `title`, `point` or `open`, and which of them)."""

    part: str
    place: int
    written: Written
    faults: tuple[Fault, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement itself."""
        return self.written.statement


@dataclass
class Drafting:
    """A brief in the making. `rejected` counts what was thrown out of it, by reason."""

    sources: Sources
    speakers: Collection[str]
    limit: int
    entries: list[Entry] = field(default_factory=list[Entry])
    wanted: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    stands: dict[str, Stand] = field(default_factory=dict[str, Stand])
    unfit: dict[str, tuple[Fault, ...]] = field(default_factory=dict[str, tuple[Fault, ...]])
    rejected: Counter[str] = field(default_factory=Counter[str])
    written: int = 0
    headings: tuple[str, str] = HEADINGS
    called: dict[str, str] = field(default_factory=dict[str, str])
    aliases: Aliases = field(default_factory=lambda: Aliases({}, {}))

    @property
    def discussion(self) -> Discussion:
        """What the brief is of."""
        return self.sources.discussion

    def take(self, answer: BriefAnswer) -> None:
        """Reads an answer in, and checks it."""
        self._name(answer.people)
        if called := dict(self._called(answer.people)):
            self.sources = replace(self.sources, called=called)
        self._add("lead", 0, answer.lead)
        for line in answer.state:
            self._add("state", 0, line)
        self._take_headings(answer.headings)
        for place, point in enumerate(answer.points):
            if any(line.strip() for line in point.lines):
                self._put(Entry("title", place, self._titled(point.title)))
                for line in point.lines:
                    self._add("point", place, line)
                self.wanted[place] = [
                    self.discussion.people[label]
                    for label in _LABEL.findall(" ".join(point.wanted_by))
                    if label in self.discussion.people
                ]
        for place, item in enumerate(answer.open):
            self._add("open", place, item)
        self.take_people(answer.people)
        self.written = len(self.entries) + len(answer.people)

    def _name(self, answers: Iterable[StandAnswer]) -> None:
        """Takes note of what the answer calls people."""
        for answer in answers:
            if (label := _LABEL.search(answer.who)) and is_name(answer.called.strip()):
                self.called[label.group()] = answer.called
        names = {label: self.discussion.names[id_] for id_, label in self.discussion.labels.items()}
        self.aliases = Aliases(names, self.called, self.discussion.topic.title)

    def _titled(self, text: str) -> Written:
        return Written(titled(self.discussion, self.aliases.labelled(text)))

    def _take_headings(self, written: Sequence[str]) -> None:
        """The headings in the discussion's language, if they are fit to be shown."""
        titles = [titled(self.discussion, heading) for heading in written]
        if len(titles) == len(HEADINGS) and not any(
            title_faults(title, self.sources) or length(title.words) > HEADING_WORDS
            for title in titles
        ):
            state, is_open = (brief_checks.spelled(title) for title in titles)
            self.headings = (state, is_open)

    def take_people(self, answers: Iterable[StandAnswer]) -> None:
        """Reads people's lines in, and checks them; one that is unfit is known by its author."""
        answers = list(answers)
        called = {**self.sources.called, **dict(self._called(answers))}
        if called != self.sources.called:
            self.sources = replace(self.sources, called=called)
        for answer in answers:
            label = _LABEL.search(answer.who)
            author = self.discussion.people.get(label.group()) if label else None
            if author is None:
                self.rejected["unknown_person"] += 1
            elif author not in self.stands or self.stands[author].text is None:
                self._take_stand(author, answer)

    def _take_stand(self, author: str, answer: StandAnswer) -> None:
        ids = _ID.findall(" ".join(answer.cites))
        spans = [span for id_ in ids if (span := self.discussion.span(id_))]
        spans = [span for span in spans if span.message in self.sources.messages]
        # Their own sentences first: the line is theirs.
        spans.sort(key=lambda span: self.discussion.author_of(span) != author)
        text = answer.stand.strip().rstrip(".")
        cites = tuple(dict.fromkeys(spans))
        written = self._line(text, cites)
        found = list(statement_faults(written, self.sources, own=author))
        if not wrote_one(author, cites, self.discussion):
            found.append(Fault("not_theirs", "it cites no sentence of theirs"))
        if length(written.statement.words) > STAND_WORDS:
            found.append(Fault("too_long", "it has over twelve words"))
        own = tuple(span for span in cites if self.discussion.author_of(span) == author)
        called = self.sources.called.get(author, "")
        if not found:
            self.stands[author] = Stand(author, written.statement, cites, called)
            self.unfit.pop(author, None)
            return
        self.unfit[author] = tuple(found)
        if own:
            self.stands.setdefault(author, Stand(author, None, own[:1], called))

    def _called(self, answers: Iterable[StandAnswer]) -> Iterator[tuple[str, str]]:
        """The names by which people are called, as far as the discussion bears them out."""
        for answer in answers:
            label, called = _LABEL.search(answer.who), answer.called.strip()
            author = self.discussion.people.get(label.group(), "") if label else ""
            if author and is_called(called, author, self.discussion.names, self.sources.said):
                yield author, called

    def _line(self, text: str, cites: tuple[Span, ...]) -> Written:
        found = joined(statements(self.discussion, self.aliases.labelled(text)))
        words = tuple(part for part in found.statement.parts if not isinstance(part, Cites))
        return Written(Statement((*words, Cites(cites)) if cites else words), found.unknown)

    def _add(self, part: str, place: int, text: str) -> None:
        for written in self._read(part, text):
            self._put(Entry(part, place, written))

    def _put(self, entry: Entry) -> None:
        if len(self.entries) < MOST_STATEMENTS:
            self.entries.append(self._checked(entry))
        else:
            self.rejected["too_long"] += 1

    def _read(self, part: str, text: str) -> Sequence[Written]:
        """The statements of a text; a line is one: its parts would not be understood alone."""
        found = statements(self.discussion, self.aliases.labelled(text))
        return (joined(found),) if part in LINES and found else tuple(_with_cites(found))

    def _checked(self, entry: Entry) -> Entry:
        if entry.part == "title":
            found = title_faults(entry.statement, self.sources)
        else:
            title, is_open = self._title(entry), entry.part == "open"
            told = entry.part == "state"
            found = statement_faults(entry.written, self.sources, title, absence=is_open, told=told)
        return replace(entry, faults=found)

    def _title(self, entry: Entry) -> str:
        titles = (
            e for e in self.entries if e.part == "title" and e.place == entry.place and not e.faults
        )
        title = next(titles, None) if entry.part == "point" else None
        return brief_checks.spelled(title.statement) if title else ""

    # What is wrong

    @property
    def missing(self) -> list[str]:
        """Who has something to say and no line, in order of appearance."""
        return [author for author in self.discussion.names if self._is_missing(author)]

    def _is_missing(self, author: str) -> bool:
        stand = self.stands.get(author)
        return author in self.speakers and (stand is None or author in self.unfit)

    @property
    def faulty(self) -> dict[str, Entry]:
        """The statements with faults, under the labels that the model is told."""
        return {f"S{n}": entry for n, entry in enumerate(self.entries, 1) if entry.faults}

    @property
    def size(self) -> int:
        """Words of the first page as a reader sees it, names in full, citations left out."""
        shown = Presentation(self.discussion)
        return sum(word_count(shown.text((entry.statement,))) for entry in self.entries)

    @property
    def excess(self) -> list[str]:
        """What there is too much of, in words for the model."""
        told: list[str] = []
        if self.size > self.limit:
            told.append(
                f"Lead, state, points and open have {self.size} words; at most {self.limit} are "
                'read. Give statements anew, shorter, or with "text": "" where they can be missed.'
            )
        lead = sum(entry.part == "lead" for entry in self.entries)
        if lead > MOST_LEAD:
            told.append(f"The lead has {lead} sentences; it is read with {MOST_LEAD}.")
        return told

    # Mending

    def mend(self, answer: Mended, labels: Collection[str]) -> None:
        """Puts statements in the place of those with these labels, each checked again."""
        self._name(answer.people)
        texts = {each.statement.strip(): each.text for each in answer.mended}
        entries: list[Entry] = []
        for n, entry in enumerate(self.entries, start=1):
            text = texts.get(f"S{n}")
            if text is None or f"S{n}" not in labels:
                entries.append(entry)
            elif entry.part == "title":
                entries.append(self._checked(replace(entry, written=self._titled(text))))
            else:
                mended = self._read(entry.part, text)
                entries += [self._checked(replace(entry, written=each)) for each in mended]
        self.entries = entries
        self.take_people(answer.people)

    def drop_faulty(self) -> None:
        """Drops what is still faulty, each statement alone; a title leaves its point without."""
        kept: list[Entry] = []
        for entry in self.entries:
            if not entry.faults:
                kept.append(entry)
                continue
            self.rejected[entry.faults[0].reason] += 1
            if entry.part == "title":
                kept.append(replace(entry, written=Written(Statement(())), faults=()))
        self.entries = kept
        for found in self.unfit.values():
            self.rejected[found[0].reason] += 1
        self.unfit = {}

    def shorten(self) -> None:
        """Drops statements until the brief fits: the last of the longest part, the lead's last."""
        for part, most in (("lead", MOST_LEAD), ("state", MOST_STATE)):
            self._drop(self._of(part)[most:])
        for part, most in (("point", MOST_POINTS), ("open", MOST_OPEN)):
            left_out = self._places(part)[most:]
            self._drop([e for e in self.entries if e.part == part and e.place in left_out])
        while self.size > self.limit and (entry := self._longest()):
            self._drop([entry])

    def _drop(self, dropped: Sequence[Entry]) -> None:
        """Takes statements out, and titles that have nothing below them any more."""
        self.rejected["too_long"] += len(dropped)
        for entry in dropped:
            self.entries.remove(entry)
        emptied = {entry.place for entry in dropped if entry.part == "point"}
        emptied.difference_update(self._places("point"))
        self.entries = [e for e in self.entries if e.part != "title" or e.place not in emptied]

    def _longest(self) -> Entry | None:
        """The last statement of the part that takes most of the room; first lines go last."""
        sizes: Counter[tuple[str, int]] = Counter()
        last: dict[tuple[str, int], Entry] = {}
        for entry in self.entries:
            is_first = (entry.part, entry.place) not in sizes
            sizes[entry.part, entry.place] += length(entry.statement.words)
            if entry.part in ("point", "open") or (entry.part == "state" and not is_first):
                last[entry.part, entry.place] = entry
        if last:
            return last[max(last, key=lambda key: sizes[key])]
        ending = [*self._of("state"), *self._of("lead")]
        return ending[-1] if len(ending) > 1 else None

    def _of(self, part: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.part == part]

    # The brief

    def brief(self, top_up: Mapping[str, Stand]) -> Brief:
        """What stood. Who is missing stands with what `top_up` has of them."""
        points = tuple(self._points())
        items = tuple(self._paragraph("open", place) for place in self._places("open"))
        stands = {**top_up, **self.stands}
        people = tuple(stands[author] for author in self.discussion.names if author in stands)
        lead, state = self._paragraph("lead", 0), self._paragraph("state", 0)
        return Brief(lead, state, points, items, people, self.headings)

    def _points(self) -> Iterator[Point]:
        for place in self._places("point"):
            text = self._paragraph("point", place)
            title = self._paragraph("title", place)
            cited = {self.discussion.author_of(span) for each in text for span in each.cites}
            wanted = dict.fromkeys(self.wanted.get(place, ()))
            shown = tuple(author for author in wanted if author in cited)
            self.rejected["not_cited_there"] += len(wanted) - len(shown)
            yield Point(title[0] if title else Statement(()), text, shown)

    def _places(self, part: str) -> list[int]:
        return list(dict.fromkeys(entry.place for entry in self.entries if entry.part == part))

    def _paragraph(self, part: str, place: int) -> Paragraph:
        own = (entry for entry in self.entries if (entry.part, entry.place) == (part, place))
        return tuple(_balanced(entry.statement) for entry in own)


def _with_cites(found: Iterable[Written]) -> Iterator[Written]:
    """The statements, each that cites nothing as one with the next that does."""
    waiting: list[Written] = []
    for written in found:
        waiting.append(written)
        if written.statement.cites:
            yield joined(waiting)
            waiting = []
    yield from waiting


def _balanced(statement: Statement) -> Statement:
    """The statement with its bold marks, or with none where one is left open."""
    if statement.words.count("**") % 2 == 0:
        return statement
    parts = (part.replace("**", "") if isinstance(part, str) else part for part in statement.parts)
    return Statement(tuple(parts))


def complaint(
    drafting: Drafting,
    faulty: Mapping[str, Entry],
    lines: Mapping[str, str],
    asked: Collection[str],
) -> str:
    """What the model is asked to mend, and for whose lines; `lines` are all statements by label."""
    told = list(drafting.excess)
    shown = lines if told else {label: lines[label] for label in faulty}
    parts = [f"{label} | {line}" for label, line in shown.items()]
    for label, entry in faulty.items():
        told.append(f"{label} can't stand: {'; '.join(fault.told for fault in entry.faults)}.")
    for author, found in drafting.unfit.items():
        label = drafting.discussion.labels[author]
        told.append(f"{label}'s line can't stand: {'; '.join(fault.told for fault in found)}.")
    labels = drafting.discussion.labels
    missing = [labels[author] for author in asked if author not in drafting.unfit]
    if missing:
        told.append(f"These have something to say and no line: {', '.join(missing)}.")
    listed = "\n".join((*parts, *(f"- {line}" for line in told)))
    return (
        f"Somebody held your brief against the sentences. Its statements:\n{listed}\n\n"
        'Answer with JSON: {"mended": [{"statement": "S3", "text": "..."}], "people": '
        '[{"who": "P1", "called": "", "stand": "...", "cites": ["1.2"]}]}: only '
        'statements to be mended, each whole and with its ids ("text": "" drops it), and only the '
        "lines of people asked for."
    )
