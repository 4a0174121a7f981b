"""What a reader sees on a card, and that Discord takes any card that there can be."""

import re
from dataclasses import replace

import pytest
from discord import ui
from hypothesis import given, settings

from bot.client.views.card import quotes_card, summary_card
from bot.client.views.layout import DoesNotFit, Layout, button, card
from bot.client.views.layout import words as text
from bot.core.arrangement import Stance
from bot.core.summary import ShownQuestion, ShownViewpoint, Summary
from tests.client.views.screen import buttons, labels, read
from tests.client.views.summaries import bakery, quote, summaries
from tests.client.views.taken import taken_by_discord


def test_a_card_says_what_is_asked_who_stands_where_and_what_is_open() -> None:
    seen = read(summary_card(bakery("Costs are up; regulars are the worry.")))

    assert "## Should the loaf cost more?" in seen
    assert "Costs are up; regulars are the worry." in seen
    assert "**Q1** · **Should we raise the price?**" in seen
    assert "**Q2** · **What do the others charge?**\n-# **still open** · asked by Bo" in seen
    assert "**1** · **Costs leave no choice but a higher price.**" in seen
    assert "held by Ines and Cy · ⇄ against 2" in seen
    assert "held by Dov · ⇄ against 1" in seen
    assert "✓ The rye should stay." in seen
    assert "Nobody has answered Q2 yet." in seen


def test_every_view_stands_on_words_with_a_way_to_their_message() -> None:
    seen = read(summary_card(bakery()))

    assert "> Flour is up a third since spring.\n-# Ines" in seen
    assert "> Regulars will notice first.\n-# Dov objects" in seen
    assert "[go to the message](https://discord.com/channels/1/2/3)" in seen


def test_where_a_quote_is_the_view_its_person_is_named_once() -> None:
    flour, objection = bakery().viewpoints[0].evidence
    alone = ShownViewpoint(4, flour.quote, None, (), ("Ines",), (flour, objection))
    seen = read(summary_card(replace(bakery(), viewpoints=(alone,))))

    assert "**Ines**\n> Flour is up a third since spring.\n-# <t:" in seen
    assert "> Regulars will notice first.\n-# Dov objects" in seen


def test_a_quote_that_is_the_view_says_what_it_stands_against_too() -> None:
    against, second = bakery().viewpoints[:2]
    alone = replace(against, claim=against.evidence[0].quote, authors=("Ines",))
    seen = read(summary_card(replace(bakery(), viewpoints=(alone, second))))

    assert "**1** · **Ines**\n⇄ against 2\n> Flour is up a third since spring." in seen
    assert "held by Dov · ⇄ against 1" in seen


def test_who_was_quoted_without_a_model_is_shown_from_their_first_to_their_latest_words() -> None:
    before = quote("Ines", "It can't survive.", Stance.UNKNOWN)
    between = quote("Ines", "Or can it?", Stance.UNKNOWN, 5)
    after = quote("Ines", "I was wrong, it comes out ahead.", Stance.UNKNOWN, 9)
    view = ShownViewpoint(4, before.quote, None, (), ("Ines",), (before, between, after))
    seen = read(summary_card(replace(bakery(), viewpoints=(view,))))

    assert "**Ines**\n> It can't survive.\n-# <t:" in seen
    assert "> I was wrong, it comes out ahead." in seen
    assert "Or can it?" not in seen


def test_the_receipt_says_what_was_read_who_is_quoted_and_who_wrote_it() -> None:
    seen = read(summary_card(bakery()))

    assert "read 11 of 12 messages · left out: 1 with files only · quoted 5 of 5 people" in seen
    assert "written with AI (gpt-5.4-mini)" in seen
    assert "quotes only" in read(summary_card(bakery(model=None)))


def test_the_reader_is_told_why_the_model_did_not_write_it() -> None:
    shown = bakery(model=None)
    late = replace(shown, engine=replace(shown.engine, fallback="The model took too long."))

    seen = read(summary_card(late))

    assert "quotes only, since the model did not answer: The model took too long" in seen


def test_a_card_offers_what_can_be_done_next() -> None:
    offered = ["Suggest a reply", "Since my last visit", "All quotes", "Refresh"]

    assert labels(summary_card(bakery())) == [*offered, "Share here", "This misstates me"]
    assert labels(summary_card(bakery(), shared_by="Ana")) == [*offered, "This misstates me"]


