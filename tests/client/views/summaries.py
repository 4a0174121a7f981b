"""Summaries to be shown: one of a real disagreement, and any that Hypothesis can think of."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.core.arrangement import Stance
from bot.core.summary import (
    Count,
    EngineFacts,
    Quote,
    Receipt,
    ShownQuestion,
    ShownViewpoint,
    Summary,
    TopicFacts,
    Usage,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def quote(author: str, words: str, stance: Stance = Stance.SUPPORTS, message: int = 1) -> Quote:
    url = f"https://discord.com/channels/1/2/{message}"
    return Quote(str(message), author, words, stance, url, MORNING)


def bakery(headline: str | None = None, model: str | None = "gpt-5.4-mini") -> Summary:
    """Four people on the price of bread: two sides, one agreement, one open question."""
    flour = quote("Ines", "Flour is up a third since spring.", message=3)
    return Summary(
        topic=TopicFacts(
            7, "Should the loaf cost more?", "https://discord.com/channels/1/2", 12, 5
        ),
        engine=EngineFacts("llm" if model else "quotes", model),
        headline=headline,
        questions=(
            ShownQuestion(
                1,
                "Should we raise the price?",
                False,
                (quote("Ana", "Should we raise the price?"),),
            ),
            ShownQuestion(
                2, "What do the others charge?", True, (quote("Bo", "What do the others charge?"),)
            ),
        ),
        viewpoints=(
            ShownViewpoint(
                4,
                "Costs leave no choice but a higher price.",
                1,
                (5,),
                ("Ines", "Cy"),
                (flour, quote("Dov", "Regulars will notice first.", Stance.OBJECTS, 5)),
            ),
            ShownViewpoint(
                5,
                "A higher price drives regulars away.",
                1,
                (4,),
                ("Dov",),
                (quote("Dov", "My mother already buys elsewhere.", message=6),),
            ),
            ShownViewpoint(
                6,
                "The rye should stay.",
                None,
                (),
                ("Ines", "Dov"),
                (quote("Cy", "Keep the rye!"),),
            ),
        ),
        agreements=(6,),
        receipt=Receipt(12, 11, (Count("attachment_only", 1),), 5, 5, (), ()),
        usage=Usage(),
    )


_hostile = st.sampled_from(
    [
        "@everyone",
        "<@123>",
        "[a](https://evil.example)",
        "||hidden",
        "```ansi\n\x1b[31m",
        "**",
        "~~__*",
        "# big",
        "\u202eesrever",
        "](",
        "> quoted",
        "-# small",
        "`",
        "\\",
        "https://example.org/a_b_c",
        "👩‍👩‍👧",
        "e\u0301",
        "x" * 900,
        "*_~`|" * 200,
        "word. " * 300,
        "||" + "spoiler " * 150 + "||",
    ]
)
texts = st.lists(st.one_of(_hostile, st.text(max_size=40)), max_size=8).map(" ".join)
urls = st.one_of(st.none(), st.sampled_from(["https://discord.com/channels/1/2/3"]), texts)
quotes = st.builds(
    Quote,
    message_id=texts,
    author=texts,
    quote=texts,
    stance=st.sampled_from(Stance),
    url=urls,
    posted_at=st.one_of(st.none(), st.just(MORNING)),
)
evidence = st.lists(quotes, min_size=1, max_size=4).map(tuple)
ids = st.integers(1, 300)
questions = st.builds(ShownQuestion, id=ids, text=texts, open=st.booleans(), evidence=evidence)
viewpoints = st.builds(
    ShownViewpoint,
    id=ids,
    claim=texts,
    question=st.one_of(st.none(), ids),
    opposes=st.lists(ids, max_size=20).map(tuple),
    authors=st.lists(texts, max_size=9).map(tuple),
    evidence=evidence,
)
counts = st.lists(st.builds(Count, st.sampled_from(["bot", "odd_reason"]), ids), max_size=9)
receipts = st.builds(
    Receipt,
    messages=ids,
    read=ids,
    skipped=counts.map(tuple),
    authors=ids,
    quoted=ids,
    not_quoted=st.lists(texts, max_size=30).map(tuple),
    rejected=counts.map(tuple),
)
topics = st.builds(
    TopicFacts, id=st.integers(1, 2**63), title=texts, url=urls, messages=ids, authors=ids
)
engines = st.builds(
    EngineFacts,
    name=st.just("llm"),
    model=st.one_of(st.none(), texts),
    fallback=st.one_of(st.none(), texts),
)
summaries = st.builds(
    Summary,
    topic=topics,
    engine=engines,
    headline=st.one_of(st.none(), texts),
    questions=st.lists(questions, max_size=12, unique_by=lambda each: each.id).map(tuple),
    viewpoints=st.lists(viewpoints, max_size=30, unique_by=lambda each: each.id).map(tuple),
    agreements=st.lists(ids, max_size=5).map(tuple),
    receipt=receipts,
    usage=st.just(Usage()),
)
