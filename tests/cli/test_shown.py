"""A summary, drafts and an answer as somebody reads them, on a terminal and in a pipe."""

from dataclasses import replace

import pytest
from rich.console import RenderableType

from bot.cli import render
from bot.cli.output import unwrapped
from bot.core.summary import (
    Answer,
    Count,
    EngineFacts,
    Evidence,
    Intent,
    Mark,
    Name,
    Receipt,
    ShownPerson,
    ShownPoint,
    Suggestion,
    Suggestions,
    Summary,
    Text,
    TopicFacts,
    Usage,
)
from tests.cli.screen import printed

BACK = Evidence("901", "Ana", "Hats should come back.", "https://chat.example/901", None, 1)
TRAIN = Evidence("902", "Ben", "They are in the way in trains.", None, None, 2)
AGAIN = replace(TRAIN, quote="I said so before.")
COST = Evidence("903", "Cho", "What would one cost?", None, None, 3)
HATS = TopicFacts(1, "Hats", None, 3, 3)
RECEIPT = Receipt(3, 3, (), 3, 3, (), ())
LEAD = Text(
    (
        *("Whether hats come back is open: ", Name("Ana"), " is **for it", Mark((1,)), ", "),
        *(Name("Ben"), "** against", Mark((2, 3)), "."),
    ),
    (BACK, TRAIN, AGAIN),
)
TRAINS = Text(
    ("A nuisance", Mark((1,)), ".", "\n", Name("Ben"), " said so before", Mark((2,)), "."),
    (TRAIN, AGAIN),
)
BRIEF = Summary(
    topic=HATS,
    engine=EngineFacts("llm", "scripted"),
    since=None,
    to_you=(),
    lead=LEAD,
    points=(
        ShownPoint("Hats", Text(("They keep the sun out", Mark((1,)), "."), (BACK,)), ("Ana",)),
        ShownPoint("Trains", TRAINS),
    ),
    open=(Text((Name("Cho"), " asks what one costs", Mark((1,)), "."), (COST,)),),
    people=(
        ShownPerson("Ana", "Wants hats back", (BACK,)),
        ShownPerson("Ben", "Finds them a nuisance", (TRAIN, AGAIN)),
        ShownPerson("Cho", None, (COST,)),
    ),
    receipt=RECEIPT,
    usage=Usage(),
)
QUOTES = replace(
    BRIEF,
    engine=EngineFacts("quotes"),
    lead=None,
    points=(),
    people=tuple(ShownPerson(each.author, None, (each,)) for each in (BACK, TRAIN, COST)),
)


def piped(part: RenderableType) -> list[str]:
    return unwrapped(part).splitlines()


def test_a_brief_reads_in_a_pipe_from_the_lead_to_the_receipt() -> None:
    assert piped(render.summary(BRIEF)) == [
        "Hats",
        "3 messages · 3 people · topic 1",
        "",
        "Whether hats come back is open: Ana is for it [1], Ben against [2].",
        "",
        "Hats",
        "- They keep the sun out [1].",
        "",
        "Trains",
        "- A nuisance [2].",
        "- Ben said so before [2].",
        "",
        "Still open",
        "- Cho asks what one costs [3].",
        "",
        "written with AI (scripted) · 3 of 3 messages read · 3 of 3 people cited",
        "Numbers in brackets are messages: moot show 1. Who said what: add --all.",
    ]


def test_a_point_without_a_title_is_its_lines() -> None:
    shown = piped(render.summary(replace(BRIEF, lead=None, points=(ShownPoint("", TRAINS),))))
    assert shown[2:4] == ["", "- A nuisance [2]."]


def test_who_said_what_is_the_second_page() -> None:
    whole = piped(render.summary(BRIEF, whole=True))
    at = whole.index("Who said what")
    assert whole[at + 1 : at + 4] == [
        "- Ana: Wants hats back [1]",
        "- Ben: Finds them a nuisance [2]",
        "- Cho: “What would one cost?” [3]",
    ]
    assert "--all" not in whole[-1]