def test_a_long_card_is_turned_page_by_page_and_says_everything_once() -> None:
    long = crowded(60)
    pages = [summary_card(long, page) for page in range(1, 40)]
    seen = "\n".join(dict.fromkeys(map(read, pages)))

    assert all(len(re.findall(rf"Opinion number {n}\.\*\*", seen)) == 1 for n in range(60))
    assert "Where people stand (continued)" in seen
    first, last = pages[0], pages[-1]
    assert "page 1 of" in read(first)
    assert [(each.label, each.disabled) for each in buttons(first)[-2:]] == [
        ("◀ Back", True),
        ("Next ▶", False),
    ]
    assert buttons(last)[-1].disabled


def test_the_first_of_several_pages_has_the_best_of_every_side_and_says_how_many_more() -> None:
    many = two_sides(ayes=36, noes=4)
    first = read(summary_card(many))
    shown = re.findall(r"^\*\*(\d+)\*\* · \*\*(Aye|No) (\d+)", first, re.MULTILINE)

    assert shown[:4] == [("1", "Aye", "0"), ("2", "No", "0"), ("3", "Aye", "1"), ("4", "No", "1")]
    assert f"-# and {40 - len(shown)} more viewpoints\n" in first
    assert "held by aye 0a and aye 0b · ⇄ against 2, 4, 6 and 8" in first


def test_it_stands_alone_with_what_is_asked_agreed_and_open() -> None:
    asked = tuple(
        ShownQuestion(90 + n, f"What of matter {n}?", True, (quote("Bo", f"What of {n}?"),))
        for n in range(12)
    )
    many = two_sides(ayes=36, noes=4)
    agreed = tuple(each.id for each in many.viewpoints[:3])
    many = replace(many, questions=(*many.questions, *asked), agreements=agreed)

    first, second = read(summary_card(many)), read(summary_card(many, 2))

    assert "-# and 11 more questions" in first
    assert "-# and 1 more agreement\n" in first
    assert "Nobody has answered Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q9 and 5 more yet." in first
    assert "### What is being asked (continued)\n**Q4**" in second
    assert "(continued) (continued)" not in read(summary_card(many, 3))


def test_words_are_cut_on_a_first_page_only_where_others_follow() -> None:
    few, many = two_sides(ayes=1, noes=1), two_sides(ayes=36, noes=4)

    assert AT_LENGTH in read(summary_card(few))
    assert AT_LENGTH not in read(summary_card(many))
    assert AT_LENGTH in read(summary_card(many, 2))
    assert read(quotes_card(many)).count(AT_LENGTH) > 1


def test_a_page_rests_on_what_it_shows_and_one_with_a_headline_on_everything() -> None:
    many = two_sides(ayes=36, noes=4)

    def rests_on(card: Layout) -> set[str]:
        assert {each.topic_id for each in card.rests_on} == {7}
        return {each.message_id for each in card.rests_on}

    every = {quote.message_id for each in many.viewpoints for quote in each.evidence} | {"1"}
    first, second = rests_on(summary_card(many)), rests_on(summary_card(many, 2))
    assert {"100", "200"} <= first
    assert not first & second
    assert first | second < every
    assert rests_on(summary_card(replace(many, headline="They differ."))) == every
    assert rests_on(quotes_card(many)) < every
    note = replace(many, headline="Only what was said from here on.")
    assert rests_on(summary_card(note, start=5)) == first


def test_it_rests_on_all_who_hold_a_view_whether_it_quotes_them_or_not() -> None:
    unquoted = quote("Cy", "Flour, yes.", message=8)
    view = replace(bakery().viewpoints[0], evidence=(*bakery().viewpoints[0].evidence, unquoted))
    card = summary_card(replace(bakery(), viewpoints=(view,), agreements=()))

    assert "Flour, yes." not in read(card)
    assert {"3", "5", "8"} <= {each.message_id for each in card.rests_on}


def test_no_page_is_empty() -> None:
    for ayes in range(1, 12):
        for page in (1, 2, 3):
            assert "### " in read(summary_card(two_sides(ayes, noes=1), page))


def test_all_quotes_shows_each_in_full_and_cuts_between_sentences() -> None:
    sentences = [f"This is what I think of loaf {n}, at some length." for n in range(150)]
    first = replace(bakery().viewpoints[0], evidence=(quote("Ana", " ".join(sentences)),))
    long = replace(bakery(), viewpoints=(first,))

    pages = [read(quotes_card(long, page)) for page in range(1, 9)]
    seen = "\n".join(dict.fromkeys(pages))

    assert all(seen.count(sentence) == 1 for sentence in sentences)


