"""What a card rests on: the messages whose words, or whose authors, it shows."""

from collections.abc import Iterable

from bot.archive import Basis
from bot.core.summary import EngineFacts, Evidence


def quoted(topic: int, evidence: Iterable[Evidence]) -> frozenset[Basis]:
    """The messages of sentences from a topic, each with the words that it is cited by."""
    return frozenset(Basis(topic, each.message_id, each.quote) for each in evidence)


def told(topic: int, message_ids: Iterable[str]) -> frozenset[Basis]:
    """Messages of a topic of which something is told in other words."""
    return frozenset(Basis(topic, id_) for id_ in message_ids)


def written_from(topic: int, engine: EngineFacts, seen: Iterable[str]) -> frozenset[Basis]:
    """What a model had in sight when it wrote: anything of it may be in its words."""
    return told(topic, seen if engine.model else ())
