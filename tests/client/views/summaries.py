"""Summaries to be shown: one of a real disagreement, and any that Hypothesis can think of."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.core.summary import (
    Count,
    EngineFacts,
    Evidence,
    Mark,
    Name,
    Receipt,
    ShownPerson,
    ShownPoint,
    Summary,
    Text,
    TopicFacts,
    Usage,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHANNEL = "https://discord.com/channels/1"


def quote(author: str, words: str, message: int = 1) -> Evidence:
    return Evidence(str(message), author, words, f"{CHANNEL}/2/{message}", MORNING)


FLOUR = quote("Ines", "Flour is up a third since spring.", 3)
NOTICE = quote("Dov", "Regulars will notice first.", 5)
ELSEWHERE = quote("Dov", "My mother already buys elsewhere.", 6)
OTHERS = quote("Bo", "What do the others charge?", 8)


def bakery(model: str | None = "gpt-6-luna") -> Summary:
    """Four people on the price of bread, as a model sums it up."""
    return Summary(
        topic=TopicFacts(7, "Should the loaf cost more?", f"{CHANNEL}/2", 12, 5),
        engine=EngineFacts("llm" if model else "quotes", model),
        since=None,
        to_you=(),
        lead=Text(
            ("A baker asks whether to raise the price", Mark((1,)), ". **Nothing is decided.**"),
            (FLOUR,),
        ),
        points=(
            ShownPoint(
                "A higher price",
                Text(
                    (Name("Ines"), " says that flour is dearer by a third", Mark((1,)), "."),
                    (FLOUR,),
                ),
                ("Ines", "Cy"),
            ),
            ShownPoint(
                "Regulars",
                Text(
                    (Name("Dov"), " fears for them", Mark((1, 2)), "."),
                    (NOTICE, ELSEWHERE),
                ),
            ),
        ),
        open=(Text((Name("Bo"), " asks what the others charge", Mark((1,)), "."), (OTHERS,)),),
        people=(
            ShownPerson("Ines", "Costs leave no choice", (FLOUR,)),
            ShownPerson("Dov", None, (NOTICE,)),
            ShownPerson("Bo", "Wants to know what others charge", (OTHERS,)),
        ),
        receipt=Receipt(12, 11, (Count("attachment_only", 1),), 5, 3, ("Ana", "Cy"), ()),
        usage=Usage(),
        seen=frozenset({"3", "5", "6", "8", "9"}),
    )


def quoted() -> Summary:
    """The same where no model wrote it."""
    said = (ShownPerson(each.author, None, (each,)) for each in (FLOUR, NOTICE, OTHERS))
    shown = replace(bakery(model=None), lead=None, points=(), people=tuple(said))
    return replace(shown, open=(Text((OTHERS.quote, Mark((1,))), (OTHERS,)),))


_hostile = st.sampled_from(
    [
        "@everyone",
        "@",
        "everyone",
        "<",
        "<@123>",
        "@&5>",
        "[a](https://evil.example)",
        "[free]",
        "(https://evil.example)",
        "||hidden",
        "```ansi\n\x1b[31m",
        "**",
        "~~__*",
        "# big",
        "\u202eesrever",
        "](",
        "> quoted",
        "-# small",
        "- item",
        "1. first",
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
_bits = st.one_of(_hostile, st.text(max_size=20))
urls = st.one_of(
    st.none(),
    st.integers(1, 9).map(
        lambda n: f"{CHANNEL}234567890123456789/1234567890123456789/{n}" + "0" * 18
    ),
    texts.filter(lambda text: not text.startswith("https://")),
)
quotes = st.builds(
    Evidence,
    message_id=texts,
    author=texts,
    quote=texts,
    url=urls,
    posted_at=st.one_of(st.none(), st.just(MORNING)),
)
evidence = st.lists(quotes, min_size=1, max_size=4).map(tuple)
marks = st.lists(st.integers(0, 9), max_size=4).map(lambda places: Mark(tuple(places)))
parts = st.lists(st.one_of(_bits, texts, texts.map(Name), _bits.map(Name), marks), max_size=12)
cited_texts = st.builds(Text, parts=parts.map(tuple), evidence=evidence)
ids = st.integers(1, 300)
names = st.lists(texts, max_size=9).map(tuple)
counts = st.lists(st.builds(Count, st.sampled_from(["bot", "odd_reason"]), ids), max_size=9)
receipts = st.builds(
    Receipt,
    messages=ids,
    read=ids,
    skipped=counts.map(tuple),
    authors=ids,
    cited=ids,
    not_cited=st.lists(texts, max_size=30).map(tuple),
    rejected=counts.map(tuple),
    contested=st.integers(0, 3),
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
    since=st.one_of(st.none(), st.just("12")),
    to_you=st.lists(quotes, max_size=9).map(tuple),
    lead=st.one_of(st.none(), cited_texts),
    points=st.lists(
        st.builds(ShownPoint, title=texts, text=cited_texts, wanted_by=names), max_size=12
    ).map(tuple),
    open=st.lists(cited_texts, max_size=9).map(tuple),
    people=st.lists(
        st.builds(
            ShownPerson,
            author=texts,
            stand=st.one_of(st.none(), texts),
            evidence=st.lists(quotes, max_size=3).map(tuple),
        ),
        max_size=30,
    ).map(tuple),
    receipt=receipts,
    usage=st.just(Usage()),
    seen=st.just(frozenset({"1"})),
    news=ids,
)