def test_no_words_of_people_ping_mask_a_link_or_format_what_is_not_theirs() -> None:
    evil = quote("**@everyone**", "[free](https://evil.example) <@&5> ||half ``` **bold")
    first = replace(bakery().viewpoints[0], evidence=(evil,), authors=("**@everyone**",))

    seen = read(summary_card(replace(bakery(), viewpoints=(first,))))

    assert "@everyone" not in seen
    assert "[free](" not in seen
    assert "<@&5>" not in seen
    assert "```" not in seen
    assert "held by \\*\\*" in seen
    assert re.search(r"> \|\|.*half.*\|\|", seen)


def test_a_name_can_not_end_the_bold_type_that_it_stands_in() -> None:
    first = replace(bakery().viewpoints[0], authors=("back\\",), claim="Costs **rise\\")
    own = replace(first, evidence=(quote("back\\", "Costs **rise\\"),))

    assert "**Costs rise**" in read(summary_card(replace(bakery(), viewpoints=(first,))))
    assert "**back\\\\**" in read(summary_card(replace(bakery(), viewpoints=(own,))))


def test_an_address_and_an_emoji_stay_whole_where_marks_are_escaped() -> None:
    odd = quote("Ana", "See https://example.org/a_b and <:tea_cup:12> or *so")
    first = replace(bakery().viewpoints[0], evidence=(odd,))

    seen = read(summary_card(replace(bakery(), viewpoints=(first,))))

    assert "> See https://example.org/a_b and <:tea_cup:12> or \\*so" in seen


def test_a_view_nobody_holds_any_more_says_so() -> None:
    changed = (quote("Ana", "It is too dear."), quote("Ana", "I was wrong.", Stance.WITHDRAWS))
    first = replace(bakery().viewpoints[0], authors=(), evidence=changed)

    seen = read(summary_card(replace(bakery(), viewpoints=(first,))))

    assert "held by nobody any more" in seen
    assert "Ana took this back" in seen


def test_an_empty_topic_says_that_there_is_nothing_yet() -> None:
    empty = replace(bakery(), questions=(), viewpoints=(), agreements=())

    assert "Nobody has said or asked anything here." in read(summary_card(empty))
    assert "Nothing has been quoted yet." in read(quotes_card(empty))


@settings(max_examples=60, deadline=None)
@given(summaries)
def test_discord_takes_every_page_of_every_summary(summary: Summary) -> None:
    for page in (1, 2, 3, 999):
        for shown in (summary_card(summary, page), quotes_card(summary, page)):
            taken_by_discord(shown)


def test_three_hundred_viewpoints_fit() -> None:
    for page in (1, 7, 10**15):
        taken_by_discord(summary_card(crowded(300), page))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([text("a" * 2001), text("b" * 2000)], id="text"),
        pytest.param([text("a") for _ in range(40)], id="components"),
        pytest.param([text(" ")], id="empty"),
    ],
)
def test_a_layout_that_discord_would_refuse_never_leaves(parts: list[ui.Item[Layout]]) -> None:
    with pytest.raises((DoesNotFit, ValueError)):
        card(parts)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([button("a", "x" * 101)], id="id"),
        pytest.param([button("a" * 81, "x")], id="label"),
        pytest.param([button("a", "x"), button("b", "x")], id="twice"),
    ],
)
def test_nor_do_buttons_that_it_would_refuse(row: list[ui.Button[Layout]]) -> None:
    with pytest.raises(DoesNotFit):
        card([text("a")], [row])


def crowded(viewpoints: int) -> Summary:
    """The bakery's topic with so many viewpoints, each of somebody else."""
    one = bakery().viewpoints[0]
    many = tuple(
        replace(
            one,
            id=10 + n,
            claim=f"Opinion number {n}.",
            opposes=tuple(range(10, 10 + viewpoints)),
            authors=(f"person {n}",),
            evidence=(quote(f"person {n}", f"I hold that {n} is right. " * 20, message=n),),
        )
        for n in range(viewpoints)
    )
    return replace(bakery(), viewpoints=many, agreements=())


AT_LENGTH = "I have thought about it at length, " * 7 + "and would not change my mind."


def two_sides(ayes: int, noes: int) -> Summary:
    """The bakery's topic with so many viewpoints for it, each of two, and against it, of one."""
    for_it, against = range(100, 100 + ayes), range(200, 200 + noes)
    views = [
        ShownViewpoint(
            id_,
            f"{side} {n}, as many times before.",
            1,
            tuple(others),
            tuple(f"{side.lower()} {n}{who}" for who in "ab"[:holders]),
            (quote(f"{side.lower()} {n}a", AT_LENGTH, message=id_),),
        )
        for side, ids, others, holders in (("Aye", for_it, against, 2), ("No", against, for_it, 1))
        for n, id_ in enumerate(ids)
    ]
    return replace(bakery(), viewpoints=tuple(views), agreements=())
