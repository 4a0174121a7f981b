"""Suggested replies: drafted in one call, each checked by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from bot.core.attribution import wrote_one
from bot.core.brief import Brief
from bot.core.brief_checks import MOST_CITED, copied, said_in
from bot.core.checks import Grounds, faults, reasons
from bot.core.discussion import Discussion
from bot.core.inert import dead, one_line, shorten
from bot.core.naming import Naming
from bot.core.sentences import Span
from bot.core.sources import Sources
from bot.core.statements import LABEL, unmarked
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.llm.schemas import Answer

TEXT_LENGTH, BEYOND_LENGTH, NAME_LENGTH = 500, 300, 40
_ID = re.compile(r"\d+\.\d+")
LONGEST = 4_000
"""Characters of a draft that are read at all, ids and marks among them."""
_BESIDE_A_NAME = re.compile(r"(?:[.:@#<\\&]|\w/)P\d|P\d+(?:\.\w|:/|@)")
"""Where a name would be a part of an address or a mention."""
_CITED = re.compile(r"\s?\[[\d., ]+\]")


class DraftAnswer(Answer):
    """A draft as the model writes it."""

    intent: str = ""
    to: list[str] = Field(default_factory=list)
    cites: list[str] = Field(default_factory=list)
    text: str = ""
    beyond: str | None = None


class SuggestAnswer(Answer):
    """All drafts of one call."""

    drafts: list[DraftAnswer] = Field(default_factory=list[DraftAnswer])


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft, or why there is none."""

    draft: Draft | None
    why_not: tuple[str, ...] = ()


def checked(
    answer: SuggestAnswer, sources: Sources, brief: Brief | None, wanted: Wanted
) -> Iterator[Checked]:
    """Every draft of an answer that may be shown, and why others may not.

    No two are to the same person alone; the last is dropped if all take up one plan's people.
    """
    taken: list[Draft] = []
    people = brief.people if brief else ()
    called = {each.author: each.called for each in people if each.called}
    sources = replace(sources, called=called) if called else sources
    for each in answer.drafts:
        one = _checked(each, sources, wanted)
        if one.draft and any(set(one.draft.to) == set(other.to) for other in taken):
            one = Checked(None, ("same_person",))
        if one.draft and len(taken) + 1 == wanted.count and _one_sided([*taken, one.draft], brief):
            one = Checked(None, ("one_sided",))
        if one.draft:
            taken.append(one.draft)
        yield one


def _checked(answer: DraftAnswer, sources: Sources, wanted: Wanted) -> Checked:
    discussion = sources.discussion
    text = unmarked(_CITED.sub("", answer.text[:LONGEST])).strip()
    to = [discussion.people.get(label, "") for label in LABEL.findall(" ".join(answer.to))]
    spans = tuple(_spans(answer.cites, sources))[:MOST_CITED]
    why_not = [*_addressed(text, to, discussion, wanted.viewer)]
    why_not += _unfounded(text, to, spans, sources, wanted.viewer)
    if why_not:
        return Checked(None, tuple(dict.fromkeys(why_not)))
    naming = Naming(discussion.names, sources.called)
    written = Draft(
        intent=wanted.intent or _intent(answer.intent),
        # Over all of it: a name and the words beside it may be the halves of a link.
        text=dead(LABEL.sub(lambda found: _name(naming, discussion, found.group()), text)),
        to=tuple(dict.fromkeys(to)),
        cites=spans,
        seen=frozenset(sources.messages),
        beyond=_beyond(answer, sources),
    )
    return Checked(written)


def _addressed(
    text: str, to: Sequence[str], discussion: Discussion, viewer: str | None
) -> Iterator[str]:
    named = [discussion.people.get(label, "") for label in LABEL.findall(text)]
    if not all((*to, *named)) or not to:
        yield "unknown_person"
    if viewer and viewer in (*to, *named):
        yield "answers_themselves"


def _spans(ids: Sequence[str], sources: Sources) -> Iterator[Span]:
    for id_ in dict.fromkeys(_ID.findall(" ".join(ids))):
        span = sources.discussion.span(id_)
        if span and span.message in sources.messages:
            yield span


def _unfounded(
    text: str, to: Sequence[str], spans: Sequence[Span], sources: Sources, viewer: str | None
) -> Iterator[str]:
    """Why a draft can't stand on the sentences that it cites; what the member wrote is theirs."""
    if not spans:
        yield "no_citation"
    sentences, context = said_in(spans, sources)
    own = sources.said.get(viewer or "", "")
    grounds = Grounds(
        (*sentences, own),
        context,
        around=sources.around,
        roster=sources.roster,
        instructions=sources.instructions,
        limit=TEXT_LENGTH,
    )
    plain = LABEL.sub("somebody", text)
    found = faults(plain, grounds)
    yield from reasons(found)
    if "too_long" in reasons(found):
        return
    yield from reasons(copied(plain, sources, (*context, own)))
    if _BESIDE_A_NAME.search(text):
        yield "link"
    if spans and not _cited_all(text, to, spans, sources):
        yield "not_theirs"


def _cited_all(text: str, to: Sequence[str], spans: Sequence[Span], sources: Sources) -> bool:
    """Whether those who are answered wrote a sentence that is cited, and others have a part."""
    discussion = sources.discussion
    labels = dict.fromkeys(LABEL.findall(text))
    named = {discussion.people[each] for each in labels if each in discussion.people}
    others = named.difference(to)
    return all(wrote_one(author, spans, discussion) for author in to if author) and all(
        sources.takes_part(author, spans) for author in others
    )


def _beyond(answer: DraftAnswer, sources: Sources) -> str | None:
    """The thought from outside of the discussion, if it names nobody and has no link.

    A number of its own is for the member to check, as all of it is.
    """
    text = unmarked((answer.beyond or "")[:LONGEST]).strip()
    grounds = Grounds(
        (sources.discussion.topic.title,),
        around=sources.around,
        roster=sources.roster,
        instructions=sources.instructions,
        limit=BEYOND_LENGTH,
    )
    found = {*reasons(faults(text, grounds))} - {"invented_number"}
    if found or LABEL.search(text) or any(copied(text, sources, grounds.sentences)):
        return None
    return dead(text)


def _intent(written: str) -> Intent:
    return Intent(written) if written in set(Intent) else Intent.BUILD


def _name(naming: Naming, discussion: Discussion, label: str) -> str:
    name = naming.briefly(discussion.people[label])
    return dead(shorten(one_line(name), NAME_LENGTH))


def _one_sided(drafts: Sequence[Draft], brief: Brief | None) -> bool:
    """Whether all drafts take up the people of one plan, where there are several with people."""
    plans = [set(point.wanted_by) for point in (brief.points if brief else ()) if point.wanted_by]
    addressed = {author for draft in drafts for author in draft.to}
    return len(drafts) > 1 and len(plans) > 1 and any(addressed <= plan for plan in plans)
