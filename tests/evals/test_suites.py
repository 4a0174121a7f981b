"""What each suite makes of drafts whose faults are known."""

import asyncio
from pathlib import Path

import pytest

from bot.core.arrangement import Stance
from bot.core.summary import Receipt
from bot.evals.case import Case
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
)
from tests.evals.world import (
    Told,
    arguments,
    claim,
    mailing_list,
    meeting,
    quote,
    receipt,
    reply,
    thread,
    viewpoint,
)

HATS = thread(
    ("Ana", "Hats should come back."), ("Ben", "They are a nuisance."), ("Cho", "Thanks!")
)


def figures(suite: str, case: Case, told: Told) -> dict[str, float]:
    found = asyncio.run(SUITES[suite].run(case, told))
    return {name: round(score.value, 3) for name, score in found.items()}


def test_coverage_counts_people_whose_words_are_truly_quoted() -> None:
    case = coverage.case("test", HATS)
    assert case.expected["quoted"] == ["Ana", "Ben"], "Cho says nothing but thanks"
    told = Told(
        [
            viewpoint("Back.", quote("1", "Ana", "Hats should come back.")),
            viewpoint("Bad.", quote("2", "Ben", "Hats are a nuisance.")),
        ]
    )
    assert figures("coverage", case, told) == {"people": 0.5, "verbatim": 0.5}
    assert figures("coverage", case, Told()) == {"people": 0.0, "verbatim": 0.0}


def test_a_quote_that_is_pinned_on_the_wrong_message_counts_for_nobody() -> None:
    told = Told([viewpoint("Back.", quote("2", "Ben", "Hats should come back."))])
    found = figures("coverage", coverage.case("test", HATS), told)
    assert found == {"people": 0.0, "verbatim": 0.0}


def test_citations_are_held_against_the_labelled_turns(tmp_path: Path) -> None:
    turns = [f"Kim: turn {place} on the lease" for place in range(30)]
    meeting(tmp_path, "shop", turns, {"What of the lease?": [10, 13]})
    (case, *own) = citations.cases(Sources(tmp_path))
    assert case.expected["evidence"] == ["10", "11", "12", "13"]
    assert len(own) == 1
    cites = [quote(str(place), "Kim", f"turn {place}") for place in (12, 13, 14, 15)]
    typed = quote("11", "Kim", "turn eleven")
    told = Told(cites=[*cites, typed])
    assert figures("citations", case, told) == {
        "f1": 0.5,
        "precision": 0.5,
        "recall": 0.5,
        "cited": 4.0,
    }
    assert told.questions == ["What of the lease?"]


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


def test_balance_finds_a_side_that_is_left_out_and_a_viewpoint_that_is_two(tmp_path: Path) -> None:
    arguments(tmp_path, "Hats", pro=90, con=90)
    case = next(balance.cases(Sources(tmp_path)))
    by_point: dict[str, list[str]] = {}
    for id_, (point, *_) in case.expected["points"].items():
        by_point.setdefault(point, []).append(id_)
    said = {each.source_id: each for each in case.thread.messages}

    def of(*ids: str) -> list:
        return [quote(id_, said[id_].author.name, said[id_].content) for id_ in ids]

    first, second = by_point["kp_p0"], by_point["kp_p1"]
    one_sided = figures("balance", case, Told([viewpoint("A claim.", *of(*first[:3], second[0]))]))
    assert one_sided["purity"] == 0.75
    assert one_sided["per_viewpoint"] == 4
    assert 0 < one_sided["pro"] < 1
    assert (one_sided["con"], one_sided["weaker"]) == (0, 0)
    assert (one_sided["bur"], one_sided["uer"]) == (1, 0.25), "half the words are the other side's"
    everybody = figures("balance", case, Told([viewpoint("x", each) for each in of(*said)]))
    assert (everybody["pro"], everybody["con"], everybody["weaker"]) == (1, 1, 1)
    assert (everybody["bur"], everybody["uer"], everybody["order"]) == (0, 0, 0)
    assert everybody["purity"] == 1


def test_balance_tells_points_that_come_and_go_with_the_order(tmp_path: Path) -> None:
    arguments(tmp_path, "Hats", pro=90, con=90)
    case = next(balance.cases(Sources(tmp_path)))

    class OnlyTheFirst(Told):
        async def summarise(self, thread):
            first = thread.messages[0]
            words = quote(first.source_id, first.author.name, first.content)
            self.viewpoints = [viewpoint("x", words)]
            return await super().summarise(thread)

    ends = (case.thread.messages[0].source_id, case.thread.messages[-1].source_id)
    points = {case.expected["points"][id_][0] for id_ in ends}
    assert len(points) == 2, "the thread begins and ends with different points"
    assert figures("balance", case, OnlyTheFirst())["order"] > 0.3


