"""A window -> notes by form: what could be quoted, what is asked, what replies to a question.

Every sentence that says something is noted as a view in its own words; which of them is shown
is decided later, over the whole topic. A message is one asking: by form nobody can tell which of
its questions a reply takes up, so its questions are one note, and any reply that states something
answers it, where the question stands in the window. What stands merely after a question is not
taken for an answer to it here: that would hold only until a message between them goes.
"""

from collections.abc import Iterator

from bot.core.notes import Note, NoteKind, Reading
from bot.core.sentences import Sentence
from bot.core.windows import Window, WindowMessage
from bot.engines.quotes.speech import LEAST_ASKED, asks, length, says_something

LONGEST_WORDING = 300
"""Characters of a message's questions that are shown together."""


def read(window: Window) -> Reading:
    """The notes of a window; those of context messages are none."""
    shown = {message.number: message for message in window.messages}
    noted = (message for message in window.messages if not message.context)
    return Reading(tuple(note for message in noted for note in _notes(message, shown)))


def _notes(message: WindowMessage, shown: dict[int, WindowMessage]) -> Iterator[Note]:
    questions = _questions(message)
    views = [each for each in message.sentences if says_something(each) and each not in questions]
    if questions:
        yield Note(NoteKind.QUESTION, tuple(each.span for each in questions), _wording(questions))
    yield from (Note(NoteKind.VIEW, (view.span,)) for view in views)
    asked = _questions(shown[message.reply_to]) if message.reply_to in shown else []
    if asked and views and shown[message.reply_to or 0].author != message.author:
        best = next((view for view in views if length(view.text) >= LEAST_ASKED), views[0])
        yield Note(NoteKind.ANSWER, (best.span,), about=asked[0].span)


def _questions(message: WindowMessage) -> list[Sentence]:
    return [each for each in message.sentences if asks(each)]


def _wording(questions: list[Sentence]) -> str | None:
    """Several questions as one line, as many as fit; a single one speaks for itself."""
    wording, *more = (" ".join(each.text.split()) for each in questions)
    for question in more:
        if len(wording) + len(question) >= LONGEST_WORDING:
            break
        wording += f" {question}"
    return wording if more else None
