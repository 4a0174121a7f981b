"""What is put to a bot, a typed command and Moot's own words are no part of the discussion."""

import time

import pytest

from bot.core.frames import ALL
from bot.core.model import Author, Mention, Message
from bot.core.sentences import SentenceKind, split

ANA = Author("1", "Ana")


def asides(words: str, *, to_bot: bool = False, drafted: bool = False) -> list[str]:
    """The sentences of a message that are asides."""
    message = Message("1", ANA, words, to_bot=to_bot, drafted=drafted)
    return [each.text for each in split(message) if each.kind is SentenceKind.ASIDE]


def test_a_person_called_moot_is_no_bot() -> None:
    words = "@Moot what do you think?"
    assert asides(words) == [words]
    message = Message("1", ANA, words, mentions=(Mention(0, 5, "77"),))
    assert [each.kind for each in split(message)] == [SentenceKind.PROSE]


@pytest.mark.parametrize(
    "words",
    [
        "/summary",
        "/summary topic: The price",
        "/ask what does the rent come to?",
        "!poll Should we raise the price?",
        "!remindme 2h",
        "t!help",
        "m!play that song again",
        "pk;switch ana",
        "?poll Should we raise the price?",
        "$help",
        ".remindme 2h to water the plants",
        "  /catchup",
    ],
)
def test_a_command_is_an_aside(words: str) -> None:
    assert " ".join(asides(words)) == words.strip()


@pytest.mark.parametrize(
    "words",
    [
        "/usr/bin is full, and who empties it?",
        "/r/tea says otherwise.",
        "-help-yourself counters are what I like.",
        "?! What was that, and who paid?",
        "- play is what children do.",
        "+1 from me, the price is too high.",
        "-1, since costs go up.",
        "$50 is too much for a pot.",
        ".net would be my choice.",
        "!! Watch out for the price.",
        "¡Qué caro es!",
        "... and then the rent went up.",
        "a/b tests say so.",
        "I typed /summary and got nothing.",
        "The and/or of it is not clear.",
        "~10 pots a day is what we sell.",
        "Wow!that was quick, and who paid?",
        "wait;what does it cost?",
    ],
)
def test_what_only_looks_like_a_command_is_none(words: str) -> None:
    assert asides(words) == []


def test_below_a_stroke_command_the_discussion_goes_on() -> None:
    assert asides("/summary\nI think that tea is better.") == ["/summary"]
    assert len(asides("!poll\nIs tea better? Or not at all?\nYes, it is.")) == 4


@pytest.mark.parametrize(
    "words",
    [
        "@Moot what did we decide about the hats?",
        "<@123456789012345678> what did we decide",
        "Hey @Moot, who is against it",
        "@Moot summarise this please",
        "@Moot",
        "Please list who is against it.",
        "@Moot summary of this thread",
        "@Moot fasse das zusammen",
        "@Moot résume la discussion",
        "@Moot ¿qué decidimos?",
        "@Moot 我们决定了什么？",
        "Can you tell me more about the rent?",
    ],
)
def test_what_a_bot_is_asked_is_an_aside(words: str) -> None:
    assert asides(words, to_bot=True) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "@Moot I never said that the price should go up.",
        "That is wrong, the rent went up by a third.",
        "I asked @Moot, and it says five pots.",
        "What I want is a lower price.",
        "Can openers are what we should sell, since a great many people have asked for them "
        "in each and every week of this whole last year.",
    ],
)
def test_what_people_say_to_a_bot_is_theirs(words: str) -> None:
    assert asides(words, to_bot=True) == []


def test_only_the_question_is_an_aside() -> None:
    words = "I would keep the house pot. @Moot what does it cost?"
    assert asides(words, to_bot=True) == ["@Moot what does it cost?"]


def test_moot_is_known_by_its_name_where_no_source_says_to_whom_it_is() -> None:
    assert asides("@Moot what did we decide?") == ["@Moot what did we decide?"]
    assert asides("@Mootilda what did we decide?") == []
    assert asides("What did we decide?") == []


@pytest.mark.parametrize("frame", ALL)
@pytest.mark.parametrize("drafted", [True, False])
def test_the_line_that_moot_put_under_a_quote_is_nobodys(frame: str, drafted: bool) -> None:
    line = frame.format(one="Dr. Mira *tea* Holm", other="tomas")
    words = f"> “The rent went up.” — ines\n\n{line}"
    assert "".join(asides(words, drafted=drafted)).endswith(line[-20:])
    assert asides(f"{words} I would say that nobody does.", drafted=drafted) != []
    assert asides(line) == []


def test_what_a_person_put_there_instead_is_theirs() -> None:
    words = "> “The rent went up.” — ines\n\nWhat would you answer ines, tomas, and why?"
    assert asides(words, drafted=True) == []


@pytest.mark.parametrize("piece", ["@a ", "/a", "!a ", "> ", "@Moot ", "?", "hey ", "\n", "<@1>"])
@pytest.mark.parametrize("start", ["", "/poll ", "!poll ", "@Moot ", "> "])
def test_it_takes_time_in_proportion_to_the_length(piece: str, start: str) -> None:
    def seconds(size: int) -> float:
        words = start + piece * (size // len(piece))
        begun = time.perf_counter()
        asides(words, to_bot=True)
        return time.perf_counter() - begun

    seconds(2_000)
    short, long = seconds(20_000), seconds(80_000)
    assert long < 16 * short + 0.5
