"""Attribution: whether the people whom a statement names are those of the sentences that it cites.

A statement that names people says who said or did something, so its sentences have to be theirs.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from bot.core.brief import Cites, Part, Person, Statement
from bot.core.checks import Fault
from bot.core.discussion import Discussion
from bot.core.sentences import Span
from bot.core.sources import Sources
from bot.core.wordlists import NEGATIONS, QUOTED

_APOSTROPHE = re.compile("['’]")
_POSSESSIVE = re.compile(r"^(?:['’]s?\b|s['’])")
_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]{4,}")


def misattributions(
    statement: Statement, sources: Sources, own: str | None, *, absence: bool, told: bool
) -> Iterator[Fault]:
    """Whoever is named first in a clause wrote one of its sentences; others have a part in one.

    Of an absence it is enough that one of the people named has a part in its sentences, or that it
    says in so many words that there is none. `own` is the author whose line it is. `told`: what
    another gives somebody to do may be said of them.
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
        if author != own and not sources.takes_part(author, statement.cites)
    ]
    if absence:
        is_none = denies(statement)
        strangers = [] if is_none or len(strangers) < len(set(cited)) else strangers
    elif own is None and not told:
        for author in _misattributed(statement, discussion):
            label = discussion.labels.get(author, "")
            named = f"{label} is named first, and wrote none of the sentences that are cited there"
            yield Fault("not_theirs", f"{named}; cite theirs, or name who says it")
    elif own is not None and _opens_with_another(statement, own):
        yield Fault("not_theirs", "it begins with somebody else's name")
    for author in strangers:
        label = discussion.labels.get(author, "")
        yield Fault("not_theirs", f"no sentence that it cites is by {label} or about them")


def denies(statement: Statement) -> bool:
    """Whether it says in so many words that there is none."""
    words = "".join(part for part in statement.parts if isinstance(part, str))
    return not NEGATIONS.isdisjoint(_APOSTROPHE.sub("", words.casefold()).split())


def wrote_one(author: str, cites: Collection[Span], discussion: Discussion) -> bool:
    """Whether one of the sentences is somebody's own."""
    return any(discussion.author_of(span) == author for span in cites)


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
    return not QUOTED.isdisjoint(_ANY_WORD.findall(words))


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
