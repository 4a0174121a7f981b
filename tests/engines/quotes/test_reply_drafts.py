import re

import pytest

from bot.core.discussion import Discussion
from bot.core.errors import EngineFailed
from bot.core.model import Author, Message
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from tests.engines.quotes.thread import Post, brief, drafts, message, quotes, sample, thread

KILN: list[Post] = [
    ("Ana", "Should we buy a kiln? I think one of our own pays for itself within two years."),
    ("Ben", "Buying one is too much for us this year, the roof comes first.", 1),
    ("Ana", "The roof is paid for by the council.", 2),
    ("Cho", "I think renting costs us more, and we never get the slots we want.", 1),
    ("Dov", "Has anybody asked the landlord about the wiring?"),
]
QUOTED = re.compile(r"^> “(.*)”(?: …)? — (.*)$", re.MULTILINE)
ALL = Wanted(count=10)


def kiln() -> Discussion:
    return thread(*KILN)


def intents(found: tuple[Draft, ...]) -> list[Intent]:
    return [draft.intent for draft in found]


def quoted(found: tuple[Draft, ...]) -> list[str]:
    """The first quote of each draft."""
    return [QUOTED.findall(draft.text)[0][0] for draft in found]


def test_three_drafts_are_three_places_to_join() -> None:
    question, view, exchange = drafts(kiln())
    assert (question.intent, question.to) == (Intent.ASK, ("dov",))
    assert question.text == (
        "> “Has anybody asked the landlord about the wiring?” — Dov\n\nWho can answer this?"
    )
    assert question.why == "Nobody has answered this question yet."
    assert (view.intent, view.to) == (Intent.BUILD, ("cho",))
    assert view.text == (
        "> “I think renting costs us more, and we never get the slots we want.” — Cho\n\n"
        "Cho, do you have an example of this?"
    )
    assert view.why == "Nobody has replied to this."
    assert (exchange.intent, exchange.to) == (Intent.BRIDGE, ("ben", "ana"))
    assert exchange.text.startswith(
        "> “Buying one is too much for us this year, the roof comes first.” — Ben\n"
        "> “The roof is paid for by the council.” — Ana\n\nBen, Ana: "
    )
    assert exchange.why == "They have answered each other."
    assert drafts(kiln(), Wanted(count=1)) == (question,)


def test_every_draft_quotes_what_it_cites_word_for_word_and_has_seen_no_more() -> None:
    discussion = sample()
    found = drafts(discussion, ALL)
    assert len(found) > 5
    for draft in found:
        said = [discussion.text(span) for span in draft.cites]
        assert [words for words, _ in QUOTED.findall(draft.text)] == said
        assert draft.seen == {span.message for span in draft.cites}
        assert set(draft.to) == {discussion.author_of(span) for span in draft.cites}
        assert len(draft.text) <= 600


def test_no_two_drafts_join_at_the_same_message() -> None:
    found = drafts(sample(), ALL)
    places = [draft.cites[0].message for draft in found]
    assert len(places) == len(set(places))


def test_an_open_question_is_put_to_whoever_speaks_of_the_same() -> None:
    said = "The landlord wants the wiring checked before anything else."
    before: list[Post] = [KILN[0], ("Eli", said, 1), ("Dov", f"{said} So I heard.", 1)]
    discussion = thread(*before, ("Dov", "Has anybody asked the landlord about the wiring?"))
    (draft,) = drafts(discussion, Wanted(count=1))
    assert draft.to == ("eli", "dov")
    assert [who for _, who in QUOTED.findall(draft.text)] == ["Dov", "Eli"]
    assert draft.text.endswith("\n\nEli, what would you answer Dov?")
    (alone,) = drafts(discussion, Wanted(count=1, viewer="eli"))
    assert alone.to == ("dov",)


def test_one_word_in_common_does_not_make_somebody_the_one_to_ask() -> None:
    posts: list[Post] = [KILN[0], ("Eli", "The landlord lives upstairs, I think.", 1), KILN[4]]
    (draft,) = drafts(thread(*posts), Wanted(count=1))
    assert draft.to == ("dov",)