def test_without_a_model_people_speak_for_themselves() -> None:
    shown = piped(render.summary(QUOTES))
    assert shown[3:7] == [
        "In their own words",
        "- Ana: “Hats should come back.” [1]",
        "- Ben: “They are in the way in trains.” [2]",
        "- Cho: “What would one cost?” [3]",
    ]
    assert shown[-2].startswith("quotes only")
    assert "--all" not in shown[-1]


def test_of_many_people_the_first_are_shown_and_all_on_demand() -> None:
    many = replace(QUOTES, people=QUOTES.people * 8)
    assert "  and 4 more people: add --all" in piped(render.summary(many))
    everybody = piped(render.summary(many, whole=True))
    assert sum(line.startswith("- Ana:") for line in everybody) == 8
    assert not any("more people" in line for line in everybody)


def test_lines_fit_the_width_and_an_open_item_is_indented_as_one() -> None:
    long = Text(("Who could mend an old hat " * 5, Mark((1,))), (COST,))
    part = render.summary(replace(BRIEF, open=(long,)))
    shown = printed(part, styled=False, width=50).splitlines()
    assert all(line == line.rstrip() for line in shown)
    assert max(map(len, shown)) <= 50
    at = shown.index("Still open")
    assert shown[at + 1].startswith("- Who")
    assert shown[at + 2].startswith("  ")


def test_bold_goes_on_across_a_name_and_a_half_pair_is_plain() -> None:
    assert "\x1b[1mBen\x1b[0m" in printed(render.summary(BRIEF))
    half = replace(BRIEF, lead=Text(("All is **well.",), ()))
    assert "All is well." in printed(render.summary(half))


def test_what_was_not_read_not_cited_or_thrown_out_is_in_the_receipt() -> None:
    receipt = Receipt(
        *(5, 3, (Count("attachment_only", 2),), 3, 2),
        *(("Cho",), (Count("no_citation", 1),), 1),
    )
    shown = " ".join(
        piped(render.summary(replace(QUOTES, people=QUOTES.people[:2], open=(), receipt=receipt)))
    )
    assert "3 of 5 messages read · 2 of 3 people cited · not cited: Cho" in shown
    assert "left out: 2 (attachment only) · dropped by checks: 1 (no citation)" in shown
    assert "1 sentence contested by its author" in shown


def test_the_receipt_counts_the_people_on_the_page_that_is_shown() -> None:
    first = replace(BRIEF, open=(), receipt=replace(RECEIPT, authors=4, not_cited=("Dov",)))
    shown = piped(render.summary(first))[-2]
    assert shown.endswith("3 of 3 messages read · 2 of 4 people cited")
    shown = piped(render.summary(first, whole=True))[-2]
    assert shown.endswith("3 of 3 messages read · 3 of 4 people cited · not cited: Dov")
    many = tuple(replace(BACK, author=f"Ana {n}") for n in range(30))
    people = tuple(ShownPerson(each.author, None, (each,)) for each in many)
    crowd = replace(QUOTES, people=people, open=(), receipt=replace(RECEIPT, authors=30))
    assert "20 of 30 people cited" in piped(render.summary(crowd))[-2]
    assert "30 of 30 people cited" in piped(render.summary(crowd, whole=True))[-2]


def test_who_reads_a_stretch_is_not_counted_though_their_question_is_open() -> None:
    new = replace(BRIEF, news=2, reader="Cho", receipt=replace(RECEIPT, authors=2))
    assert "2 of 2 people cited" in piped(render.summary(new, "in the last hour"))[-2]


def test_a_stretch_begins_with_the_replies_to_the_reader() -> None:
    new = replace(BRIEF, since="901", to_you=(TRAIN,), news=2)
    shown = piped(render.summary(new, "since message #901"))
    assert shown[2:6] == [
        "2 new messages since message #901",
        "",
        "To you",
        "- Ben: “They are in the way in trains.” [2]",
    ]


