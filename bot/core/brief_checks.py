"""What the checker holds of a brief: each statement against its sentences, and the whole against
its limits."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.core.attribution import denies, misattributions
from bot.core.attribution import wrote_one as wrote_one
from bot.core.brief import Cites, Person, Statement, length
from bot.core.checks import Fault, Grounds, faults
from bot.core.copies import copies
from bot.core.links import links
from bot.core.lookalikes import alike
from bot.core.sentences import Span
from bot.core.sources import COPIED
from bot.core.sources import Sources as Sources
from bot.core.statements import Written

STATEMENT_LENGTH = 700
"""Characters of a statement; the prompt asks for much less."""
TITLE_LENGTH = 60
MOST_CITED = 40
"""Sentences that a statement may cite; the prompt asks for three."""
UNCITED = 8
"""Words behind the last citation of a statement that need none: "no answer yet"."""
_SOMEBODY = "somebody"
_BEFORE_A_NAME = re.compile(r"(?:[.:@#<\\&]|\w/)$")
_BEHIND_A_NAME = re.compile(r"(?:\.\w|:/|@)")


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
    text = spelled(written.statement)
    if len(text) > STATEMENT_LENGTH or len(written.statement.cites) > MOST_CITED:
        return (Fault("too_long", f"it has over {STATEMENT_LENGTH} characters"),)
    grounds = _grounds(written.statement, sources, title, absence)
    found = [
        *_pointing(written, sources, absence),
        *misattributions(written.statement, sources, own, absence=absence, told=told),
        *_beside_names(written.statement),
        *faults(text, grounds),
        *copied(text, sources, grounds.context),
    ]
    return tuple({fault.reason: fault for fault in found}.values())


def title_faults(title: Statement, sources: Sources) -> tuple[Fault, ...]:
    """What is wrong with a title, which stands on all that is said."""
    text = spelled(title)
    grounds = Grounds(
        (sources.discussion.topic.title,),
        around=sources.around,
        roster=sources.roster,
        known=sources.spoken_of(text),
        instructions=sources.instructions,
        limit=TITLE_LENGTH,
    )
    found = faults(text, grounds)
    if len(text) > TITLE_LENGTH:
        return found
    return (*found, *_beside_names(title), *copied(text, sources, grounds.sentences))


def copied(text: str, sources: Sources, own: Iterable[str]) -> Iterator[Fault]:
    """Whether a text has words of people's, or a host, that are not of its own sentences.

    Somebody may have written them for the model to repeat: they are shown as theirs, or not at all.
    """
    mine = (*own, sources.question)
    hosts = {found.casefold() for found in links(alike(text))}
    if hosts and not all(each in alike(" ".join(mine)).casefold() for each in hosts):
        yield Fault("link", "it has an address that its sentences don't have")
    if copies(text, sources.runs, COPIED, mine):
        yield Fault("anothers_words", "it repeats a sentence that it does not cite")


def spelled(statement: Statement) -> str:
    """The words as the checks see them: people are somebody, citations nothing."""
    parts = (_SOMEBODY if isinstance(part, Person) else part for part in statement.parts)
    return "".join(part for part in parts if isinstance(part, str)).replace("**", "")


def said_in(spans: Iterable[Span], sources: Sources) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that a text stands on, and the messages in which these are read.

    A sentence that answers somebody stands on the message that it answers as well.
    """
    discussion = sources.discussion
    sentences = [discussion.text(span) for span in spans]
    messages = [discussion.messages[id_] for id_ in dict.fromkeys(span.message for span in spans)]
    replied = [discussion.messages.get(each.reply_to or "") for each in messages]
    answered = [each.content for each in replied if each is not None]
    title, said = discussion.topic.title, (each.content for each in messages)
    return (*sentences, *answered, title), (*said, *answered, title, sources.question)


def _grounds(statement: Statement, sources: Sources, title: str, absence: bool) -> Grounds:
    sentences, context = said_in(statement.cites, sources)
    text = spelled(statement)
    people = (sources.discussion.names[author] for author in statement.people)
    known = sources.nameable(text, statement.cites).union(people)
    if absence and denies(statement):
        known = sources.roster.owners(alike(text))
    return Grounds(
        (*sentences, title),
        (*context, title),
        around=sources.around,
        roster=sources.roster,
        known=known,
        instructions=sources.instructions,
        absence=absence,
        limit=STATEMENT_LENGTH,
    )


def _beside_names(statement: Statement) -> Iterator[Fault]:
    """A name may be the half of an address or a mention: nothing may stand there for the other."""
    for part, after in pairwise(("", *statement.parts, "")):
        match part, after:
            case str(), Person() if _BEFORE_A_NAME.search(part):
                pass
            case Person(), str() if _BEHIND_A_NAME.match(after):
                pass
            case _:
                continue
        yield Fault("link", "a name stands in it like a part of an address")


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
