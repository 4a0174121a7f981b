"""What a reader sees on a card, and that Discord takes any card that there can be."""

import re
from dataclasses import replace

import pytest
from discord import ui
from hypothesis import given, settings

from bot.client.views.card import stretch_card, summary_card
from bot.client.views.layout import DoesNotFit, Layout, button, card
from bot.client.views.layout import words as text
from bot.client.views.people import people_card
from bot.core.summary import Count, Mark, Name, ShownPerson, ShownPoint, Summary, Text
from tests.client.views.screen import labels, read
from tests.client.views.summaries import (
    CHANNEL,
    ELSEWHERE,
    FLOUR,
    NOTICE,
    bakery,
    quote,
    quoted,
    summaries,
    texts,
)
from tests.client.views.taken import links, taken_by_discord

MARK = "\u202f[›]"


def bare(layout: Layout) -> str:
    """What stands on a card, links by their labels alone."""
    return re.sub(r"\]\([^()]*\)", "]", read(layout))


def test_a_card_says_what_it_comes_to_where_people_stand_and_what_is_open() -> None:
    assert bare(summary_card(bakery())).split("\n") == [
        "### [Should the loaf cost more?]",
        f"A baker asks whether to raise the price{MARK}. **Nothing is decided.**",
        "**A higher price**",
        f"- **Ines** says that flour is dearer by a third{MARK}.",
        "**Regulars**",
        f"- **Dov** fears for them{MARK}[›].",
        "**Still open**",
        f"- **Bo** asks what the others charge{MARK}.",
        "-# read 11 of 12 messages (left out: 1 with files only) · cites 3 of 5 people"
        " · written with AI (gpt-6-luna)",
    ]


def test_each_mark_leads_to_the_message_that_bears_the_words_out() -> None:
    marks = [url for label, url in links(summary_card(bakery())) if label == "›"]

    assert marks == [f"{CHANNEL}/2/{message}" for message in (3, 3, 5, 6, 8)]


def test_where_no_model_wrote_it_people_speak_for_themselves() -> None:
    assert bare(summary_card(quoted())).split("\n")[1:] == [
        f"**Ines** “Flour is up a third since spring.”{MARK}",
        f"**Dov** “Regulars will notice first.”{MARK}",
        f"**Bo** “What do the others charge?”{MARK}",
        "**Still open**",
        f"- What do the others charge?{MARK}",
        "-# read 11 of 12 messages (left out: 1 with files only) · cites 3 of 5 people"
        " · quotes only",
    ]


def test_what_is_at_one_place_has_a_mark_a_message_and_two_at_most() -> None:
    same = quote("Dov", "And they talk.", 5)
    said = (NOTICE, same, ELSEWHERE, FLOUR)
    lead = Text(("Regulars", Mark((1, 2)), " notice", Mark((1, 3)), Mark((4,)), "."), said)

    seen = bare(summary_card(replace(bakery(), lead=lead)))

    assert f"Regulars{MARK} notice{MARK}[›]." in seen


def test_a_name_is_what_people_are_called_and_no_mail_address() -> None:
    parts = (Name("Chris H <c@x.org>"), " and ", Name("mark.davis@x.org"), " differ.")
    point = ShownPoint("", Text(parts, (FLOUR,)), ("Chris H <c@x.org>",))

    seen = read(summary_card(replace(bakery(), points=(point,))))

    assert "\n- **Chris H** and mark.davis differ.\n" in seen


def test_where_it_stands_comes_below_the_lead_in_lines_under_the_discussions_own_heading() -> None:
    parts = ("Es geht um Brot.", "\n", "**Nichts ist entschieden.**", "\n", "Montag wird gezählt.")
    shown = replace(bakery(), lead=Text(parts, ()), headings=("Stand", "Noch offen"))

    seen = read(summary_card(shown))

    assert "Es geht um Brot.\n**Stand**\n- **Nichts ist entschieden.**\n- Montag" in seen
    assert "**Noch offen**\n- " in seen


