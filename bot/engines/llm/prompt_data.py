"""How a discussion reaches the model: people's words behind a mark, a line a sentence, so that no
word can pose as a mark or an instruction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.brief import Brief, Cites, Paragraph, Person, Statement
from bot.core.discussion import Discussion
from bot.core.inert import one_line, shorten
from bot.core.mentions import at, renamed
from bot.core.sentences import Sentence, SentenceKind, Span

MOST_SHOWN = 800
"""Characters of one sentence that the model sees; a quote stays whole."""
CITED_SHOWN = 120
"""The same where a sentence is shown only because an earlier brief cites it."""
CODE_LINES = 4
"""Lines of a code block that the model sees: logs and stack traces took most of the room."""
NAME_SHOWN = 40


def words(text: str, limit: int = MOST_SHOWN) -> str:
    """Somebody's words as one line of data."""
    return shorten(one_line(text), limit)


def title(discussion: Discussion) -> str:
    """The topic's title as a line of data."""
    return f"Title | {words(discussion.topic.title)}\n"


def transcript(discussion: Discussion, messages: Iterable[str]) -> str:
    """Messages with their people, a sentence a line."""
    return "\n".join(line for id_ in messages for line in _message(discussion, id_))


def _message(discussion: Discussion, id_: str) -> Iterator[str]:
    message = discussion.messages[id_]
    number, author = discussion.numbers[id_], message.author.source_id
    head = f"[{number}] {discussion.labels.get(author, 'a program')}"
    if replied := discussion.numbers.get(message.reply_to or ""):
        head += f", in reply to {replied}"
    yield f"{head} | {words(discussion.names[author], NAME_SHOWN)}"
    for place, sentence in enumerate(discussion.sentences(id_), start=1):
        yield f"{_mark(sentence, f'{number}.{place}')} | {_shown(_apart(discussion, sentence))}"


def _mark(sentence: Sentence, id_: str) -> str:
    """A sentence's id, where it may be cited, and what it is where it is not its author's own."""
    if sentence.evidence:
        return id_
    is_quoted = sentence.kind is SentenceKind.QUOTED
    return f"{id_} (quoted)" if is_quoted else f"({sentence.kind})"


def _apart(discussion: Discussion, sentence: Sentence) -> Sentence:
    """The sentence; people in it who have namesakes are named as they are at their messages."""
    span = sentence.span
    inside = [
        replace(each, start=each.start - span.start, end=each.end - span.start)
        for each in discussion.messages[span.message].mentions
        if span.start <= each.start and each.end <= span.end
    ]
    names = {
        place: (at(discussion.names[each.person]), each.person)
        for place, each in enumerate(inside)
        if each.person in discussion.names
    }
    return replace(sentence, text=renamed(sentence.text, inside, names)[0]) if names else sentence


def _shown(sentence: Sentence, limit: int = MOST_SHOWN) -> str:
    if sentence.kind is not SentenceKind.CODE:
        return words(sentence.text, limit)
    lines = sentence.text.strip().splitlines()
    more = f" (and {len(lines) - CODE_LINES} more lines)" if len(lines) > CODE_LINES else ""
    return f"{words(' ⏎ '.join(lines[:CODE_LINES]), limit)}{more}"


def cited(discussion: Discussion, spans: Iterable[Span]) -> str:
    """Sentences with their ids and people, in the order of the discussion."""
    found = {id_: span for span in spans if (id_ := discussion.id_of(span))}
    in_order = sorted(found, key=lambda id_: tuple(map(int, id_.split("."))))
    return "\n".join(
        f"{id_} {discussion.labels.get(discussion.author_of(found[id_]), '')} | "
        f"{words(discussion.text(found[id_]), CITED_SHOWN)}"
        for id_ in in_order
    )


def statement(discussion: Discussion, shown: Statement) -> str:
    """A statement as the model writes it: people as labels, citations as ids."""
    return "".join(_written(discussion, part) for part in shown.parts)


def _written(discussion: Discussion, part: str | Person | Cites) -> str:
    match part:
        case Person(author):
            return discussion.labels.get(author, "somebody")
        case Cites(spans):
            ids = [id_ for span in spans if (id_ := discussion.id_of(span))]
            return f" [{', '.join(ids)}]" if ids else ""
        case _:
            return part


def paragraph(discussion: Discussion, shown: Paragraph) -> str:
    """Statements in a row."""
    return " ".join(statement(discussion, part) for part in shown)


def front(discussion: Discussion, brief: Brief) -> str:
    """The first page of a brief as text."""
    lines = [f"Lead: {paragraph(discussion, brief.lead)}"] if brief.lead else []
    lines += [f"State: {statement(discussion, line)}" for line in brief.state]
    for point in brief.points:
        wanted = ", ".join(discussion.labels.get(author, "") for author in point.wanted_by)
        plan = f" (for: {wanted})" if wanted else ""
        heading = statement(discussion, point.title)
        lines.append(f"{heading}{plan}: {paragraph(discussion, point.text)}")
    lines += [f"Open: {paragraph(discussion, item)}" for item in brief.open]
    return "\n".join(lines)


def earlier(discussion: Discussion, briefs: Sequence[Brief]) -> str:
    """The brief of what came before with the sentences that it cites, or the briefs of chapters."""
    heads = ["The brief as it was"] if len(briefs) == 1 else _chapters(discussion, briefs)
    parts = [
        f"{head}:\n{front(discussion, brief)}" for head, brief in zip(heads, briefs, strict=True)
    ]
    if len(briefs) == 1:
        spans = [span for shown in briefs[0].front for span in shown.cites]
        parts.append(f"The sentences that it cites:\n{cited(discussion, spans)}")
    return "\n\n".join(parts) + "\n\n"


def _chapters(discussion: Discussion, briefs: Sequence[Brief]) -> list[str]:
    heads: list[str] = []
    for place, brief in enumerate(briefs, start=1):
        numbers = [discussion.numbers[span.message] for span in brief.cites]
        between = f", about messages {min(numbers)} to {max(numbers)}" if numbers else ""
        heads.append(f"Chapter {place}{between}")
    return heads


def label(discussion: Discussion, author: str | None) -> str:
    """A person as an instruction may name them: by label, never by name."""
    known = discussion.labels.get(author or "")
    return known if known else "somebody who has not written here yet"
