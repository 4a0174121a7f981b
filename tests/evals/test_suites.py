"""What each suite makes of drafts whose faults are known."""

import asyncio
from pathlib import Path

import pytest

from bot.core.model import Thread
from bot.core.summary import Evidence, Mark, Receipt, ShownPoint, Summary, Text
from bot.evals.case import Case
from bot.evals.quoting import named
from bot.evals.sources import Sources
from bot.evals.suites import (
    SUITES,
    balance,
    citations,
    consensus,
    coverage,
    memory,
    replies,
    structure,
    summaries,
    swap,
)
from tests.evals.world import (
    Told,
    arguments,
    claim,
    mailing_list,
    meeting,
    person,
    quote,
    receipt,
    reply,
    text,
    thread,
)

HATS = thread(
    ("Ana", "Hats should come back."), ("Ben", "They are a nuisance."), ("Cho", "Thanks!")
)


def figures(suite: str, case: Case, told: Told) -> dict[str, float]:
    found = asyncio.run(SUITES[suite].run(case, told))
    return {name: round(score.value, 3) for name, score in found.items()}


ANA = quote("1", "Ana", "Hats should come back.")
BEN = quote("2", "Ben", "They are a nuisance.")
LIE = quote("2", "Ben", "Hats are a nuisance.")


def test_coverage_counts_the_first_page_apart_from_the_second() -> None:
    case = coverage.case("test", HATS)
    assert case.expected["quoted"] == ["Ana", "Ben"], "Cho says nothing but thanks"
    point = ShownPoint("A point", text("**Ana** wants them back.", ANA))
    told = Told(text("On hats."), [point], [person("Ben", BEN, stand="No.")])
    assert figures("coverage", case, told) == {
        "people": 0.5,
        "people_in_all": 1.0,
        "verbatim": 1.0,
        "words": 8.0,
    }


def test_people_and_their_sentences_are_the_first_page_where_no_model_wrote_one() -> None:
    told = Told(people=[person("Ana", ANA), person("Ben", BEN)])
    found = figures("coverage", coverage.case("test", HATS), told)
    assert (found["people"], found["words"]) == (1.0, 8.0)


@pytest.mark.parametrize("false", [LIE, quote("2", "Ben", ANA.quote), quote("9", "Ana", ANA.quote)])
def test_a_quote_that_is_none_counts_for_nobody(false: Evidence) -> None:
    told = Told(text("On hats.", ANA, false))
    found = figures("coverage", coverage.case("test", HATS), told)
    assert (found["people"], found["verbatim"]) == (0.5, 0.5)


def test_citations_are_held_against_the_labelled_turns(tmp_path: Path) -> None:
    turns = [f"Kim: turn {place} on the lease" for place in range(30)]
    meeting(tmp_path, "shop", turns, {"What of the lease?": [10, 13]})
    (case, *own) = citations.cases(Sources(tmp_path))
    assert case.expected["evidence"] == ["10", "11", "12", "13"]
    assert len(own) == 1
    cites = [quote(str(place), "Kim", f"turn {place}") for place in (12, 13, 14, 15)]
    typed = quote("11", "Kim", "turn eleven")
    told = Told(answer=text("It ends.", *cites, typed), nearest=[quote("10", "Kim", turns[10])])
    assert figures("citations", case, told) == {
        "f1": 0.5,
        "precision": 0.5,
        "recall": 0.5,
        "cited": 4.0,
        "answered": 1.0,
    }
    assert told.questions == ["What of the lease?"]
    nearest = figures("citations", case, Told(nearest=cites[:1]))
    assert (nearest["recall"], nearest["answered"]) == (0.25, 0.0)