def test_bold_type_that_is_left_open_is_none() -> None:
    lead = Text(("So **it is", Mark((1,)), ", they say."), (FLOUR,))

    assert f"\nSo it is{MARK}, they say.\n" in bare(summary_card(replace(bakery(), lead=lead)))


def test_words_of_a_model_format_and_link_nothing() -> None:
    parts = ("See [it](https://evil.example) *now*, @", Name("everyone"), " <", Name("@&5>"), ".")
    seen = read(summary_card(replace(bakery(), lead=Text(parts, (FLOUR,)))))

    assert "See \\[it\\]" in seen
    assert "https://evil" not in seen
    assert "\\*now\\*" in seen
    assert "@everyone" not in seen
    assert "<@" not in seen


def test_the_receipt_counts_the_people_on_the_card_and_what_was_thrown_out() -> None:
    rejected = replace(bakery().receipt, rejected=(Count("no_citation", 2),), contested=1)
    one_point = replace(bakery(), receipt=rejected, points=bakery().points[:1], open=())
    seen = read(summary_card(one_point))

    assert "cites 1 of 5 people · 1 sentence contested by its author" in seen
    assert "2 statements of the model rejected · written with AI" in seen


def test_the_reader_is_told_why_the_model_did_not_write_it() -> None:
    late = replace(quoted().engine, fallback="The model took too long.")
    seen = read(summary_card(replace(quoted(), engine=late)))

    assert "quotes only, since the model did not answer: The model took too long" in seen


def test_a_card_offers_in_one_row_what_can_be_done_next_and_the_rest_in_a_menu() -> None:
    offered = ["Who said what", "Suggest a reply", "What is new"]

    assert labels(summary_card(bakery())) == [*offered, "Share here"]
    assert labels(summary_card(bakery(), shared=True)) == offered
    assert menu(summary_card(bakery())) == ["Refresh", "Ask a question", "This misstates me"]
    assert labels(stretch_card(bakery(), "since then")) == [*offered[:2], "The whole discussion"]


def test_a_shared_card_names_who_shared_it_where_that_is_known() -> None:
    assert "shared by Ana" in read(summary_card(bakery(), shared=True, shared_by="Ana"))
    assert "shared" not in read(summary_card(bakery(), shared=True))


def test_who_reads_a_stretch_is_not_among_the_people_that_it_cites() -> None:
    everybody = bare(stretch_card(bakery(), "since then"))
    part = replace(bakery(), reader="Ines", receipt=replace(bakery().receipt, authors=4))
    assert "cites 3 of 5 people" in everybody
    assert "cites 2 of 4 people" in bare(stretch_card(part, "since then"))


def test_of_a_stretch_replies_to_the_reader_come_first() -> None:
    part = replace(bakery(), since="2", news=4, to_you=(NOTICE,))
    seen = bare(stretch_card(part, "since your last visit"))

    assert "-# 4 messages by others since your last visit\n**To you**\n**Dov** “Regulars" in seen
    assert seen.index("To you") < seen.index("A baker asks")


def test_what_does_not_fit_stands_whole_on_the_second_page_and_the_first_says_so() -> None:
    said = "Nobody has said what the others pay for their flour. " * 9
    asked = tuple(Text((f"Question {n}: {said}", Mark((1,))), (FLOUR,)) for n in range(5))
    long = replace(bakery(), open=asked)

    first, second = read(summary_card(long)), read(people_card(long))

    shown = [n for n in range(5) if f"Question {n}" in first]
    assert shown == list(range(len(shown)))
    assert 0 < len(shown) < 5
    assert all((f"Question {n}" in second) is (n not in shown) for n in range(5))
    assert first.count(said.strip()) == len(shown)
    assert "-# There is more on the second page: Who said what." in first
    assert "more on the second page" not in read(summary_card(bakery()))


