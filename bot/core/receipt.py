"""The receipt: what was read of a discussion and what not, who is cited and who is missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from bot.core.discussion import Discussion
from bot.core.model import Message, is_described
from bot.core.sentences import Sentence, SentenceKind
from bot.core.summary import Receipt, counts

OPTED_OUT = "opted_out"
"""The reason of messages whose author lets none of their words be kept."""
TOO_OLD = "too_old"
"""The reason of messages that are older than their server keeps them."""
ASIDE = "aside"
"""The reason of messages that are no more than a command, or put to a bot."""
DELETED = "deleted"
"""The reason of messages that somebody took out before."""
SYSTEM = "system"
"""The reason of a source's own notices, such as that somebody pinned a message."""
_NONE: Mapping[str, int] = MappingProxyType({})


def why_skipped(message: Message, sentences: Iterable[Sentence]) -> str | None:
    """Why nothing can be cited of a message, or None where it is to be read."""
    if message.author.bot:
        return "bot"
    kinds = {sentence.kind for sentence in sentences}
    if kinds & {SentenceKind.PROSE, SentenceKind.CODE}:
        return None
    if SentenceKind.CONTESTED in kinds:
        return "contested"
    if SentenceKind.QUOTED in kinds:
        return "quoted_only"
    if SentenceKind.ASIDE in kinds:
        return ASIDE
    return "attachment_only" if kinds else "empty"


def readable(discussion: Discussion, messages: Iterable[str]) -> tuple[str, ...]:
    """The messages to read, in their order: none where nothing can be cited of any.

    Words of others that somebody forwards, and what somebody says that a picture shows, can't be
    cited, but others speak of them.
    """
    why = {
        id_: why_skipped(discussion.messages[id_], discussion.sentences(id_)) for id_ in messages
    }
    if None not in why.values():
        return ()
    return tuple(id_ for id_, reason in why.items() if _is_read(discussion.messages[id_], reason))


def _is_read(message: Message, reason: str | None) -> bool:
    if reason == "attachment_only":
        return any(map(is_described, message.attachments))
    return reason in (None, "quoted_only")


def receipt(
    discussion: Discussion,
    messages: Collection[str],
    seen: Collection[str],
    cited: Collection[str],
    rejected: Mapping[str, int],
    withheld: Mapping[str, int] = _NONE,
) -> Receipt:
    """The receipt of these messages, of which `seen` were read; `cited` are authors.

    `withheld` counts, by reason, messages that the topic has and the discussion has not.
    """
    skipped = Counter(_why(discussion, id_) for id_ in messages if id_ not in seen)
    spoke = _people(discussion.messages[id_] for id_ in messages if not _is_aside(discussion, id_))
    return Receipt(
        messages=len(messages),
        read=len(messages) - skipped.total(),
        skipped=counts(skipped + Counter(withheld)),
        authors=len(spoke),
        cited=sum(author in cited for author in spoke),
        not_cited=tuple(discussion.names[author] for author in spoke if author not in cited),
        rejected=counts(rejected),
        contested=sum(len(discussion.messages[id_].contested) for id_ in messages),
    )


def _why(discussion: Discussion, id_: str) -> str:
    skipped = why_skipped(discussion.messages[id_], discussion.sentences(id_))
    return skipped or "not_yet_read"


def _is_aside(discussion: Discussion, id_: str) -> bool:
    if id_ not in discussion.asides:
        return False
    return why_skipped(discussion.messages[id_], discussion.sentences(id_)) == ASIDE


def _people(messages: Iterable[Message]) -> tuple[str, ...]:
    """Who spoke, by source id, in order of appearance; programs are not people."""
    people = (message.author for message in messages if not message.author.bot)
    return tuple(dict.fromkeys(author.source_id for author in people))
