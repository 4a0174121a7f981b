import re
from dataclasses import replace

import pytest

from bot.core.errors import EngineFailed
from bot.core.notes import NoteKind
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.quotes.openings import openings
from tests.engines.quotes.thread import Post, Thread, summarised

KILN: list[Post] = [
    ("Ana", "Should we buy a kiln? I think one of our own pays for itself within two years."),
    ("Ben", "Buying one is too much for us this year, the roof comes first.", 1),
    ("Cho", "Renting costs us forty a month and we never get the slots we want.", 2),
    ("Dov", "Has anybody asked the landlord about the wiring?"),
]
QUOTED = re.compile(r"^> “(.*)”(?: …)? — (.*)$", re.MULTILINE)


def kiln() -> Thread:
    return summarised("Should the club buy a kiln?", *KILN)


def intents(drafts: tuple[Draft, ...]) -> list[Intent]:
    return [draft.intent for draft in drafts]


def test_three_drafts_have_three_intents_and_the_first_speaks_to_two_people() -> None:
    drafts = kiln().suggest()
    assert intents(drafts) == [Intent.BRIDGE, Intent.ASK, Intent.BUILD]
    assert len(drafts[0].addresses) == 2
    assert kiln().suggest(Wanted(count=1)) == drafts[:1]
    assert kiln().suggest() == drafts


def test_every_draft_cites_what_it_addresses_and_quotes_it_word_for_word() -> None:
    thread = kiln()
    for draft in thread.suggest(Wanted(count=10)):
        cited = {evidence.note for evidence in draft.evidence}
        for viewpoint in thread.state.ledger.viewpoints:
            there = {evidence.note for evidence in viewpoint.evidence}
            assert (viewpoint.id in draft.addresses) == bool(there & cited)
        quotes = [found.group(1) for found in QUOTED.finditer(draft.text)]
        assert quotes == thread.words(draft.evidence)
        assert len(draft.text) <= 600


def test_ten_drafts_are_ten_different_ones() -> None:
    posts: list[Post] = [(f"P{n}", f"I think reason {n} speaks for a kiln.") for n in range(6)]
    drafts = summarised("Kiln", *posts).suggest(Wanted(count=10))
    assert len({draft.text for draft in drafts}) == 10
    assert len({draft.addresses for draft in drafts[:3]}) == 3
    bridges = summarised("Kiln", *posts).suggest(Wanted(count=3, intent=Intent.BRIDGE))
    assert len({id_ for draft in bridges for id_ in draft.addresses}) == 6


def test_people_who_talk_to_each_other_are_bridged_first() -> None:
    thread = summarised(
        "Kiln",
        ("Ana", "I think a kiln pays for itself."),
        ("Ben", "I think a kiln pays for itself in time."),
        ("Cho", "Glazes are what we should spend on."),
        ("Dov", "Glazes last for years, we have plenty.", 3),
    )
    (draft,) = thread.suggest(Wanted(count=1))
    assert [evidence.author for evidence in draft.evidence] == ["cho", "dov"]


def test_what_was_answered_least_is_taken_up() -> None:
    (draft,) = kiln().suggest(Wanted(count=1, intent=Intent.BUILD))
    assert [evidence.author for evidence in draft.evidence] == ["cho"]


def test_what_a_model_found_a_claim_for_is_taken_up_before_an_introduction() -> None:
    state = summarised(
        "Should the club buy a kiln?",
        ("Ana", "I have been a potter in this town for longer than most of you."),
        ("Ana", "I think that a kiln of our own pays for itself within two years."),
    ).state
    (view,) = state.ledger.viewpoints
    introduction, reason = view.evidence
    told = (
        replace(view, evidence=(introduction,)),
        replace(view, id=99, claim="A kiln pays for itself.", evidence=(reason,)),
    )
    state = replace(state, ledger=replace(state.ledger, viewpoints=told))
    (draft,) = openings(state, Wanted(count=1, intent=Intent.BUILD))
    assert draft.addresses == (99,)
    assert "pays for itself within two years" in draft.text