def test_the_floors_of_citations_need_no_skill(tmp_path: Path) -> None:
    turns = ["Kim: the oven", *[f"Kim: number {place}" for place in range(29)]]
    meeting(tmp_path, "shop", turns, {"Where is the oven?": [0, 0]})
    case = next(citations.cases(Sources(tmp_path)))
    floors = {name: floor(case) for name, floor in SUITES["citations"].floors.items()}
    assert floors["cite all"]["recall"].value == 1
    assert floors["cite all"]["precision"].value == pytest.approx(1 / 30)
    assert floors["BM25 top 10"]["f1"].value == 1, "one turn has the word"
    assert floors["first 21"]["cited"].value == 21


def test_balance_draws_threads_at_the_true_ratio(tmp_path: Path) -> None:
    arguments(tmp_path, "Hats", pro=150, con=50)
    cases = list(balance.cases(Sources(tmp_path)))
    assert [len(each.thread.messages) for each in cases] == [60, 60, 60]
    assert [list(each.expected["stances"].values()).count(1) for each in cases] == [45] * 3
    assert len({m.source_id for each in cases for m in each.thread.messages}) == 180
    assert len({m.author.name for m in cases[0].thread.messages}) == 60
    assert [each.hash for each in balance.cases(Sources(tmp_path))] == [c.hash for c in cases]


def test_balance_finds_a_side_that_is_left_out(tmp_path: Path) -> None:
    arguments(tmp_path, "Hats", pro=90, con=90)
    case = next(balance.cases(Sources(tmp_path)))
    said = {each.source_id: each for each in case.thread.messages}

    def of(*ids: str) -> list[Evidence]:
        return [quote(id_, said[id_].author.name, said[id_].content) for id_ in ids]

    pro = [id_ for id_, stance in case.expected["stances"].items() if stance == 1]
    one_sided = figures("balance", case, Told(text("A claim.", *of(*pro))))
    assert (one_sided["pro"], one_sided["con"], one_sided["weaker"]) == (1, 0, 0)
    assert (one_sided["bur"], one_sided["uer"]) == (1, 0.25), "half the words are the other side's"
    everybody = figures("balance", case, Told(text("Claims.", *of(*said))))
    assert (everybody["pro"], everybody["con"], everybody["weaker"]) == (1, 1, 1)
    assert (everybody["bur"], everybody["uer"]) == (0, 0)
    second = Told(text("Claims."), people=[person("x", *of(*said))])
    assert figures("balance", case, second)["pro"] == 0, "few readers get to the second page"


class OnlyTheFirst(Told):
    """Says and cites nothing but the first message."""

    async def summarise(self, thread: Thread) -> Summary:
        first = thread.messages[0]
        words = quote(first.source_id, first.author.name, first.content)
        self.lead = text(first.content, words)
        return await super().summarise(thread)


@pytest.fixture
def sides(tmp_path: Path) -> Case:
    """Three for and three against."""
    arguments(tmp_path, "Hats", pro=5, con=3)
    claim(tmp_path, "Too few on a side make no case", ["Yes."], ["No."])
    (case,) = swap.cases(Sources(tmp_path))
    return case


def test_swap_has_the_other_side_speak_first_by_the_same_people(sides: Case) -> None:
    changed = swap.swapped(sides.thread).messages
    assert [each.author for each in changed] == [each.author for each in sides.thread.messages]
    assert [sides.expected["sides"][each.source_id] for each in sides.thread.messages] == [
        *["for"] * 3,
        *["against"] * 3,
    ]
    assert [each.content[:10] for each in changed] == ["argument c"] * 3 + ["argument p"] * 3
    assert {each.source_id for each in changed} == set(sides.expected["sides"])


def test_swap_tells_who_goes_by_what_is_said_from_who_goes_by_the_order(sides: Case) -> None:
    first, *_, last = sides.thread.messages
    fair = Told(
        text("They want it.", quote(first.source_id, "x", first.content)),
        [ShownPoint("", text("They don't want it.", quote(last.source_id, "x", last.content)))],
    )
    found = figures("swap", sides, fair)
    assert found == {"words": 0.75, "cited": 1.0, "words_moved": 0.0, "cited_moved": 0.0}
    assert figures("swap", sides, OnlyTheFirst()) == {
        "words": 0.0,
        "cited": 0.0,
        "words_moved": 1.0,
        "cited_moved": 1.0,
    }


