"""The two or three sentences above a summary, even-handed by the ids that it must cover."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.checks import Grounds, faults
from bot.core.copies import copies, source
from bot.core.ledger import Viewpoint
from bot.engines.llm import shapes
from bot.engines.llm.explaining import explain
from bot.engines.llm.picture import Picture

HEADLINE_LENGTH = 700
COPIED = 6
"""Words in a row that make a copy: a headline has no author, so it may be nobody's words. Of 50
summaries that people wrote of mailing list threads (ConvoSumm, val), 7 have such a run."""
SHORTEST, SHORTEST_UNSPACED = 40, 12
"""Characters below which a headline can only be a title; fewer where a character is a word."""


class HeadlineAnswer(BaseModel):
    """Ids before words."""

    model_config = ConfigDict(extra="ignore")

    covers: list[str]
    headline: str


def schema(picture: Picture, own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of a headline."""
    known = [f"V{each.id}" for each in picture.viewpoints]
    text = shapes.text(HEADLINE_LENGTH, own_server)
    return shapes.closed({"covers": shapes.labels(known, own_server), "headline": text})


def check(picture: Picture) -> Callable[[HeadlineAnswer], Sequence[str]]:
    """What is wrong with a headline: unfounded words, or a side that it leaves out."""
    main = main_opposition(picture.viewpoints)
    names = frozenset(picture.state.names.values())
    speakers = len(picture.state.ledger.quoted)
    holders = max((len(each.authors) for each in picture.viewpoints), default=0)
    grounds = Grounds(
        picture.sentences(picture.viewpoints),
        names=names,
        holders=holders,
        speakers=speakers,
        instructions=picture.instructions,
        limit=HEADLINE_LENGTH,
    )
    said = source(picture.said(), COPIED)

    def wrong(answer: HeadlineAnswer) -> Sequence[str]:
        told = [explain(reason, "headline") for reason in faults(answer.headline.strip(), grounds)]
        if copies(answer.headline, said):
            told.append(explain("copied", "headline"))
        if is_title(answer.headline):
            told.append("the headline is a title; write two or three full sentences")
        left_out = [f"V{each.id}" for each in main if f"V{each.id}" not in answer.covers]
        if left_out:
            told.append(f"the headline leaves out {' and '.join(left_out)}: give each side its due")
        return told

    return wrong


def is_title(text: str) -> bool:
    """Whether a headline tells nothing: a question, or words without a full stop."""
    text = text.strip()
    return text.endswith(("?", "？", "؟")) or (
        not text.endswith((".", "!", "…", "。", "！", "।", "”", '"', "»"))
        or len(text) < (SHORTEST if text.isascii() else SHORTEST_UNSPACED)
    )


def main_opposition(viewpoints: Sequence[Viewpoint]) -> tuple[Viewpoint, ...]:
    """The two opposing viewpoints that most people hold, or none."""
    known = {each.id: each for each in viewpoints}
    pairs = [
        (each, known[other])
        for each in viewpoints
        for other in each.opposes
        if other in known and other > each.id
    ]
    return max(
        pairs,
        key=lambda pair: (len(pair[0].authors) + len(pair[1].authors), -pair[0].id),
        default=(),
    )
