"""Who answers whom, as far as the form tells: replies, names, and words in common.

Not every platform knows replies, and not everybody uses them. So what stands right after a message
may answer it as well, unless it replies to another one.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import dropwhile, islice

from bot.core.likeness import features
from bot.core.model import Message
from bot.core.wordlists import ORDINARY
from bot.engines.quotes.phrases import ANSWERS, SATISFIED
from bot.engines.quotes.salience import Saying
from bot.engines.quotes.speech import words
from bot.engines.quotes.talk import Talk

NEXT, AHEAD = 2, 6
"""Messages of others that may answer one without saying so, among so many that follow it."""
SHORTEST_NAME = 3
"""Letters of a name by which somebody is known to be called."""


def is_answered(talk: Talk, question: Saying) -> bool:
    """Whether somebody else answers a question.

    That is a statement in reply; or one right after it, with a yes or no or a word of the question
    in it; or that whoever asked says thanks. Any statement answers what the discussion was opened
    with.
    """
    asking = talk.discussion.messages[question.span.message]
    if talk.opens(asking):
        return any(_states(talk, each) for each in _by_others(talk.messages, asking))
    if any(_states(talk, each) for each in _replies(talk, asking)):
        return True
    about = talk.about(question.text)
    return _is_satisfied(talk, asking) or any(
        _opens_with(each, ANSWERS) or (talk.states(each) and _speaks_to(each, asking, about))
        for each in _next(talk, asking)
    )


def is_replied_to(talk: Talk, message: Message) -> bool:
    """Whether somebody else says something in reply, or right after it on the same matter.

    Everybody who writes replies to what the discussion was opened with.
    """
    if talk.opens(message):
        return any(_by_others(talk.messages, message))
    if any(talk.said[each.source_id] for each in _replies(talk, message)):
        return True
    about = talk.about(" ".join(saying.text for saying in talk.said[message.source_id]))
    return any(_speaks_to(each, message, about) for each in _next(talk, message))


def exchanges(talk: Talk) -> Iterator[tuple[Message, Message]]:
    """What somebody writes, and what somebody else answers, in the order of the answers.

    An answer is a reply, or one of the next messages where it calls them by name.
    """
    for answer in talk.messages:
        earlier = _answered(talk, answer)
        if earlier and earlier.author.source_id != answer.author.source_id:
            yield earlier, answer


def _answered(talk: Talk, answer: Message) -> Message | None:
    if answer.reply_to is not None:
        return talk.discussion.messages[answer.reply_to] if answer.reply_to in talk.said else None
    earlier = reversed(talk.before(answer, NEXT))
    return next((each for each in earlier if _calls(answer, each)), None)


def _replies(talk: Talk, message: Message) -> Iterator[Message]:
    return _by_others(talk.replies.get(message.source_id, ()), message)


def _next(talk: Talk, message: Message) -> Iterator[Message]:
    """The next messages of others that don't reply to another one."""
    others = islice(_by_others(talk.after(message, AHEAD), message), NEXT)
    return (each for each in others if each.reply_to is None)


def _states(talk: Talk, message: Message) -> bool:
    return talk.states(message) or _opens_with(message, ANSWERS)


def _is_satisfied(talk: Talk, asking: Message) -> bool:
    """Whether the asker's next message, after others wrote, opens with thanks."""
    asker = asking.author.source_id
    after = dropwhile(lambda each: each.author.source_id == asker, talk.after(asking, AHEAD))
    own = next((each for each in after if each.author.source_id == asker), None)
    return own is not None and _opens_with(own, SATISFIED)


def _by_others(messages: Iterable[Message], message: Message) -> Iterator[Message]:
    own = message.author.source_id
    return (each for each in messages if each.author.source_id != own)


def _opens_with(message: Message, first_words: Collection[str]) -> bool:
    said = words(message.content)
    return bool(said) and said[0] in first_words


def _speaks_to(message: Message, earlier: Message, about: frozenset[str]) -> bool:
    """Whether a message calls the author of an earlier one by name, or has a word of it."""
    return not about.isdisjoint(features(message.content)) or _calls(message, earlier)


def _calls(message: Message, earlier: Message) -> bool:
    names = {word for word in words(earlier.author.name) if len(word) >= SHORTEST_NAME}
    return not (names - ORDINARY).isdisjoint(words(message.content))