def test_swap_gives_words_that_cite_nobody_to_those_whom_they_name(sides: Case) -> None:
    one, *_, other = (each.author.name for each in sides.thread.messages)
    plain = Told(text(f"{one} likes hats. {other} has never liked any hats."))
    found = figures("swap", sides, plain)
    assert (found["words"], found["cited"]) == (0.5, 0.0)
    assert found["words_moved"] == 0.333
    first = sides.thread.messages[0]
    cited = quote(first.source_id, one, first.content)
    mixed = Text((f"{one} likes hats", Mark((1,)), f". {other} has never liked them."), (cited,))
    assert figures("swap", sides, Told(mixed))["cited_moved"] == 0.0
    assert figures("swap", sides, Told(mixed))["words_moved"] == 0.625


SPLIT = Case("split", HATS, {"sides": [["Ana"], ["Ben", "Cho"]]})


@pytest.mark.parametrize(
    ("told", "unfounded"),
    [
        (Told(text("Everyone agrees that hats should go.")), 1),
        (Told(text("Most people are against hats.")), 1),
        (Told(points=[ShownPoint("", text("There is a consensus against hats."))]), 1),
        (Told(points=[ShownPoint("Everyone agrees", text("Hats should go."))]), 1),
        (Told(people=[person("Ana", stand="Says that everyone agrees")]), 1),
        (Told(text("word " * 500 + "Everyone agrees.")), 1),
        (Told(replies=[reply("We all want hats.", beyond="Nobody disagrees.")]), 1),
        (Told(replies=[reply("> “we all agree” — Ana\nWhy, Ana?")]), 0),
        (Told(text("Hats should come back.")), 0),
    ],
)
def test_words_of_consensus_are_held_against_the_true_sides(told: Told, unfounded: int) -> None:
    assert figures("consensus", SPLIT, told)["unfounded"] == unfounded


def test_words_of_consensus_that_somebody_wrote_are_theirs() -> None:
    said = thread(("Ana", "We all agree that hats are fine."), ("Ben", "No."))
    case = Case("quoted", said, {"sides": [["Ana"], ["Ben"]]})
    told = Told(text("We all agree that hats are fine."))
    assert figures("consensus", case, told)["unfounded"] == 0


def test_structure_sees_each_fault() -> None:
    case = Case("hats", HATS, {"quoted": ["Ana"]})
    sound = Told(
        text("On hats.", ANA),
        people=[person("Ana", ANA)],
        receipt=receipt(3, 3, 3, not_cited=["Ben", "Cho"]),
    )
    assert figures("structure", case, sound) == {
        "cited": 1.0,
        "verbatim": 1.0,
        "fits": 1.0,
        "short": 1.0,
        "adds_up": 1.0,
    }
    faulty = Told(
        text("on hats " * 300),
        [ShownPoint("", text("Back.", quote("9", "Ana", "Hats should come back.")))],
        receipt=Receipt(3, 2, (), 3, 3, (), ()),
    )
    found = figures("structure", case, faulty)
    assert found == {"cited": 0.5, "verbatim": 0.0, "fits": 0.5, "short": 0.0, "adds_up": 0.6}


@pytest.fixture
def helmets(tmp_path: Path) -> Case:
    claim(
        tmp_path,
        "Cyclists must wear helmets",
        ["Hospitals see fewer head injuries where the law demands them.", "Children copy adults."],
        ["Fewer journeys are made by bicycle after such laws.", "Drivers pass closer to helmets."],
    )
    return next(replies.cases(Sources(tmp_path)))


