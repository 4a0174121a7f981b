"""Each check of a statement, by a case that passes and one that does not."""

from dataclasses import replace

import pytest
from hypothesis import given

from bot.core.brief_checks import STATEMENT_LENGTH, statement_faults, title_faults
from bot.core.checks import reasons
from bot.core.discussion import Discussion
from bot.core.model import Author, Message
from bot.core.statements import joined, statements, titled
from tests.core.discussions import ANA, BEN, CHO, DISCUSSIONS, HATS, TEXTS, sources

PASSES: tuple[str, ...] = ()


def found(text: str, title: str = "", own: str | None = None) -> tuple[str, ...]:
    written = joined(statements(HATS, text))
    return reasons(statement_faults(written, sources(), title, own=own))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # It cites, and cites what is there.
        ("P1 thinks hats should come back [1.1].", PASSES),
        ("P1 thinks hats should come back.", ("no_citation",)),
        ("P1 thinks hats should come back [9.1].", ("unknown_sentence", "no_citation")),
        ("P1 wants hats [1.1]; no answer yet.", PASSES),
        ("P1 wants hats [1.1], and P2 is against that.", ("no_citation",)),
        ("P1 wants hats [1.1], which is a thing that a lot could be said about.", ("no_citation",)),
        # Its people wrote, are named in or are answered by its sentences.
        ("P2 thinks hats should come back [1.1].", ("not_theirs",)),
        ("P3 says that P1 may be right [3.1].", PASSES),
        ("P2 tells P1 that caps are better [2.1].", PASSES),
        ("P1 says that P3 is wrong [1.1].", ("not_theirs",)),
        ("P1's hats are not needed, says P2 [2.2].", PASSES),
        ("P2 (for caps): says so [2.1], with thanks to P1 [2.2].", PASSES),
        ("P2: is for caps [2.1]. Would miss P1 [2.2].", PASSES),
        ("P1: likes hats [1.1]. May be right, says P3 [3.1].", PASSES),
        ("**P1:** may be right, says P3 [3.1]; likes hats [1.1].", PASSES),
        ("P1: may be right, says P3 [3.1].", ("not_theirs",)),
        ("P1: likes P2's caps [2.1].", ("not_theirs",)),
        ("P2 is for caps [2.1], P1 is for none [2.2].", ("not_theirs",)),
        ("P1, quoted by P2: caps are better [2.1].", PASSES),
        ("P1, quoted by P2: hats are better [3.1].", ("not_theirs",)),
        ("P1, seen by P2: caps are better [2.1].", ("not_theirs",)),
        ("P8 wants hats [1.1].", ("unknown_person", "label")),
        ("Ana thinks hats should come back [1.1].", PASSES),
        ("As Ben says, hats should come back [1.1].", ("invented_name",)),
        ("Ben says that hats should come back [1.1].", ("invented_name",)),
        ("Hats should come back [1.1]. Okri says so [1.1].", ("invented_name",)),
        ("Okris Hüte sollen zurück [1.1].", ("invented_name",)),
        ("P2 answers Ana: caps are better [2.1].", PASSES),
        # Its numbers and names with digits.
        ("P1 paid 40 euros in 2019 [1.2].", PASSES),
        ("P1 paid 41 euros [1.2].", ("invented_number",)),
        ("P1 paid forty euros [1.2].", PASSES),
        ("P1 thinks of 300 hats [1.1].", ("invented_number",)),
        ("P1 is for option 2, too [1.1].", PASSES),
        ("P1 is for option 3 [1.1].", ("invented_number",)),
        ("P1 read EIP-7610 [1.1].", PASSES),
        ("P1 read EIP-7611 [1.1].", ("invented_number",)),
        # Of its own sentences: not of others of the message, but of the question it answers.
        ("P1 wants 40 of them [1.1].", ("invented_number",)),
        ('P1 says "they cost 40 euros" [1.1].', ("invented_number", "invented_quote")),
        ("P2 finds 40 euros too much for it [2.1].", PASSES),
        # Its quotations and addresses.
        ('P1 says "a hat is a house for the head" [4.1].', PASSES),
        ('P1 says "a hat is a home for the head" [4.1].', ("invented_quote",)),
        ("P1 points to https://hats.example/a [1.1].", ("invented_link",)),
        ("P1 asks for hats.example [1.1].", ("invented_link",)),
        # What nobody said of everybody.
        ("Everybody agrees with P1 [1.1].", ("unfounded_consensus",)),
        ("Most people want hats, says P1 [1.1].", ("unfounded_consensus",)),
        # What would have an effect.
        ("P1 calls @moderators [1.1].", PASSES),
        ("P1 wants **hats** [1.1].", PASSES),
        ("P1 wants [hats](somewhere) [1.1].", ("markup",)),
        ("P1 wants ||hats|| [1.1].", ("markup",)),
        ("P1 wants ~~no~~ hats [1.1].", ("markup",)),
        ("P1 wants | hats | caps | [1.1].", PASSES),
        ("| P1 | wants hats | [1.1].", ("markup",)),
        ("- P1 wants *hats* and `caps` and __hoods__ [1.1].", PASSES),
        ("P1 wants see _https://evil.ZIP/x_ [1.1].", ("link",)),
        ("P1 writes https:P2 [1.1].", ("not_theirs", "link")),
        ("P1 wants discord.P1 [1.1].", ("link", "invented_link")),
        (f"P1 wants r{chr(0x489) * 9}omance [1.1].", ("control_character",)),
        ("P1 wants <#rules> hats [1.1].", ("ping",)),
        ("P1 wants \x1b[m hats [1.1].", ("control_character",)),
        (f"P1 wants hats {'and hats ' * 100}[1.1].", ("too_long",)),
        # In other letters, and in other words.
        ("Еverybody wants hats [1.1].", ("unfounded_consensus",)),
        ("All want hats [1.1].", ("unfounded_consensus",)),
        ("P1 says ‘handwork is a fraud and that is that’ [1.1].", ("invented_quote",)),
    ],
)
def test_a_statement(text: str, expected: tuple[str, ...]) -> None:
    assert set(found(text)) == set(expected)


