"""The receipt: what was read of a topic and what not, who is quoted and who is missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from bot.core.ledger import Evidence
from bot.core.model import Message
from bot.core.sentences import SentenceKind, split
from bot.core.state import TopicState
from bot.core.summary import Receipt, counts

OPTED_OUT = "opted_out"
"""The reason of messages whose author lets none of their words be kept."""
TOO_OLD = "too_old"
"""The reason of messages that are older than their server keeps them."""
_NONE: Mapping[str, int] = MappingProxyType({})


def why_skipped(message: Message) -> str | None:
    """Why a message can leave no note whatever the engine, or None where it is to be read."""
    if message.author.bot:
        return "bot"
    kinds = {sentence.kind for sentence in split(message)}
    if kinds & {SentenceKind.PROSE, SentenceKind.CODE}:
        return None
    if SentenceKind.CONTESTED in kinds:
        return "contested"
    if SentenceKind.QUOTED in kinds:
        return "quoted_only"
    return "attachment_only" if kinds else "empty"


def receipt(
    state: TopicState,
    read: Mapping[str, str],
    rejected: Mapping[str, int],
    withheld: Mapping[str, int] = _NONE,
) -> Receipt:
    """The receipt of a topic. `read` holds the revision at which each message was read.

    `withheld` counts, by reason, messages that the topic has and the state has not: they are in
    no other number.
    """
    skipped = Counter(
        why_not
        for message in state.messages.values()
        if read.get(message.source_id) != message.revision
        and (why_not := why_skipped(message) or "not_yet_read")
    )
    return _receipt(state, skipped, withheld, state.ledger.quoted, rejected)


def receipt_of_search(
    state: TopicState,
    found: Iterable[Evidence],
    rejected: Mapping[str, int],
    withheld: Mapping[str, int] = _NONE,
) -> Receipt:
    """The receipt of what was looked for in the words of all messages, read by a model or not."""
    skipped = Counter(filter(None, map(why_skipped, state.messages.values())))
    quoted = {evidence.author for evidence in found}
    return _receipt(state, skipped, withheld, quoted, rejected)


def _receipt(
    state: TopicState,
    skipped: Counter[str],
    withheld: Mapping[str, int],
    quoted: Collection[str],
    rejected: Mapping[str, int],
) -> Receipt:
    spoke = _authors(state.messages.values())
    return Receipt(
        messages=len(state.messages),
        read=len(state.messages) - skipped.total(),
        skipped=counts(skipped + Counter(withheld)),
        authors=len(spoke),
        quoted=len(quoted),
        not_quoted=tuple(state.names[author] for author in spoke if author not in quoted),
        rejected=counts(rejected),
        contested=sum(len(message.contested) for message in state.messages.values()),
    )


def _authors(messages: Iterable[Message]) -> tuple[str, ...]:
    """Who spoke, by source id, in order of appearance; programs are not people."""
    people = (message.author for message in messages if not message.author.bot)
    return tuple(dict.fromkeys(author.source_id for author in people))
