"""What is drafted from the ledger: once for each standing of it, and no longer than it holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import Ambiguous, EngineFailed, NotFound
from bot.core.summary import Count, Intent
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.partner.world import ANA, HATS, LATER, NUISANCE, THREAD, Scripted, said, tell


def test_a_headline_is_written_once_for_a_ledger(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first = await partner.summarise(topic)
        again = await partner.summarise(topic)
        assert (first.headline, first.usage.cached) == ("Headline 1.", False)
        assert again.headline == "Headline 1."
        assert engine.headlines == 1

    tell(path, engine, story)


def test_it_is_written_anew_on_request_and_when_the_ledger_moves(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        assert (await partner.summarise(topic, refresh=True)).headline == "Headline 2."
        assert (await partner.summarise(topic)).headline == "Headline 2."
        await partner.record(HATS, [LATER])
        assert (await partner.summarise(topic)).headline == "Headline 3."

    tell(path, Scripted(), story)


def test_a_headline_goes_with_any_words_that_it_rests_on(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.delete(topic, ["2"])
        summary = await partner.summarise(topic)
        assert summary.headline == "Headline 2."
        assert "ben" not in {name for each in summary.viewpoints for name in each.authors}

    tell(path, Scripted(), story)


def test_without_a_model_everybodys_words_are_quoted(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        summary = await partner.summarise(topic)
        assert (summary.engine.name, summary.headline) == ("quotes", None)
        assert (summary.receipt.quoted, summary.receipt.not_quoted) == (3, ())
        words = {each.source_id: each.content for each in THREAD}
        for viewpoint in summary.viewpoints:
            assert viewpoint.claim in words[viewpoint.evidence[0].message_id]

    tell(path, None, story)


def test_a_suggestion_is_kept_until_its_words_change(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=3))
        assert len(shown.suggestions) > 1
        for suggestion in shown.suggestions:
            kept = await partner.draft(suggestion.id)
            assert kept.body["text"] == suggestion.text
            assert kept.rests_on == {each.message_id for each in suggestion.evidence}
        on_bens = [s for s in shown.suggestions if "2" in {e.message_id for e in s.evidence}]
        await partner.record(HATS, [replace(NUISANCE, content="Never mind.")])
        for suggestion in on_bens:
            with pytest.raises(NotFound, match="ask for a new one"):
                await partner.draft(suggestion.id)
        assert on_bens

    tell(path, None, story)


@pytest.mark.parametrize("viewer", ["ana", "1"])
def test_a_person_is_never_answered_with_themselves(path: Path, viewer: str) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=5), viewer)
        assert shown.suggestions
        answered = {each.author for s in shown.suggestions for each in s.evidence}
        assert "ana" not in answered

    tell(path, None, story)


def test_a_name_that_fits_nobody_or_several(path: Path) -> None:
    other = said(9, replace(ANA, source_id="7", name="anabel"), "Caps are better than hats are.")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(NotFound, match='Nobody called "zoe"'):
            await partner.suggest(topic, Wanted(), "zoe")
        with pytest.raises(Ambiguous, match=r"ana \(id 1\).*anabel \(id 7\)"):
            await partner.suggest(topic, Wanted(), "an")

    tell(path, None, story, [*THREAD, other])


def test_an_answer_cites_what_the_thread_says(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        plain = await partner.ask(topic, "Are hats a nuisance in the theatre?", "quotes")
        assert plain.answer is None
        assert plain.evidence[0].quote == NUISANCE.content
        written = await partner.ask(topic, "Are hats a nuisance in the theatre?")
        assert written.answer == "It says so."
        assert [each.message_id for each in written.evidence] == ["2"]

    tell(path, Scripted(), story)


def test_a_question_is_looked_for_in_the_words_without_a_reading(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        answered = await partner.ask(topic, "Are hats a nuisance in the theatre?")
        assert answered.answer == "It says so."
        assert engine.windows == []
        receipt = answered.receipt
        assert (receipt.messages, receipt.read, receipt.skipped) == (4, 3, (Count("empty", 1),))
        assert (receipt.authors, receipt.quoted) == (3, 1)
        assert receipt.not_quoted == ("ana", "cho")

        await partner.ask(topic, "What do people think?")
        assert engine.windows, "on the topic as a whole, only a ledger can tell"

    tell(path, engine, story, [*THREAD, said(5, ANA, "")])


@pytest.mark.parametrize("failing", ["read", "group", "headline"])
def test_a_summary_falls_back_on_quotes_and_says_why(path: Path, failing: str) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        summary = await partner.summarise(topic)
        assert summary.engine.name == "quotes"
        assert summary.engine.fallback == f"The model can't {failing} today."
        assert summary.receipt.quoted == 3

    tell(path, Scripted(fails=frozenset({failing})), story)


def test_suggestions_and_answers_fall_back_too(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        suggested = await partner.suggest(topic, Wanted())
        assert suggested.engine.fallback == "The model can't suggest today."
        assert suggested.suggestions
        answered = await partner.ask(topic, "What about theatres?")
        assert answered.engine.fallback == "The model can't answer today."
        assert answered.evidence

    tell(path, Scripted(fails=frozenset({"suggest", "answer"})), story)


def test_who_asked_for_the_model_by_name_is_told_instead(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(EngineFailed, match="can't read today"):
            await partner.summarise(topic, "llm")
        with pytest.raises(NotFound, match="no engine"):
            await partner.summarise(topic, "oracle")
        with pytest.raises(EngineFailed):
            await partner.suggest(topic, Wanted(intent=Intent.STEELMAN), engine="quotes")

    tell(path, Scripted(fails=frozenset({"read"})), story)


def test_where_a_model_leaves_too_few_drafts_quotes_make_them_up(path: Path) -> None:
    """The scripted engine has no draft to offer."""

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=2))
        assert len(shown.suggestions) == 2
        assert len({each.intent for each in shown.suggestions}) == 2

    tell(path, Scripted(), story)


def test_a_draft_of_words_that_change_meanwhile_is_not_kept(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def edit_later(state: object) -> str:
            await partner.record(HATS, [replace(NUISANCE, content="Never mind.")])
            return "A headline over words that are gone."

        engine.headline = edit_later  # type: ignore[method-assign]
        with pytest.raises(NotFound, match="changed meanwhile: ask again"):
            await partner.summarise(topic)

    tell(path, engine, story)


def test_what_is_known_is_told_without_a_model(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        plain = await partner.state(topic)
        assert engine.windows == []
        assert {each.author for each in plain.ledger.evidence} == {"1", "2", "3"}
        await partner.summarise(topic)
        engine.windows.clear()
        claims = {each.claim for each in (await partner.state(topic)).ledger.viewpoints}
        assert claims == {"ana's view", "ben's view", "cho's view"}
        assert engine.windows == []

    tell(path, engine, story)