def test_marks_are_left_out_before_words_and_those_of_the_lead_last() -> None:
    far = [replace(FLOUR, url=f"{CHANNEL}/2/{n}" + "0" * 100, message_id=str(n)) for n in range(8)]
    many = Text(
        tuple(
            part for n in range(4) for part in (f"Claim {n}", Mark((2 * n + 1, 2 * n + 2)), ". ")
        ),
        tuple(far),
    )
    points = tuple(ShownPoint(f"Point {n}", many) for n in range(5))
    seen = bare(summary_card(replace(bakery(), lead=many, points=points)))

    lead, *others = [line for line in seen.splitlines() if "Claim 0" in line]
    assert len(others) == 5
    assert all(f"Claim {n}" in line for line in others for n in range(4))
    assert lead.count("›") == 4
    assert {line.count("›") for line in others} == {3}


def test_the_second_page_has_a_line_and_a_link_for_each_and_says_how_to_contest_it() -> None:
    page = people_card(bakery())

    assert bare(page).split("\n")[2:5] == [
        f"**Ines** · Costs leave no choice{MARK}",
        f"**Dov** “Regulars will notice first.”{MARK}",
        f"**Bo** · Wants to know what others charge{MARK}",
    ]
    assert "not cited: Ana and Cy" in read(page)
    assert "Press “This misstates me”" in read(page)
    assert labels(page) == ["This misstates me"]


def test_many_people_are_turned_page_by_page() -> None:
    people = tuple(
        ShownPerson(f"person {n}", f"Holds that {n} is right " * 4, (FLOUR,)) for n in range(60)
    )
    crowd = replace(bakery(), people=people)
    pages = [people_card(crowd, page) for page in range(1, 12)]
    seen = "\n".join(dict.fromkeys(map(read, pages)))

    assert all(seen.count(f"**person {n}**") == 1 for n in range(60))
    assert "page 1 of" in read(pages[0])
    assert labels(pages[0]) == ["◀ Back", "Next ▶", "This misstates me"]


def test_it_rests_on_what_the_model_had_in_sight_and_on_the_words_it_shows() -> None:
    def rests_on(layout: Layout) -> set[tuple[str, str]]:
        assert {each.topic_id for each in layout.rests_on} == {7}
        return {(each.message_id, each.words) for each in layout.rests_on}

    for shown in (summary_card(bakery()), people_card(bakery())):
        assert {id_ for id_, _ in rests_on(shown)} == {"3", "5", "6", "8", "9"}
        assert ("3", FLOUR.quote) in rests_on(shown)
    assert rests_on(summary_card(quoted())) == {
        (each.message_id, each.quote) for each in (FLOUR, NOTICE, *quoted().open[0].evidence)
    }


def test_only_a_card_of_the_whole_is_renewed() -> None:
    assert summary_card(bakery()).topic == 7
    assert stretch_card(bakery(), "since then").topic is None
    assert people_card(bakery()).topic is None


def test_an_empty_topic_says_that_there_is_nothing_yet() -> None:
    empty = replace(bakery(), lead=None, points=(), open=(), people=())

    assert "Nobody has said or asked anything here yet." in read(summary_card(empty))
    assert "Nobody has said or asked anything here yet." in read(people_card(empty))


@settings(max_examples=40, deadline=None)
@given(summaries, texts)
def test_discord_takes_every_card_and_only_code_makes_links(summary: Summary, by: str) -> None:
    first = (summary_card(summary, visit=2**62), summary_card(summary, shared=True, shared_by=by))
    others = (stretch_card(summary, "since then"), *(people_card(summary, n) for n in (1, 2, 99)))
    for shown in (*first, *others):
        taken_by_discord(shown)
        assert all(url.startswith(CHANNEL) for _, url in links(shown))
    for shown in first:
        escapes = r"\\(?=[*_~`|\\\[\]])|\*\*|\u200b"
        assert len(re.sub(escapes, "", bare(shown).replace("[›]", "›"))) <= 2_010


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


def menu(layout: Layout) -> list[str]:
    """What the menu of a card offers."""
    (found,) = [each for each in layout.walk_children() if isinstance(each, ui.Select)]
    return [option.label for option in found.options]
