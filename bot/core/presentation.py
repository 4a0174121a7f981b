"""From a brief to what a reader is shown: names and quotes in their places, as they are now."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.brief import Brief, Cites, Paragraph, Person, Point, Stand, Statement, length
from bot.core.discussion import Discussion
from bot.core.naming import Naming
from bot.core.sentences import Span
from bot.core.summary import Evidence, Mark, Name, ShownPerson, ShownPoint, Text

NO_BRIEF = Brief()


class Presentation:
    """The texts of one page after another, in their order: names depend on it."""

    def __init__(self, discussion: Discussion, brief: Brief = NO_BRIEF) -> None:
        self._discussion = discussion
        called = {stand.author: stand.called for stand in brief.people if stand.called}
        self._naming = Naming(discussion.names, called)

    def text(self, paragraph: Paragraph, between: str = " ", lines: Paragraph = ()) -> Text:
        """Statements as one text and `lines` below them; its evidence is each sentence once."""
        everything = (*paragraph, *lines)
        spans = list(dict.fromkeys(span for shown in everything for span in shown.cites))
        places = {span: place for place, span in enumerate(spans, start=1)}
        parts: list[str | Name | Mark] = []
        for place, shown in enumerate(everything):
            if place:
                parts.append(between if place < len(paragraph) else "\n")
            parts += self._parts(shown, places)
        return Text(tuple(parts), evidence(self._discussion, spans))

    def _parts(self, shown: Statement, places: dict[Span, int]) -> Iterator[str | Name | Mark]:
        for part in shown.parts:
            match part:
                case Person(author):
                    yield Name(self._naming.name(author))
                case Cites(spans):
                    yield Mark(tuple(places[span] for span in spans))
                case _:
                    yield part

    def lead(self, brief: Brief) -> Text | None:
        """The lead, if there is one, and below it where it stands."""
        if not (brief.lead or brief.state):
            return None
        return self.text(brief.lead, lines=brief.state)

    def points(self, brief: Brief) -> tuple[ShownPoint, ...]:
        """The points in their order."""
        return tuple(map(self._point, brief.points))

    def _point(self, point: Point) -> ShownPoint:
        title = self.text((point.title,)).text
        text = self.text(point.text, between="\n")
        wanted = tuple(map(self._naming.full, point.wanted_by))
        return ShownPoint(title, text, wanted)

    def opened(self, brief: Brief) -> tuple[Text, ...]:
        """What is open."""
        return tuple(map(self.text, brief.open))

    def people(self, brief: Brief) -> tuple[ShownPerson, ...]:
        """Everybody's line, in order of appearance."""
        return tuple(map(self._person, brief.people))

    def _person(self, stand: Stand) -> ShownPerson:
        words = None if stand.text is None else self._words(stand.text)
        quotes = evidence(self._discussion, stand.cites)
        return ShownPerson(self._naming.full(stand.author), words, quotes)

    def _words(self, shown: Statement) -> str:
        """A line without its marks: it has its sentences beside it."""
        kept = tuple(part for part in shown.parts if not isinstance(part, Cites))
        return self.text((Statement(kept),)).text


def evidence(discussion: Discussion, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    """Sentences as they are shown."""
    return tuple(map(discussion.evidence, spans))


def addressed(discussion: Discussion, since: Sequence[str], viewer: str | None) -> tuple[Span, ...]:
    """The first sentence of each reply to the viewer among these messages."""
    found: list[Span] = []
    for id_ in since if viewer is not None else ():
        message = discussion.messages[id_]
        replied = discussion.messages.get(message.reply_to or "")
        if message.author.source_id == viewer or message.author.bot or replied is None:
            continue
        if replied.author.source_id == viewer:
            citable = (part.span for part in discussion.sentences(id_) if part.evidence)
            found += list(citable)[:1]
    return tuple(found)


def word_count(shown: Text) -> int:
    """The words of a text as a reader counts them: names among them, marks not."""
    parts = (part.name if isinstance(part, Name) else part for part in shown.parts)
    return sum(length(part) for part in parts if isinstance(part, str))
