"""What suites ask of quotes and texts: which quotes are true, and which people are there."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.model import Thread, by_id
from bot.core.sentences import split
from bot.core.summary import Evidence
from bot.engines.quotes.speech import says_something

_WORD = re.compile(r"[^\W\d_]{2,}")


def true_quotes(thread: Thread, evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Those that are a slice, letter for letter, of the message that they point at."""
    messages = by_id(thread.messages)
    for found in evidence:
        message = messages.get(found.message_id)
        if message is not None and found.quote and found.quote in message.content:
            yield found


def quoted_people(thread: Thread, evidence: Iterable[Evidence]) -> set[str]:
    """The names of the people whose words are truly quoted."""
    messages = by_id(thread.messages)
    return {messages[found.message_id].author.name for found in true_quotes(thread, evidence)}


def people_with_something_to_say(thread: Thread) -> set[str]:
    """The names of those with a sentence that is more than thanks, greetings and laughter."""
    return {
        message.author.name
        for message in thread.messages
        if any(map(says_something, split(message)))
    }


def named(text: str, thread: Thread) -> set[str]:
    """The people of a thread whom a text names, be it by a part of their name."""
    words = set(_WORD.findall(text))
    people = {message.author.name for message in thread.messages}
    return {name for name in people if words.intersection(_parts(name))}


def _parts(name: str) -> Sequence[str]:
    return [part for part in _WORD.findall(name) if part[0].isupper()]
