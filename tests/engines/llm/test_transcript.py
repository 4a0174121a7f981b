"""What a model sees of a discussion."""

from dataclasses import replace

from bot.engines.llm.prompt_data import transcript
from tests.engines.quotes.thread import message, thread


def test_words_to_a_bot_have_no_id_by_which_they_could_be_cited() -> None:
    words = "I would buy the kiln. @Moot who is against it?"
    discussion = thread(("Ana", "Shall we?"), replace(message(2, "Ben", words), to_bot=True))

    assert transcript(discussion, discussion.ids).splitlines()[2:] == [
        "[2] P2 | Ben",
        "2.1 | I would buy the kiln.",
        "(aside) | @Moot who is against it?",
    ]
    assert discussion.span("2.1") is not None
    assert discussion.span("2.2") is None
