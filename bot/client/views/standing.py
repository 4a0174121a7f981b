"""What a card says of questions and viewpoints, as sections of text.

Viewpoints come in the order that is fair to every side, and are numbered in it, so that one can
name those that it stands against.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.client.views.basis import quoted
from bot.client.views.pages import Entry, Section
from bot.client.views.words import (
    SAID_LENGTH,
    day,
    dotted,
    link,
    name,
    names,
    number,
    pieces,
    said,
)
from bot.core.arrangement import Stance
from bot.core.sides import best_first
from bot.core.summary import Quote, ShownQuestion, ShownViewpoint, Summary

STANCES = {Stance.OBJECTS: "objects", Stance.WITHDRAWS: "took this back"}
MOST_LISTED = 8
HEADING_LENGTH = 100
Entries = list[Entry]
MOST_ASKED, MOST_AGREED = 3, 2
"""Questions and agreements on the first of several pages."""
BRIEF_LENGTH = 200
"""Characters of a claim, a question or a quote there, so that every side has room beside them."""


class Standing:
    """The questions and viewpoints of a summary, in the order of the card."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._questions = {each.id: n for n, each in enumerate(summary.questions, start=1)}
        self._viewpoints = best_first(summary.viewpoints, list(self._questions))
        self._numbers = {each.id: n for n, each in enumerate(self._viewpoints, start=1)}

    @property
    def people_shown(self) -> int:
        """How many people the card quotes."""
        asked = {each.evidence[0].author for each in self._summary.questions if each.evidence}
        quotes = (quote for each in self._viewpoints for quote in _chosen(each))
        return len(asked | {quote.author for quote in quotes})

    def whole(self) -> Iterator[Section]:
        """The card, where all of it fits one page."""
        return _sections(self._asked(), self._held(), self._agreed(), self._open())

    def beginning(self, viewpoints: int) -> Iterator[Section]:
        """The first of several pages: what a reader needs who turns none, and what there is more.

        Of the viewpoints it has so many, which are the first of their sides.
        """
        return _sections(
            _first(MOST_ASKED, self._asked(BRIEF_LENGTH), "question"),
            _first(viewpoints, self._held(BRIEF_LENGTH), "viewpoint"),
            _first(MOST_AGREED, self._agreed(BRIEF_LENGTH), "agreement"),
            self._open(),
        )

    def rest(self, viewpoints: int) -> Iterator[Section]:
        """What the beginning with so many viewpoints leaves to the other pages."""
        asked, held, agreed = self._asked(), self._held(), self._agreed()
        for section in _sections(asked[MOST_ASKED:], held[viewpoints:], agreed[MOST_AGREED:], []):
            yield replace(section, goes_on=True)

    def all_quotes(self) -> Iterator[Section]:
        """Every quote in full: of the questions and their answers, then of each viewpoint."""
        for question in self._summary.questions:
            told = "" if _is_as_asked(question) else f" · {said(question.text, HEADING_LENGTH)}"
            heading = f"Q{self._questions[question.id]}{told}"
            yield Section(heading, tuple(map(self._in_full, question.evidence)))
        for viewpoint in self._viewpoints:
            claim = said(viewpoint.claim, HEADING_LENGTH)
            told = names(viewpoint.authors) if viewpoint.speaks_for_itself else claim
            heading = f"{self._numbers[viewpoint.id]} · {told}"
            yield Section(heading, tuple(map(self._in_full, viewpoint.evidence)))

    def _asked(self, longest: int = SAID_LENGTH) -> Entries:
        return [self._question(each, longest) for each in self._summary.questions]

    def _held(self, longest: int = SAID_LENGTH) -> Entries:
        return [self._viewpoint(each, longest) for each in self._viewpoints]

    def _agreed(self, longest: int = SAID_LENGTH) -> Entries:
        agreed = (each for each in self._viewpoints if each.id in self._summary.agreements)
        return [self._agreement(each, longest) for each in agreed]

    def _question(self, question: ShownQuestion, longest: int) -> Entry:
        asked, answers = question.evidence[:1], question.evidence[1:]
        state = "**still open**" if question.open else "taken up below"
        if answers:
            state = f"answered by {names(each.author for each in answers)}"
        who = source(asked[0], "asked by ") if asked else None
        mark = f"**Q{self._questions[question.id]}** · " if len(self._questions) > 1 else ""
        words = f"{mark}**{_bold(question.text, longest)}**"
        return self._entry(question, words, f"-# {dotted((state, who))}")

    def _viewpoint(self, viewpoint: ShownViewpoint, longest: int) -> Entry:
        mark = f"**{self._numbers[viewpoint.id]}**"
        held = names(viewpoint.authors) if viewpoint.speaks_for_itself else None
        quotes = [short_quote(each, under=held, longest=longest) for each in _chosen(viewpoint)]
        if held is not None:
            head, about = held or "nobody any more", self._against(viewpoint)
        else:
            head, about = _bold(viewpoint.claim, longest), self._holders(viewpoint)
        below = [about] if about else []
        return self._entry(viewpoint, f"{mark} · **{head}**", *below, *quotes)

    def _holders(self, viewpoint: ShownViewpoint) -> str:
        held = names(viewpoint.authors)
        return dotted(
            (
                f"held by {held}" if held else "held by nobody any more",
                self._against(viewpoint),
                self._on(viewpoint),
            )
        )

    def _against(self, viewpoint: ShownViewpoint) -> str | None:
        against = sorted(self._numbers[id_] for id_ in viewpoint.opposes if id_ in self._numbers)
        return f"⇄ against {_listed(against)}" if against else None

    def _on(self, viewpoint: ShownViewpoint) -> str | None:
        place = self._questions.get(viewpoint.question or 0)
        return f"on Q{place}" if place and len(self._questions) > 1 else None

    def _agreement(self, viewpoint: ShownViewpoint, longest: int) -> Entry:
        held = f"-# viewpoint {self._numbers[viewpoint.id]} · {names(viewpoint.authors)}"
        return self._entry(viewpoint, f"✓ {said(viewpoint.claim, longest)}", held)

    def _open(self) -> Entries:
        still = [each for each in self._summary.questions if each.open]
        places = [f"Q{self._questions[each.id]}" for each in still]
        if not still:
            return []
        if len(self._questions) == 1:
            return [Entry(("The question has no answer yet.",))]
        return [Entry((f"Nobody has answered {_listed(places)} yet.",))]

    def _entry(self, shown: ShownQuestion | ShownViewpoint, *parts: str) -> Entry:
        """An entry that rests on all evidence: its claim and its people do, quoted or not."""
        return Entry(parts, quoted(self._summary.topic.id, shown.evidence))

    def _in_full(self, quote: Quote) -> Entry:
        whole = [f"> {piece}" for piece in pieces(quote.quote)] or ["> …"]
        parts = *whole[:-1], f"{whole[-1]}\n-# {source(quote)}"
        return Entry(parts, quoted(self._summary.topic.id, [quote]))