def test_what_somebody_replied_to_is_not_taken_up() -> None:
    (view,) = drafts(kiln(), Wanted(count=1, intent=Intent.BUILD))
    assert view.to == ("cho",)
    replied = thread(*KILN, ("Eli", "I think renting is only thirty for members.", 4))
    assert quoted(drafts(replied, Wanted(intent=Intent.BUILD)))[0].startswith("I think renting is")


def test_a_reply_needs_no_mark_if_it_follows_on_the_same_matter() -> None:
    words = "We would need a permit from the city first."
    posts: list[Post] = [*KILN[:4], ("Eli", words)]
    build = Wanted(count=10, intent=Intent.BUILD)
    assert words in quoted(drafts(thread(*posts), build))
    assert words in quoted(drafts(thread(*posts, ("Ben", "It rains.")), build))
    assert words not in quoted(drafts(thread(*posts, ("Ben", "The permit is free.")), build))
    assert words not in quoted(drafts(thread(*posts, ("Ben", "Good to hear, Eli.")), build))
    assert words in quoted(drafts(thread(*posts, ("Ben", "👍", 5)), build))


def test_everybody_replies_to_what_a_discussion_was_opened_with() -> None:
    discussion = thread(("Ana", "I think we should buy one."), ("Ben", "It rains, I think."))
    assert [draft.to for draft in drafts(discussion, Wanted(intent=Intent.BUILD))] == [("ben",)]


def test_the_view_that_matters_most_comes_first() -> None:
    discussion = thread(*KILN, ("Eli", "We could ask the neighbours, they have keys.", 3))
    first, *_ = quoted(drafts(discussion, Wanted(intent=Intent.BUILD)))
    assert first == "I think renting costs us more, and we never get the slots we want."


def test_what_says_little_is_no_place_to_join() -> None:
    discussion = thread(*KILN, ("Eli", "so be it then, for me", 3))
    build = Wanted(count=10, intent=Intent.BUILD)
    assert "so be it then, for me" not in quoted(drafts(discussion, build))


def test_people_who_answered_each_other_are_brought_together_before_others() -> None:
    bridge = Wanted(count=10, intent=Intent.BRIDGE)
    first, second = drafts(kiln(), bridge)
    assert (set(first.to), first.why) == ({"ana", "ben"}, "They have answered each other.")
    assert (set(second.to), second.why) == ({"ana", "cho"}, "One of them has answered the other.")


def test_of_such_exchanges_the_latest_comes_first() -> None:
    discussion = thread(KILN[0], ("Ben", "I think not.", 1), ("Cho", "I think we should.", 1))
    assert drafts(discussion, Wanted(count=1, intent=Intent.BRIDGE))[0].to == ("ana", "cho")


def test_who_calls_another_by_name_answers_them() -> None:
    discussion = thread(
        ("Ana", "I think one of our own pays for itself."),
        ("Ben", "The roof comes first, Ana, as you know."),
        ("Cho", "Glazes are what we should spend on."),
    )
    (draft,) = drafts(discussion, Wanted(intent=Intent.BRIDGE))
    assert draft.to == ("ana", "ben")
    ordinary = thread(("Will", "I think that it pays."), ("Ben", "That will take years, I think."))
    assert drafts(ordinary, Wanted(intent=Intent.BRIDGE)) == ()


def test_nobody_is_brought_together_with_themselves() -> None:
    discussion = thread(("Ana", "I think that it pays."), ("Ana", "I think so still.", 1))
    assert drafts(discussion, Wanted(intent=Intent.BRIDGE)) == ()


