"""What somebody who comes back sees, and that Discord takes it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.client.views.changes import changes_card
from bot.core.arrangement import Stance
from bot.core.summary import CatchUp, Change, ChangeKind, Usage
from tests.client.views.screen import labels, read
from tests.client.views.summaries import (
    bakery,
    engines,
    evidence,
    ids,
    quote,
    receipts,
    texts,
    topics,
)
from tests.client.views.taken import taken_by_discord

BAKERY = bakery()
BACK = CatchUp(
    topic=BAKERY.topic,
    engine=BAKERY.engine,
    headline=None,
    since="3",
    new_messages=2,
    new_from=("Dov", "Cy"),
    changes=(
        Change(
            ChangeKind.NEW_QUESTION,
            "Cy asked (still open): Who bakes on Sunday?",
            (quote("Cy", "Who bakes on Sunday?", Stance.UNKNOWN, 5),),
        ),
        Change(
            ChangeKind.LOST,
            "No longer held by Dov (held by nobody now): A higher price drives regulars away.",
            (quote("Dov", "I was wrong about my mother.", Stance.WITHDRAWS, 4),),
        ),
    ),
    agreements=(),
    receipt=BAKERY.receipt,
    usage=Usage(),
)
changes = st.builds(Change, kind=st.sampled_from(ChangeKind), text=texts, evidence=evidence)
catch_ups = st.builds(
    CatchUp,
    topic=topics,
    engine=engines,
    headline=st.none(),
    since=st.just("1"),
    new_messages=ids,
    new_from=st.lists(texts, max_size=9).map(tuple),
    changes=st.lists(changes, max_size=40).map(tuple),
    agreements=st.just(()),
    receipt=receipts,
    usage=st.just(Usage()),
)


def test_changes_stand_by_kind_over_the_words_that_show_them() -> None:
    seen = read(changes_card(BACK))

    assert "2 new messages by Dov and Cy." in seen
    lost, asked = seen.index("### Views that lost people"), seen.index("### New questions")
    assert lost < asked
    assert "> I was wrong about my mother.\n-# Dov took this back" in seen[lost:asked]
    assert "written with AI" in seen


def test_words_that_the_line_holds_are_not_said_twice() -> None:
    seen = read(changes_card(BACK))

    assert seen.count("Who bakes on Sunday?") == 1
    assert "(still open): Who bakes on Sunday?\n-# Cy" in seen


def test_what_to_do_next_is_at_hand() -> None:
    assert labels(changes_card(BACK)) == ["Suggest a reply", "All quotes"]


def test_of_many_changes_some_are_shown_and_it_says_so() -> None:
    many = replace(BACK, changes=BACK.changes[:1] * 7)

    assert read(changes_card(many)).count("Who bakes on Sunday?") == 6
    assert "/summary has the whole" in read(changes_card(many))
    assert "/summary has the whole" not in read(changes_card(BACK))


def test_new_words_that_change_nothing_are_counted_all_the_same() -> None:
    seen = read(changes_card(replace(BACK, changes=())))

    assert "2 new messages by Dov and Cy." in seen
    assert "Nothing in them changes" in seen


@settings(max_examples=60, deadline=None)
@given(catch_ups)
def test_discord_takes_it_whatever_people_wrote(shown: CatchUp) -> None:
    taken_by_discord(changes_card(shown))


def test_the_card_rests_on_the_words_that_its_lines_tell_of() -> None:
    lost = replace(BACK.changes[1], rests_on=frozenset({"6"}))
    card = changes_card(replace(BACK, changes=(lost,)))

    assert {each.message_id for each in card.rests_on} == {"4", "6"}
