"""What somebody names on the command line: a topic, a person in it, a message of it.

A near miss is answered with what is nearest. On Discord nobody is told of topics that way: who asks
there may not know of all of them.
"""

from bot.archive import KeptTopic
from bot.core.discussion import Discussion
from bot.core.errors import NotFound
from bot.core.inert import one_line, shorten
from bot.core.nearness import MOST, nearest
from bot.partner import DiscussionPartner

LENGTH = 100
"""Characters of a title, a name or what was typed that an answer repeats."""


async def topic(partner: DiscussionPartner, words: str) -> KeptTopic:
    """The topic with that id, or with these words in its title. NotFound, Ambiguous."""
    try:
        return await partner.find_topic(words)
    except NotFound:
        kept = await partner.topics()
        near = nearest(words, dict.fromkeys(each.topic.title for each in kept))
        meant = [
            f"{each.id} {_typed(each.topic.title)}" for each in kept if each.topic.title in near
        ]
        known = "`moot topics` lists those that there are." if kept else "there is none at all yet."
        raise NotFound(f"There is no topic {_typed(words)}; {_offer(meant) or known}") from None


async def author(partner: DiscussionPartner, topic_id: int, words: str) -> str:
    """The id of the author of a topic with that id or name. NotFound, Ambiguous."""
    discussion = await partner.discussion(topic_id)
    try:
        return discussion.author(words)
    except NotFound:
        names = discussion.names.values()
        meant = _offer([_short(name) for name in nearest(words, names)])
        known = f"`moot show {topic_id}` has the names."
        told = f"Nobody called {_typed(words)} has written in topic {topic_id}; {meant or known}"
        raise NotFound(told) from None


async def message(partner: DiscussionPartner, topic_id: int, words: str) -> str:
    """The id of a message of a topic. NotFound."""
    discussion = await partner.discussion(topic_id)
    if words in discussion.messages:
        return words
    raise NotFound(
        f"Topic {topic_id} has no message with the id {_typed(words)}{_number(discussion, words)}: "
        f"`moot show {topic_id}` prints ids behind a #; for a time, take --hours N."
    )


def _number(discussion: Discussion, words: str) -> str:
    """The message whose number was taken for its id."""
    number = words.strip("[]")
    if not (number.isdecimal() and len(number) < 10 and 0 < int(number) <= len(discussion.ids)):
        return ""
    return f", but number {int(number)} has the id {discussion.ids[int(number) - 1]}"


def _offer(names: list[str]) -> str:
    return f"did you mean {' or '.join(names[:MOST])}?" if names else ""


def _typed(words: str) -> str:
    return f'"{_short(words)}"'


def _short(words: str) -> str:
    return shorten(one_line(words), LENGTH)
