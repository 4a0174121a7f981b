"""A word that people write with an @ stays as they wrote it, and can ping nobody."""

import pytest

from bot.client.views.cited_text import Marks, markdown
from bot.core.checks import Grounds, faults
from bot.core.discussion import Discussion
from bot.core.marks import Names, readable
from bot.core.model import Author, Message, Topic
from bot.core.statements import statements, titled
from bot.core.summary import Text
from bot.engines.llm import prompt_data

ANA, BEN = Author("a", "Ana"), Author("2", "Ben")
WORDED = readable("Let us meet @midnight, <@2>. Mail me@work.", Names({"2": "Ben"}))
MEETING = Discussion(
    Topic("t", "t", "Meeting"),
    [Message("1", ANA, WORDED.text, mentions=WORDED.mentions), Message("2", BEN, "Yes.")],
)


def reasons(text: str, *sentences: str) -> list[str]:
    return [fault.reason for fault in faults(text, Grounds(sentences))]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("They meet @midnight [1.1].", "They meet @midnight."),
        ("They meet @Midnight [1.1].", "They meet @Midnight."),
        ("So says @Ben to @P1 [1.1].", "So says Ben to somebody."),
        ("So say @everyone and @nobody [1.1].", "So say everyone and nobody."),
        ("Mail me@work [1.1].", "Mail me@work."),
    ],
)
def test_the_sign_stays_where_people_write_it(written: str, read: str) -> None:
    (found,) = statements(MEETING, written)
    parts = [each if isinstance(each, str) else "" for each in found.statement.parts]
    assert "".join(parts) == read.replace("somebody", "")


def test_in_a_title_too() -> None:
    assert titled(MEETING, "Meeting @midnight").parts == ("Meeting @midnight",)


def test_the_checks_let_it_pass_where_it_stands_in_a_sentence() -> None:
    assert reasons("They meet @midnight.", "Let us meet @midnight.") == []
    assert reasons("They meet @midnight.", "Let us meet at midnight.") == ["ping"]


@pytest.mark.parametrize("word", ["@everyone", "@here", "@EVERYONE", "@everyones", "@h\u200bere"])
def test_what_pings_passes_nowhere(word: str) -> None:
    assert "ping" in reasons(f"They meet {word}.", f"Let us meet {word}.")


def test_it_is_shown_inert() -> None:
    assert markdown(Text(("They meet @midnight.",), ()), Marks()) == "They meet @\u200bmidnight."


def test_a_model_sees_which_namesake_is_meant() -> None:
    worded = readable("I think <@12> is right, not <@11>.", Names({"11": "Alex", "12": "Alex"}))
    hats = Discussion(
        Topic("t", "t", "Hats"),
        [
            Message("1", Author("11", "Alex"), "Hats, please."),
            Message("2", Author("12", "Alex"), "Caps, please. " + worded.text),
            Message("3", ANA, worded.text, mentions=worded.mentions),
        ],
    )
    told = prompt_data.transcript(hats, ["3"])
    assert "| I think @Alex (2) is right, not @Alex." in told
    assert hats.messages["3"].content == "I think @Alex is right, not @Alex."