def test_other_people_are_addressed_before_the_same_again() -> None:
    discussion = thread(
        ("Ana", "I think a kiln of our own pays for itself."),
        ("Dov", "I think that the wiring is too old for one."),
        ("Eli", "I think the wiring will do.", 2),
        ("Cho", "I think that it does not pay.", 1),
        ("Ana", "I think that it is paid for soon.", 4),
        ("Ben", "I think that soon is too late.", 1),
    )
    found = drafts(discussion, Wanted(count=2, intent=Intent.BRIDGE))
    assert [draft.to for draft in found] == [("cho", "ana"), ("dov", "eli")]


@pytest.mark.parametrize("viewer", ["ana", "ben", "cho", "dov"])
def test_nobody_is_answered_with_themselves(viewer: str) -> None:
    discussion = thread(*KILN, ("Dov", "I think the wiring is what the landlord will ask for.", 4))
    for draft in drafts(discussion, Wanted(count=10, viewer=viewer)):
        assert viewer not in [discussion.author_of(span) for span in draft.cites]
        assert viewer not in draft.to
        assert viewer.title() not in draft.text


def test_a_program_is_not_answered() -> None:
    bot = Message("2", Author("bot", "Counter", bot=True), "Has anybody counted the kilns?")
    found = drafts(thread(("Ana", "I think that we should buy a kiln."), bot))
    assert [draft.to for draft in found] == [("ana",)]


def test_fewer_people_get_fewer_drafts_and_an_empty_thread_none() -> None:
    alone = thread(("Ana", "I think we should buy a kiln."))
    assert intents(drafts(alone)) == [Intent.BUILD]
    assert drafts(alone, Wanted(intent=Intent.BRIDGE)) == ()
    assert drafts(alone, Wanted(viewer="ana")) == ()
    assert drafts(thread()) == ()
    assert intents(drafts(thread(("Ana", "Who would look after it?")))) == [Intent.ASK]


@pytest.mark.parametrize("intent", [Intent.STEELMAN, Intent.COUNTER])
def test_what_quotes_cannot_do_is_refused_with_what_they_can(intent: Intent) -> None:
    with pytest.raises(EngineFailed, match="needs a model: choose ask, build or bridge"):
        drafts(kiln(), Wanted(intent=intent))


def test_a_long_quote_is_cut_between_words_and_cited_whole() -> None:
    long = "I think " + " ".join(f"reason{n}" for n in range(30)) + " speak for a kiln."
    discussion = thread(("Ana", long), ("Ben", f"But {long}", 1), ("Ana", f"No, {long}", 2))
    (exchange,) = drafts(discussion, Wanted(intent=Intent.BRIDGE))
    assert len(exchange.text) <= 600
    found = QUOTED.finditer(exchange.text)
    for quote, span in zip(found, exchange.cites, strict=True):
        assert discussion.text(span).startswith(f"{quote.group(1)} ")
        assert quote.group().count("” … —") == 1


def test_drafts_are_inert_whatever_people_are_called_and_write() -> None:
    discussion = thread(
        message(
            1, "@everyone\n# {one}", "I think @everyone should\nsee [this](https://e.example)!"
        ),
        message(
            2, "<@123456789012345678>", "We ||should not buy it at <t:0> for {other} money.", 1
        ),
    )
    found = [drafts(discussion, Wanted(intent=each)) for each in (Intent.BUILD, Intent.BRIDGE)]
    assert list(map(len, found)) == [1, 1]
    for (draft,) in found:
        assert "@everyone" not in draft.text
        assert "](" not in draft.text
        assert "<@" not in draft.text
        assert "<t:" not in draft.text
        assert draft.text.count("||") % 2 == 0
        block, own = draft.text.split("\n\n")
        assert all(line.startswith("> “") for line in block.splitlines())
        assert not own.startswith(">")


def test_a_posted_draft_is_never_taken_for_its_posters_own_words() -> None:
    posted = [("Eve", draft.text) for draft in drafts(kiln(), ALL)]
    discussion = thread(*posted)
    shown = [*quotes(discussion).values(), *(each[0].words for each in brief(discussion).open)]
    assert not any(said[1] in words or words in said[1] for said in KILN for words in shown)
