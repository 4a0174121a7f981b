"""A draft made shorter: what it quotes goes first, then its last sentences.

A function of the draft's text, so that a button needs to carry only how often it was pressed.
"""

from bot.core.boundaries import sentence_ends


def shortened(text: str, times: int) -> str:
    """The text after so many steps; a text of one sentence stays as it is."""
    for _ in range(times):
        shorter = _step(text)
        if shorter == text:
            break
        text = shorter
    return text


def _step(text: str) -> str:
    own = [line for line in text.split("\n") if not line.startswith(">")]
    without_quotes = "\n".join(own).strip()
    if without_quotes and without_quotes != text.strip():
        return without_quotes
    return _half(text.strip())


def _half(text: str) -> str:
    """The first sentences that fit half of the length, one at least."""
    if not text:
        return text
    ends = list(sentence_ends(text))
    kept = [end for end in ends if end <= len(text) / 2]
    return text[: kept[-1] if kept else ends[0]].strip()