def test_a_stretch_that_nobody_wrote_in_is_one_line() -> None:
    assert piped(render.summary(BRIEF, "in the last 3 hours")) == [
        "Nothing new in the last 3 hours."
    ]


def test_a_suggestion_says_what_it_does_to_whom_and_what_is_not_from_the_thread() -> None:
    drafts = (
        Suggestion(
            *(7, Intent.ASK, "Ben, which trains?", ("Ben",)),
            *("Trams run there too.", (TRAIN,), "llm"),
        ),
        Suggestion(
            *(8, Intent.BUILD, "> “What would one cost?” — Cho\n\nI looked it up:", ("Cho",)),
            *(None, (COST,), "quotes", "A question that nobody answered."),
        ),
    )
    shown = Suggestions(HATS, EngineFacts("llm", "scripted"), drafts, RECEIPT, Usage())
    assert piped(render.suggestions(shown))[:-2] == [
        "Suggested replies · topic 1",
        "",
        "  1. ask to Ben [2]",
        "  Ben, which trains?",
        "  Not from the thread: Trams run there too.",
        "",
        "  2. build to Cho [3] · written without the model",
        "  A question that nobody answered.",
        "  > “What would one cost?” — Cho",
        "",
        "  I looked it up:",
    ]


def answered(*nearest: Evidence, answer: Text | None = None, model: str | None = None) -> str:
    engine = EngineFacts("llm" if model else "quotes", model)
    shown = Answer(HATS, engine, answer, nearest, RECEIPT, Usage())
    return " ".join(" ".join(piped(render.answer(shown))).split())


def test_an_answer_has_names_and_marks_and_says_how_much_was_read() -> None:
    told = answered(answer=LEAD, model="scripted")
    assert told.startswith("Whether hats come back is open: Ana is for it [1], Ben against [2].")
    assert "3 of 3 messages read" in told


def test_where_no_model_looked_nobody_says_that_there_is_no_answer() -> None:
    near, far = answered(TRAIN), answered()
    assert near.startswith("These passages are nearest: Ben: “They are in the way in trains.” [2]")
    assert "3 of 3 messages searched" in near
    assert far.startswith("No message shares a word with the question. Ask in words that people")
    assert "moot show 1" in far
    assert "cited" not in near + far
    assert "Numbers in brackets" in near
    assert "Numbers in brackets" not in far
    assert "no answer" not in near + far


def test_where_a_model_found_nothing_that_is_said_and_what_is_nearest() -> None:
    told = answered(TRAIN, model="scripted")
    assert told.startswith("The model found no answer in what it read. These passages are nearest:")
    assert "Ask in other words." in answered(model="scripted")


def test_of_many_passages_the_first_are_shown() -> None:
    assert "and 2 more passages: --json has them all" in answered(*[TRAIN] * 10)


def test_a_mark_is_a_link_where_its_message_has_an_address() -> None:
    seen = printed(render.summary(BRIEF))
    assert seen.count(";https://chat.example/901\x1b\\") == seen.count("https://") == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x\x1b\\\x1b[2J", "https://x y", "file:///etc/passwd"]
)
def test_an_address_that_could_do_harm_is_none(url: str) -> None:
    lead = Text(("So", Mark((1,))), (replace(BACK, url=url),))
    seen = printed(render.summary(replace(BRIEF, lead=lead, points=())))
    assert "\x1b]8" not in seen


def test_a_name_is_no_link() -> None:
    lead = Text((Name("https://evil.example"), " left."), ())
    assert "https://evil" not in printed(render.summary(replace(BRIEF, lead=lead)))


def test_a_mark_without_a_number_names_the_message() -> None:
    lead = Text(("So", Mark((1,))), (replace(BACK, number=None),))
    assert "So [901]" in piped(render.summary(replace(BRIEF, lead=lead)))
