"""What suites ask of quotes: which are true, and whose they are."""

from collections.abc import Iterable, Iterator

from bot.core.model import Thread, by_id
from bot.core.sentences import split
from bot.core.summary import Quote, Summary
from bot.engines.quotes.speech import says_something


def quotes_in(summary: Summary) -> list[Quote]:
    """All quotes of a summary."""
    return [quote for each in (*summary.viewpoints, *summary.questions) for quote in each.evidence]


def true_quotes(thread: Thread, quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Those that are a slice, letter for letter, of the message that they point at."""
    messages = by_id(thread.messages)
    for quote in quotes:
        message = messages.get(quote.message_id)
        if message is not None and quote.quote and quote.quote in message.content:
            yield quote


def quoted_people(thread: Thread, quotes: Iterable[Quote]) -> set[str]:
    """The names of the people whose words are truly quoted."""
    messages = by_id(thread.messages)
    return {messages[quote.message_id].author.name for quote in true_quotes(thread, quotes)}


def people_with_something_to_say(thread: Thread) -> set[str]:
    """The names of those with a sentence that is more than thanks, greetings and laughter."""
    return {
        message.author.name
        for message in thread.messages
        if any(map(says_something, split(message)))
    }
