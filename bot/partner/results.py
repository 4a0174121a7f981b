"""What a reader is shown: a brief with names and quotes in their places, and its receipt."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core.discussion import Discussion
from bot.core.presentation import Presentation, addressed, evidence
from bot.core.receipt import receipt
from bot.core.stretches import before
from bot.core.summary import Receipt, Summary
from bot.partner.serving import Serving
from bot.partner.snapshot import KeptBrief, Snapshot


def summary(
    taken: Snapshot, by: Serving, kept: KeptBrief, messages: tuple[str, ...], reader: str | None
) -> Summary:
    """A brief over these messages, which are all of the topic or a stretch of it.

    What a `reader` posted is no news to them: they are not among the people, and the receipt is
    that of the others' messages.
    """
    discussion, brief = taken.discussion, kept.brief
    shown = Presentation(discussion, brief)
    is_whole = len(messages) == len(discussion.ids)
    others = tuple(id_ for id_ in messages if _author(discussion, id_) != reader)
    people = tuple(stand for stand in brief.people if stand.author != reader)
    cited = {discussion.author_of(span) for span in brief.cites}
    withheld = taken.withheld if is_whole else Counter[str]()
    return Summary(
        topic=taken.facts,
        engine=by.facts,
        since=None if is_whole else before(discussion, messages),
        to_you=evidence(discussion, addressed(discussion, messages, reader)),
        lead=shown.lead(brief),
        points=shown.points(brief),
        open=shown.opened(brief),
        people=shown.people(replace(brief, people=people)),
        receipt=receipt(discussion, others, kept.seen, cited, kept.rejected, withheld),
        usage=by.usage,
        seen=kept.seen,
        news=news(discussion, messages, reader),
        reader=discussion.names.get(reader or ""),
        headings=brief.headings,
    )


def receipt_of(
    taken: Snapshot, by: Serving, seen: Collection[str], cited: Collection[str]
) -> Receipt:
    """The receipt of a draft that was written in sight of some messages; `cited` are names."""
    discussion = taken.discussion
    authors = {id_ for id_, name in discussion.names.items() if name in cited}
    rejected, withheld = by.meter.rejected, taken.withheld
    return receipt(discussion, discussion.ids, seen, authors, rejected, withheld)


def _author(discussion: Discussion, id_: str) -> str:
    return discussion.messages[id_].author.source_id


def news(discussion: Discussion, messages: Sequence[str], viewer: str | None) -> int:
    """How many of some messages others than the viewer wrote; programs don't count."""
    authors = (discussion.messages[id_].author for id_ in messages)
    return sum(author.source_id != viewer and not author.bot for author in authors)