def test_evidence_that_objects_is_not_taken_for_the_point(tmp_path: Path) -> None:
    arguments(tmp_path, "Hats", pro=90, con=90)
    case = next(balance.cases(Sources(tmp_path)))
    first = case.thread.messages[0]
    objects = quote(first.source_id, first.author.name, first.content, Stance.OBJECTS)
    assert figures("balance", case, Told([viewpoint("x", objects)]))["per_viewpoint"] == 0


SPLIT = Case("split", HATS, {"sides": [["Ana"], ["Ben", "Cho"]]})


@pytest.mark.parametrize(
    ("told", "unfounded"),
    [
        (Told(headline="Everyone agrees that hats should go."), 1),
        (Told(headline="Most people are against hats."), 0),
        (Told([viewpoint("There is a consensus against hats.")]), 1),
        (Told(replies=[reply("We all want hats.", beyond="Nobody disagrees.")]), 1),
        (Told(replies=[reply("> “we all agree” — Ana\nWhy, Ana?")]), 0),
        (Told([viewpoint("Hats should come back.")]), 0),
    ],
)
def test_words_of_consensus_are_held_against_the_true_sides(told: Told, unfounded: int) -> None:
    assert figures("consensus", SPLIT, told)["unfounded"] == unfounded


def test_a_majority_of_an_even_split_is_none() -> None:
    even = Case("even", HATS, {"sides": [["Ana"], ["Ben"]]})
    told = Told(headline="Most people are against hats.")
    assert figures("consensus", even, told)["unfounded"] == 1


def test_words_of_consensus_that_somebody_wrote_are_theirs() -> None:
    said = thread(("Ana", "We all agree that hats are fine."), ("Ben", "No."))
    case = Case("quoted", said, {"sides": [["Ana"], ["Ben"]]})
    told = Told([viewpoint("We all agree that hats are fine.")])
    assert figures("consensus", case, told)["unfounded"] == 0


def test_structure_sees_each_fault() -> None:
    case = Case("hats", HATS, {"quoted": ["Ana"]})
    sound = Told(
        [viewpoint("Back.", quote("1", "Ana", "Hats should come back."))],
        headline="On hats.",
        receipt=receipt(3, 3, 3, not_quoted=["Ben", "Cho"]),
    )
    assert figures("structure", case, sound) == {
        "cited": 1.0,
        "verbatim": 1.0,
        "fits": 1.0,
        "adds_up": 1.0,
    }
    faulty = Told(
        [viewpoint("Nothing."), viewpoint("Back.", quote("9", "Ana", "Hats should come back."))],
        headline="x" * 2_001,
        receipt=Receipt(3, 2, (), 3, 3, (), ()),
    )
    found = figures("structure", case, faulty)
    assert found == {"cited": 0.5, "verbatim": 0.0, "fits": 0.667, "adds_up": 0.6}


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
    elma = viewpoint("x", quote("1", "Elma Stone", "Hats should come back to the office."))
    near = figures("summaries", case, Told([elma], headline="Elma wants hats back."))
    far = figures("summaries", case, Told(headline="Nothing to see."))
    assert near["rouge_1"] > 0.4 > far["rouge_1"]
    assert (near["people"], far["people"]) == (0.5, 0.0)
    assert summaries.named("RIK or Dale or rik", case.thread) == {"Rik Dale"}
    assert summaries.named("la de da", thread(("Piet de Boer", "No."))) == set()
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
    ana = viewpoint("Back.", quote("1", "Ana", "Hats should come back."))
    told = Told([ana])
    found = figures("memory", case, told)
    assert found == {"people_renamed": 0.0, "people_reordered": 0.0}
    before, renamed, reordered = told.threads
    assert {m.source_id for m in reordered.messages} == {m.source_id for m in before.messages}
    assert renamed.messages != before.messages

    class Remembers(Told):
        async def summarise(self, thread):
            self.viewpoints = [ana] if thread is HATS else []
            return await super().summarise(thread)

    assert figures("memory", case, Remembers()) == {
        "people_renamed": 0.5,
        "people_reordered": 0.5,
    }


def test_all_own_cases_can_be_read_and_every_kind_is_among_them() -> None:
    kinds = {kind for case in structure.cases(Sources()) for kind in case.expected}
    assert kinds == {"quoted", "sides", "evidence"}
    assert len(list(consensus.cases(Sources()))) == 3
