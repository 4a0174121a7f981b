"""A discussion on hats in four messages, and any that Hypothesis can think of."""

from hypothesis import strategies as st

from bot.core.brief_checks import Sources
from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic

ANA, BEN, CHO, DEV = (
    Author("a", "Ana"),
    Author("b", "Ben Okri"),
    Author("c", "Cho"),
    Author("d", "dev"),
)
HATS = Discussion(
    Topic("test", "hats", "Should hats come back?"),
    [
        Message("m1", ANA, "I think hats should come back. They cost 40 euros in 2019."),
        Message("m2", BEN, "Option 2 is better: caps. Nobody needs 300 hats.", reply_to="m1"),
        Message("m3", CHO, "Ana may be right if somebody mends them. See EIP-7610."),
        Message("m4", ANA, 'I said "a hat is a house for the head" and option 1 it is.'),
    ],
)
"""P1 is Ana, P2 is Ben, P3 is Cho."""


def sources(discussion: Discussion = HATS, instructions: str = "") -> Sources:
    """All of a discussion, to be cited."""
    words = "\n".join(message.content for message in discussion.messages.values())
    return Sources(discussion, set(discussion.ids), words, instructions)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=0, max_size=60
) | st.sampled_from(
    ["Yes. No! Why?", "P1 says [1.1].", "**bold", "> quoted", "```code```", "[9.9]", "||secret||"]
)
DISCUSSIONS = st.lists(st.tuples(st.sampled_from("abcd"), WORDS), min_size=1, max_size=8).map(
    lambda said: Discussion(
        Topic("t", "t", "Title"),
        [Message(f"m{n}", Author(who, who.upper()), words) for n, (who, words) in enumerate(said)],
    )
)
TEXTS = st.lists(
    st.sampled_from(
        ["P1", "P2", "P9", " says ", "[1.1]", "[1.1, 2.1]", "[2.1-2.3]", "[7.7]", ". ", "**", "42"]
    )
    | WORDS,
    max_size=12,
).map("".join)
