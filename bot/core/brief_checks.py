"""What the checker holds of a brief: each statement against its sentences, and the whole against
its limits.

A statement that names people says who said or did something, so its sentences have to be theirs.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.core.brief import Cites, Part, Person, Statement, length
from bot.core.checks import Fault, Grounds, faults, says
from bot.core.copies import copies, runs
from bot.core.discussion import Discussion
from bot.core.folding import folded
from bot.core.links import links
from bot.core.sentences import Span
from bot.core.statements import Written
from bot.core.wordlists import NEGATIONS, ORDINARY, QUOTED

STATEMENT_LENGTH = 700
"""Characters of a statement; the prompt asks for much less."""
TITLE_LENGTH = 60
UNCITED = 8
"""Words behind the last citation of a statement that need none: "no answer yet"."""
COPIED = 8
"""Words in a row that are somebody's, and no chance."""
NEAR = 8
"""Messages before one within which it may answer somebody without saying so."""
_POSSESSIVE = re.compile(r"^(?:['’]s?\b|s['’])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SOMEBODY = "somebody"


@dataclass(frozen=True)
class Sources:
    """What statements may cite: the sentences of these messages.

    `words` are all words that the model was shown, of people and of the topic; `question` is what
    it was asked besides.
    """

    discussion: Discussion
    messages: Collection[str]
    words: str
    instructions: str = ""
    question: str = ""

    @cached_property
    def around(self) -> str:
        """The words as the checks compare them."""
        return folded(f"{self.words}\n{self.question}")

    @cached_property
    def said(self) -> dict[str, str]:
        """The words of the messages by their authors."""
        said: dict[str, str] = {}
        for message in map(self.discussion.messages.__getitem__, self.messages):
            author = message.author.source_id
            said[author] = f"{said.get(author, '')}\n{message.content}"
        return said

    @cached_property
    def runs(self) -> frozenset[str]:
        """What is recognised as somebody's words, names among them."""
        return runs("\n".join((self.words, *self.discussion.names.values())), COPIED)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all people, as the checks compare them."""
        return frozenset(map(folded, self.discussion.names.values()))


def statement_faults(
    written: Written,
    sources: Sources,
    title: str = "",
    *,
    own: str | None = None,
    absence: bool = False,
    told: bool = False,
) -> tuple[Fault, ...]:
    """What is wrong with a statement; `title` is that of its point.

    `own` is the author whose line it is: the line speaks of them without naming them. `absence`:
    it may say what somebody has not done yet, which no sentence of theirs can bear out. `told`: it
    may say what another gives somebody to do.
    """
    named = _people(written.statement, sources, own, absence, told)
    found = [*_pointing(written, sources, absence), *named]
    text = spelled(written.statement)
    grounds = _grounds(written.statement, sources, title, STATEMENT_LENGTH)
    found += [*faults(text, grounds), *copied(text, sources, grounds.sentences)]
    return tuple({fault.reason: fault for fault in found}.values())


def title_faults(title: Statement, sources: Sources) -> tuple[Fault, ...]:
    """What is wrong with a title, which stands on all that is said."""
    grounds = Grounds(
        (sources.discussion.topic.title,),
        around=sources.around,
        names=sources.names,
        instructions=sources.instructions,
        limit=TITLE_LENGTH,
    )
    text = spelled(title)
    return (*faults(text, grounds), *copied(text, sources, grounds.sentences))


def copied(text: str, sources: Sources, own: Iterable[str]) -> Iterator[Fault]:
    """Whether a text has words of people's, or a host, that are not of its own sentences.

    Somebody may have written them for the model to repeat: they are shown as theirs, or not at all.
    """
    mine = (*own, sources.question)
    hosts = {found.casefold() for found in links(folded(text))}
    if hosts and not all(each in folded(" ".join(mine)).casefold() for each in hosts):
        yield Fault("link", "it has an address that its sentences don't have")
    if copies(text, sources.runs, COPIED, mine):
        yield Fault("anothers_words", "it repeats a sentence that it does not cite")


def spelled(statement: Statement) -> str:
    """The words as the checks see them: people are somebody, citations nothing."""
    parts = (_SOMEBODY if isinstance(part, Person) else part for part in statement.parts)
    return "".join(part for part in parts if isinstance(part, str)).replace("**", "")


def _grounds(statement: Statement, sources: Sources, title: str, limit: int) -> Grounds:
    discussion = sources.discussion
    cited = dict.fromkeys(span.message for span in statement.cites)
    messages = [discussion.messages[id_] for id_ in cited]
    replied = [discussion.messages.get(each.reply_to or "") for each in messages]
    said = [each.content for each in (*messages, *replied) if each is not None]
    wrote = [message.author.source_id for message in messages]
    return Grounds(
        (*said, discussion.topic.title, title),
        around=sources.around,
        names=sources.names,
        known=frozenset(discussion.names[author] for author in (*statement.people, *wrote)),
        instructions=sources.instructions,
        limit=limit,
    )


def _pointing(written: Written, sources: Sources, absence: bool) -> Iterator[Fault]:
    statement = written.statement
    ids = [each for each in written.unknown if not each.startswith("P")]
    outside = [span for span in statement.cites if span.message not in sources.messages]
    ids += [str(sources.discussion.id_of(span)) for span in outside]
    if ids:
        yield Fault("unknown_sentence", f"there is no sentence {', '.join(ids)} here to cite")
    if people := [each for each in written.unknown if each.startswith("P")]:
        yield Fault("unknown_person", f"there is nobody called {', '.join(people)}")
    if not statement.cites:
        yield Fault("no_citation", "it cites nothing; give the ids of its sentences")
    elif trailing := _uncited(statement, absence):
        yield Fault("no_citation", f'nothing is cited for "{trailing}"')


def _uncited(statement: Statement, absence: bool) -> str:
    """The words behind the last citation, where they say more than that there is no answer."""
    last = max(n for n, part in enumerate(statement.parts) if isinstance(part, Cites))
    behind = Statement(statement.parts[last + 1 :])
    if (behind.people and not absence) or length(behind.words) > UNCITED:
        return spelled(behind).strip(" ,;.")
    return ""


def _people(
    statement: Statement, sources: Sources, own: str | None, absence: bool, told: bool
) -> Iterator[Fault]:
    """Whoever is named first in a clause wrote one of its sentences; others have a part in one.

    Of an absence it is enough that one of the people named has a part in its sentences, or that it
    says in so many words that there is none.
    """
    discussion = sources.discussion
    cited = [
        part.author
        for clause, _ in _clauses(statement)
        for part in clause
        if isinstance(part, Person)
    ]
    strangers = [
        author
        for author in dict.fromkeys(cited)
        if author != own and not any(_takes_part(author, s, discussion) for s in statement.cites)
    ]
    if absence:
        is_none = not NEGATIONS.isdisjoint(spelled(statement).casefold().replace("'", "").split())
        strangers = [] if is_none or len(strangers) < len(set(cited)) else strangers
    elif own is None and not told:
        for author in _misattributed(statement, discussion):
            label = discussion.labels.get(author, "")
            first = f"{label} is named first, and wrote none of the sentences that are cited there"
            yield Fault("not_theirs", f"{first}; cite theirs, or name who says it")
    elif own is not None and _opens_with_another(statement, own):
        yield Fault("not_theirs", "it begins with somebody else's name")
    for author in strangers:
        label = discussion.labels.get(author, "")
        yield Fault("not_theirs", f"no sentence that it cites is by {label} or about them")


def _opens_with_another(statement: Statement, own: str) -> bool:
    """Whether a line says what somebody else does, not as an owner (`P4's plan`)."""
    opening, after = (*statement.parts, "", "")[:2]
    is_owner = isinstance(after, str) and _POSSESSIVE.match(after)
    return isinstance(opening, Person) and opening.author != own and not is_owner


def _misattributed(statement: Statement, discussion: Discussion) -> Iterator[str]:
    """Who is named first in a clause, not as an owner (`P4's plan`), and wrote nothing cited.

    A clause that does not open with a name goes on about whom the statement opens with: "P4 likes
    the plan [4.1], and would miss P2 [4.2]". In a line about somebody, "P4: ...", others may speak
    of them, as long as a sentence of their own is cited too.
    """
    subject = _opens_with(statement.parts)
    own_line = subject is not None and wrote_one(subject, statement.cites, discussion)
    for clause, cites in _clauses(statement):
        is_theirs = subject is not None and wrote_one(subject, cites, discussion)
        if is_theirs and _opens_with(clause) in (None, subject):
            continue
        named = [
            part.author
            for part, after in pairwise((*clause, ""))
            if isinstance(part, Person)
            and not (isinstance(after, str) and _POSSESSIVE.match(after))
        ]
        others = [author for author in named if author != subject]
        if own_line and _is_labelled(clause) and others:
            named = others
        quoting = named[1:] if _is_quoted(clause) else []
        if named and not any(wrote_one(a, cites, discussion) for a in (named[0], *quoting)):
            yield named[0]


def _is_quoted(clause: Sequence[str | Person]) -> bool:
    """Whether it says that somebody is quoted by another: `P1, quoted by P2: ...`."""
    words = " ".join(part for part in clause if isinstance(part, str)).casefold()
    return not QUOTED.isdisjoint(re.findall(r"\w+", words))


def _opens_with(parts: Sequence[Part]) -> str | None:
    """Whoever stands before the first word."""
    for part in parts:
        if isinstance(part, Person):
            return part.author
        if isinstance(part, Cites) or _WORD.search(part):
            return None
    return None


def _is_labelled(clause: Sequence[str | Person]) -> bool:
    """Whether it begins a line with a name and a colon."""
    person = next((n for n, part in enumerate(clause) if isinstance(part, Person)), None)
    after = clause[person + 1 :][:1] if person is not None else ()
    return any(isinstance(part, str) and part.lstrip("*").startswith(":") for part in after)


def _clauses(statement: Statement) -> Iterator[tuple[tuple[str | Person, ...], tuple[Span, ...]]]:
    """The parts before each citation, with what it cites."""
    clause: list[str | Person] = []
    for part in statement.parts:
        if isinstance(part, Cites):
            yield tuple(clause), part.spans
            clause = []
        else:
            clause.append(part)


def _takes_part(author: str, span: Span, discussion: Discussion) -> bool:
    """Whether somebody wrote a sentence, or is named in it or answered by it."""
    message = discussion.messages[span.message]
    if message.author.source_id == author:
        return True
    replied = discussion.messages.get(message.reply_to or "")
    if replied is not None and replied.author.source_id == author:
        return True
    place = discussion.numbers[span.message] - 1
    before = discussion.ids[max(0, place - NEAR) : place]
    if any(discussion.messages[id_].author.source_id == author for id_ in before):
        return True
    name = folded(discussion.names[author])
    text = folded(message.content)
    return says(text, name, as_name=name.casefold() in ORDINARY) or _called(text, name)


def _called(text: str, name: str) -> bool:
    """Whether a text has a part of a name, as people shorten names: `Hardwick` of ChrisHardwick."""
    written = (word for word in _WORD.findall(text) if word[0].isupper())
    return any(word.casefold() in name.casefold() for word in written)


def wrote_one(author: str, cites: Collection[Span], discussion: Discussion) -> bool:
    """Whether one of the sentences is somebody's own."""
    return any(discussion.author_of(span) == author for span in cites)