def test_nobody_is_passed_over_for_the_claim_that_they_share_with_another() -> None:
    state = summarised(
        "Should the club buy a kiln?",
        ("Ana", "I think that a kiln of our own pays for itself within two years."),
        ("Ben", "I think that a kiln pays for itself, if the wiring is sound."),
    ).state
    anas, bens = state.ledger.viewpoints
    shared = replace(
        anas,
        id=99,
        claim="A kiln pays for itself.",
        authors=anas.authors + bens.authors,
        evidence=anas.evidence + bens.evidence,
    )
    state = replace(state, ledger=replace(state.ledger, viewpoints=(anas, shared)))
    (draft,) = openings(state, Wanted(count=1))
    assert draft.intent is Intent.BRIDGE
    assert draft.addresses == (anas.id, 99)


def test_an_open_question_is_put_to_somebody_who_spoke() -> None:
    texts = [draft.text for draft in kiln().suggest(Wanted(count=10, intent=Intent.ASK))]
    (brought_up,) = [text for text in texts if "landlord" in text]
    assert brought_up.startswith("> “Has anybody asked the landlord about the wiring?” — Dov\n> “")


def test_nobody_is_answered_with_themselves() -> None:
    for viewer in ("ana", "ben", "dov"):
        for draft in kiln().suggest(Wanted(count=10, viewer=viewer)):
            assert viewer not in [evidence.author for evidence in draft.evidence]
            assert viewer.title() not in draft.text


def test_fewer_people_get_fewer_drafts_and_an_empty_thread_none() -> None:
    alone = summarised("Kiln", ("Ana", "I think we should buy a kiln."))
    assert intents(alone.suggest()) == [Intent.ASK, Intent.BUILD]
    assert alone.suggest(Wanted(intent=Intent.BRIDGE)) == ()
    assert alone.suggest(Wanted(viewer="ana")) == ()
    assert summarised("Kiln").suggest() == ()
    (asked,) = summarised("Kiln", ("Ana", "Who would look after it?")).suggest()
    assert asked.text.startswith("> “Who would look after it?” — Ana\n")


@pytest.mark.parametrize("intent", [Intent.STEELMAN, Intent.COUNTER])
def test_what_quotes_cannot_do_is_refused_with_what_they_can(intent: Intent) -> None:
    with pytest.raises(EngineFailed, match=f"{intent}: ask for bridge, ask or build"):
        kiln().suggest(Wanted(intent=intent))


def test_a_long_quote_is_cut_between_words_and_cited_whole() -> None:
    long = "I think " + " ".join(f"reason{n}" for n in range(100)) + " speak for a kiln."
    thread = summarised("Kiln", ("Ana", long), ("Ben", f"But {long}"))
    for draft in thread.suggest():
        assert len(draft.text) <= 600
        for found, whole in zip(
            QUOTED.finditer(draft.text), thread.words(draft.evidence), strict=True
        ):
            assert whole.startswith(f"{found.group(1)} ")
            assert found.group().count("” … —") == 1


def test_drafts_are_inert_whatever_people_are_called_and_write() -> None:
    thread = summarised(
        "Kiln",
        ("@everyone\n# {one}", "I think @everyone should\nsee [this](https://evil.example) kiln."),
        ("<@123456789012345678>", "We ||should not buy it at <t:0> for {other} money."),
    )
    for draft in thread.suggest(Wanted(count=10)):
        assert "@everyone" not in draft.text
        assert "](" not in draft.text
        assert "<@" not in draft.text
        assert "<t:" not in draft.text
        assert draft.text.count("||") % 2 == 0
        quotes, own = draft.text.split("\n\n")
        assert all(line.startswith("> “") for line in quotes.splitlines())
        assert not own.startswith(">")


def test_a_posted_draft_is_never_taken_for_its_posters_own_words() -> None:
    posted = kiln().suggest(Wanted(count=10))
    thread = Thread("Kiln", *(("Eve", draft.text) for draft in posted)).read()
    for kind in NoteKind:
        for words in thread.noted(kind):
            assert not any(said[1] in words or words in said[1] for said in KILN)
