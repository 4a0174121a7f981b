"""What a card rests on: the messages whose words, or whose authors, it shows."""

from collections.abc import Iterable

from bot.archive import Basis
from bot.core.summary import Quote, Summary


def quoted(topic: int, quotes: Iterable[Quote]) -> frozenset[Basis]:
    """The messages of quotes from a topic, each with the words that it is quoted by."""
    return frozenset(Basis(topic, each.message_id, each.quote) for each in quotes)


def told(topic: int, message_ids: Iterable[str]) -> frozenset[Basis]:
    """Messages of a topic of which something is told in other words."""
    return frozenset(Basis(topic, id_) for id_ in message_ids)


def everything(summary: Summary) -> frozenset[Basis]:
    """All that a summary rests on, and with it the headline."""
    shown = (*summary.questions, *summary.viewpoints)
    return quoted(summary.topic.id, (quote for each in shown for quote in each.evidence))
