"""Suggested replies: drafted in one call, each checked by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from bot.core.brief import Brief
from bot.core.brief_checks import Sources, copied
from bot.core.checks import Grounds, faults, reasons
from bot.core.discussion import Discussion
from bot.core.inert import inert, one_line, shorten
from bot.core.links import unlinked
from bot.core.naming import Naming
from bot.core.sentences import Span
from bot.core.statements import LABEL
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.llm.schemas import Answer

TEXT_LENGTH, BEYOND_LENGTH, NAME_LENGTH = 500, 300, 40
_ID = re.compile(r"\d+\.\d+")
_AT = re.compile(r"@(?=\w)")
_CITED = re.compile(r"\s*\[[\d., ]+\]")


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
    for each in answer.drafts:
        one = _checked(each, sources, brief, wanted)
        if one.draft and any(set(one.draft.to) == set(other.to) for other in taken):
            one = Checked(None, ("same_person",))
        if one.draft and len(taken) + 1 == wanted.count and _one_sided([*taken, one.draft], brief):
            one = Checked(None, ("one_sided",))
        if one.draft:
            taken.append(one.draft)
        yield one


def _checked(answer: DraftAnswer, sources: Sources, brief: Brief | None, wanted: Wanted) -> Checked:
    discussion = sources.discussion
    text = _AT.sub("", _CITED.sub("", answer.text)).strip()
    to = [discussion.people.get(label, "") for label in LABEL.findall(" ".join(answer.to))]
    spans = tuple(_spans(answer.cites, sources))
    why_not = [*_addressed(text, to, discussion, wanted.viewer)]
    grounds = _grounds(sources, TEXT_LENGTH)
    plain = LABEL.sub("somebody", text)
    cited = [discussion.messages[span.message].content for span in spans]
    why_not += reasons((*faults(plain, grounds), *copied(plain, sources, cited)))
    if not spans:
        why_not.append("no_citation")
    if why_not:
        return Checked(None, tuple(dict.fromkeys(why_not)))
    people = brief.people if brief else ()
    naming = Naming(discussion.names, {each.author: each.called for each in people if each.called})
    beyond = _beyond(answer, sources)
    written = Draft(
        intent=wanted.intent or _intent(answer.intent),
        # Once more over all of it: a name and the words beside it may be the halves of a link.
        text=inert(
            unlinked(LABEL.sub(lambda found: _name(naming, discussion, found.group()), text))
        ),
        to=tuple(dict.fromkeys(to)),
        cites=spans,
        seen=frozenset(sources.messages),
        beyond=beyond,
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


def _grounds(sources: Sources, limit: int) -> Grounds:
    """All that the model saw: a draft is read by the member, and its numbers may be anybody's."""
    discussion = sources.discussion
    return Grounds(
        (sources.words, discussion.topic.title),
        names=sources.names,
        instructions=sources.instructions,
        limit=limit,
    )


def _beyond(answer: DraftAnswer, sources: Sources) -> str | None:
    """The thought from outside of the discussion, if it names nobody and has no link.

    A number of its own is for the member to check, as all of it is.
    """
    text = (answer.beyond or "").strip()
    unfit = (*faults(text, _grounds(sources, BEYOND_LENGTH)), *copied(text, sources, ()))
    found = set(reasons(unfit)) - {"invented_number"}
    return None if found or LABEL.search(text) else text


def _intent(written: str) -> Intent:
    return Intent(written) if written in set(Intent) else Intent.BUILD


def _name(naming: Naming, discussion: Discussion, label: str) -> str:
    name = naming.briefly(discussion.people[label])
    return inert(unlinked(shorten(one_line(name), NAME_LENGTH)))


def _one_sided(drafts: Sequence[Draft], brief: Brief | None) -> bool:
    """Whether all drafts take up the people of one plan, where there are several with people."""
    plans = [set(point.wanted_by) for point in (brief.points if brief else ()) if point.wanted_by]
    addressed = {author for draft in drafts for author in draft.to}
    return len(drafts) > 1 and len(plans) > 1 and any(addressed <= plan for plan in plans)
