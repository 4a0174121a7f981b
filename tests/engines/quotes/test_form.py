"""Two sentences of which one reads better alone, for every thing that the form tells."""

import pytest

from bot.engines.quotes.form import form

PLAIN = "The shed behind the house is far too damp for any kiln."


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (PLAIN, "It is damp."),
        (PLAIN, f"{PLAIN[:-1]}, {', '.join(['and the walls are wet'] * 12)}."),
        (PLAIN, PLAIN.removesuffix(".")),
        (PLAIN, PLAIN.replace("The", "the")),
        (PLAIN, f"({PLAIN})"),
        (PLAIN, PLAIN.replace("The shed", "It is the shed that")),
        (PLAIN, PLAIN.replace("any kiln", "that one")),
        (PLAIN, f"By the way, {PLAIN}"),
        (PLAIN, f"I just saw it: {PLAIN}"),
        (PLAIN, f"Ana wrote: {PLAIN}"),
        (PLAIN, f"> {PLAIN}"),
        (PLAIN, "These are the things that we have to look at now:"),
        (PLAIN, f"{PLAIN} https://kilns.example"),
        (PLAIN, f"{PLAIN[:-1]}: 1200 + 300 + 45 + 60 + 18 = 1623, and 1999 + 2025 + 77 = 4101."),
        (f"We should think that {PLAIN}", f"We hear by mail that {PLAIN}"),
        ("We should ask about the wiring.", "People should ask about the wiring."),
        ("Nobody rents it because of the damp.", "Nobody rents it in spite of the damp."),
        (f"I was wrong: {PLAIN}", f"We should think that {PLAIN}"),
    ],
)
def test_what_reads_better_alone_is_worth_more(better: str, worse: str) -> None:
    assert form(better) > form(worse)