def _sections(asked: Entries, held: Entries, agreed: Entries, still: Entries) -> Iterator[Section]:
    for heading, entries in (
        ("What is being asked", asked),
        ("Where people stand", held),
        ("Agreed across sides", agreed),
        ("Still open", still),
    ):
        if entries:
            yield Section(heading, tuple(entries))


def _first(most: int, entries: Entries, what: str) -> Entries:
    """The first entries, and how many more there are."""
    more = len(entries) - most
    line = Entry((f"-# and {number(more, f'more {what}')}",))
    return [*entries[:most], *([line] if more > 0 else [])]


def _is_as_asked(question: ShownQuestion) -> bool:
    return any(question.text == each.quote for each in question.evidence[:1])


def _chosen(viewpoint: ShownViewpoint) -> list[Quote]:
    """One quote that holds the view, and one of those who object or took it back.

    Where it is not known how a person's words stand to each other, their first and their latest.
    """
    holding = [each for each in viewpoint.evidence if each.stance.holds]
    others = [each for each in viewpoint.evidence if not each.stance.holds]
    told = [each for each in holding if each.stance is not Stance.UNKNOWN]
    return [*(told[:1] or dict.fromkeys((*holding[:1], *holding[-1:]))), *others[-1:]]


def short_quote(quote: Quote, under: str | None = None, longest: int = SAID_LENGTH) -> str:
    """A quote on one line, and under it who said it, when and where.

    Under a heading that is the person's name alone, the name is not said again.
    """
    where = _where(quote) if quote.stance.holds and name(quote.author) == under else None
    return f"> {said(quote.quote, longest)}\n-# {where or source(quote)}"


def source(quote: Quote, by: str = "") -> str:
    """Who said it and how they stand to it, when and where."""
    stance = STANCES.get(quote.stance)
    who = f"{by}{name(quote.author)}{f' {stance}' if stance else ''}"
    return dotted((who, _where(quote)))


def _where(quote: Quote) -> str:
    return dotted((day(quote.posted_at), link("go to the message", quote.url)))


def _bold(text: str, longest: int) -> str:
    """Words inside of a pair of `**`, which their own marks must not close."""
    return said(text.replace("*", "").rstrip("\\"), longest)


def _listed(places: Sequence[object]) -> str:
    """`1, 2 and 5`; of many the first, and how many more."""
    told = list(map(str, places[:MOST_LISTED]))
    if len(places) > MOST_LISTED:
        told.append(f"{len(places) - MOST_LISTED} more")
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