def test_a_persons_line_needs_no_name_and_may_name_others() -> None:
    assert found("Doubts P1's hats [3.1].", own="c") == PASSES
    assert found("Doubts P2's caps [1.1].", own="a") == ("not_theirs",)


def test_what_is_open_may_say_who_has_not_answered() -> None:
    for text in (
        "P3 has not answered P2 [2.1].",
        "P2 asks for caps [2.1]: P3 has not answered.",
        "P3 doesn't say whether it will rain [1.1].",
    ):
        written = joined(statements(HATS, text))
        assert statement_faults(written, sources())
        assert statement_faults(written, sources(), absence=True) == PASSES


def test_what_is_open_may_say_that_nobody_has_done_something() -> None:
    for text in ("Nobody says whether P1 wants hats [1.1].", "Okri has not answered P1 [1.1]."):
        written = joined(statements(HATS, text))
        assert statement_faults(written, sources())
        assert statement_faults(written, sources(), absence=True) == PASSES


def test_what_was_given_to_somebody_may_be_said_of_them() -> None:
    written = joined(statements(HATS, "P3 mends the hats [1.1]."))
    assert reasons(statement_faults(written, sources())) == ("not_theirs",)
    said = Message("m5", ANA, "Cho mends the hats.")
    told = Discussion(HATS.topic, [*HATS.messages.values(), said])
    written = joined(statements(told, "P3 mends the hats [5.1]."))
    assert reasons(statement_faults(written, sources(told))) == ("not_theirs",)
    assert statement_faults(written, sources(told), told=True) == PASSES


def test_words_that_two_people_wrote_may_be_said_of_each() -> None:
    words = "we really need a bigger hall for the spring fair"
    both = [Message("m1", ANA, f"I think {words}."), Message("m2", BEN, f"Yes, {words}, too.")]
    hall = Discussion(HATS.topic, both)
    for text in (f"P1 thinks that {words} [1.1].", f"P2 says that {words} [2.1]."):
        assert statement_faults(joined(statements(hall, text)), sources(hall)) == PASSES


STAN = Author("s", "StanGibson18")
FAR = [Message(f"f{n}", (ANA, BEN)[n % 2], "I am not so sure.") for n in range(12)]


@pytest.mark.parametrize(
    ("before", "called"),
    [
        (Message("m2", CHO, "Thanks, Ken! I will read it.", reply_to="m1"), {}),
        (Message("m2", STAN, "It is all in there.\nKen"), {}),
        (Message("m2", CHO, "I will read it."), {"s": "Ken"}),
    ],
)
def test_a_person_is_known_by_the_name_that_others_use(
    before: Message, called: dict[str, str]
) -> None:
    said = [Message("m1", STAN, "I have a plan."), before, *FAR]
    talk = Discussion(HATS.topic, [*said, Message("m9", CHO, "I like the plan of Ken.")])
    at = f"{len(said) + 1}.1"
    label = {id_: label for label, id_ in talk.people.items()}["c"]
    written = joined(statements(talk, f"{label} likes the plan of P1 [{at}]."))
    assert statement_faults(written, replace(sources(talk), called=called)) == PASSES
    stranger = Discussion(HATS.topic, [said[0], *FAR, talk.messages["m9"]])
    at, label = f"{len(FAR) + 2}.1", "P4"
    written = joined(statements(stranger, f"{label} likes the plan of P1 [{at}]."))
    assert reasons(statement_faults(written, sources(stranger))) == ("not_theirs",)


def test_a_statement_cites_no_more_than_anybody_can_follow() -> None:
    many = Discussion(HATS.topic, [Message(f"m{n}", ANA, "I want hats.") for n in range(60)])
    ids = ", ".join(f"{n}.1" for n in range(1, 60))
    written = joined(statements(many, f"P1 wants hats [{ids}]."))
    assert reasons(statement_faults(written, sources(many))) == ("too_long",)


def test_a_number_of_the_title_may_be_said_again() -> None:
    assert found("P1 wants 7 of them [1.1].", title="7 hats") == PASSES


def test_the_instructions_are_not_for_readers() -> None:
    told = "You get the messages with a number and a person on lines of their own."
    written = joined(statements(HATS, f"P1: {told} [1.1]"))
    assert "instructions" in reasons(statement_faults(written, sources(instructions=told)))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Option 2", PASSES),
        ("P1's hats", PASSES),
        ("Option 7", ("invented_number",)),
        ("Hats " * 30, ("too_long",)),
    ],
)
def test_a_title(title: str, expected: tuple[str, ...]) -> None:
    assert reasons(title_faults(titled(HATS, title), sources())) == expected


@given(DISCUSSIONS, TEXTS)
def test_what_passes_cites_the_stretch_and_can_ping_nobody(
    discussion: Discussion, text: str
) -> None:
    stretch = set(discussion.ids[1:])
    limited = sources(discussion)
    for written in statements(discussion, text):
        shown = type(limited)(discussion, stretch, limited.words)
        if not statement_faults(written, shown):
            assert written.statement.cites
            assert {span.message for span in written.statement.cites} <= stretch
            assert len(written.statement.words) <= STATEMENT_LENGTH + 20
            assert "<@" not in written.statement.words