def test_a_thread_has_one_side_and_the_drafts_are_held_against_the_other(helmets: Case) -> None:
    assert [each.content for each in helmets.thread.messages][1] == "Children copy adults."
    other = "Would fewer journeys be made by bicycle then?"
    same = "Would hospitals see fewer head injuries where the law demands it?"
    both = (
        "Hospitals see fewer head injuries where the law demands them; fewer journeys by bicycle."
    )
    name = helmets.thread.messages[0].author.name
    told = Told(
        replies=[
            reply("A question.", beyond=other),
            reply("A question.", beyond=both),
            reply("A question.", beyond=same),
            reply("A question."),
            reply(f"{name} says that fewer journeys are made by bicycle after such laws."),
        ]
    )
    assert figures("replies", helmets, told) == {"beyond": 0.6, "offers": 0.2, "in_mouths": 0.2}


def test_the_other_side_said_of_nobody_is_in_nobodys_mouth(helmets: Case) -> None:
    name = helmets.thread.messages[0].author.name
    text = f"Thanks, {name}. Fewer journeys are made by bicycle after such laws."
    assert figures("replies", helmets, Told(replies=[reply(text)]))["in_mouths"] == 0


def test_a_summary_is_held_against_a_humans(tmp_path: Path) -> None:
    mailing_list(
        tmp_path,
        ["Elma Stone: Hats should come back to the office.", "Rik Dale: No hats, please."],
        "Elma wants hats back. Rik does not.",
    )
    (case,) = summaries.cases(Sources(tmp_path))
    near = figures("summaries", case, Told(text("Elma wants hats back.")))
    far = figures("summaries", case, Told(text("Nothing to see.")))
    assert near["rouge_1"] > 0.4 > far["rouge_1"]
    assert (near["people"], far["people"]) == (0.5, 0.0)
    quotes = [person("Rik Dale", quote("2", "Rik Dale", "No hats, please."))]
    assert figures("summaries", case, Told(people=quotes))["people"] == 0.5
    assert named("RIK or Dale or rik", case.thread) == {"Rik Dale"}
    assert named("la de da", thread(("Piet de Boer", "No."))) == set()
    floor = SUITES["summaries"].floors["first 65 words"](case)
    assert 0 < floor["rouge_1"].value < 1


def test_memory_renames_people_in_what_is_said_and_asked() -> None:
    said = thread(("Grad C", "I like Ottoline."), ("Ottoline Marsh", "Grad C, see me."))
    case = Case("x", said, {"evidence": ["2"]}, "What did C think of Ottoline Marsh?")
    changed = memory.renamed(case)
    one, other = (each.author.name for each in changed.thread.messages)
    assert [each.content for each in changed.thread.messages] == [
        f"I like {other}.",
        f"{one}, see me.",
    ]
    assert changed.question == f"What did {one} think of {other}?"
    assert changed.thread.topic.source_id != said.topic.source_id
    quoted = memory.renamed(Case("y", said, {"quoted": ["Grad C"]}))
    assert quoted.expected["quoted"] == [one]


def test_memory_reports_what_is_lost_by_the_change() -> None:
    case = coverage.case("test", HATS)
    told = Told(text("Back.", ANA))
    found = figures("memory", case, told)
    assert found == {"people_renamed": 0.0, "people_reordered": 0.0}
    before, renamed, reordered = told.threads
    assert {m.source_id for m in reordered.messages} == {m.source_id for m in before.messages}
    assert renamed.messages != before.messages

    class Remembers(Told):
        async def summarise(self, thread: Thread) -> Summary:
            self.lead = text("Back.", ANA) if thread is HATS else None
            return await super().summarise(thread)

    assert figures("memory", case, Remembers()) == {
        "people_renamed": 0.5,
        "people_reordered": 0.5,
    }


def test_all_own_cases_can_be_read_and_every_kind_is_among_them() -> None:
    kinds = {kind for case in structure.cases(Sources()) for kind in case.expected}
    assert kinds == {"quoted", "sides", "evidence"}
    assert len(list(consensus.cases(Sources()))) == 3
