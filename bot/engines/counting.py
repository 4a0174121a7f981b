"""Whether what a server counted can be so: a budget goes by it, and so does what was read.

Some servers count nothing and say so with a zero, and some cut a prompt without a word: their
count of it is the only trace.
"""

from collections.abc import Sequence

from bot.engines.completions import Completion
from bot.engines.estimate import FRAME, fewest, size_of

NONSENSE = 0.5
"""A count below this part of the fewest tokens that there can be was not counted at all."""
SMALLEST_CONTEXT = 1_000
"""Tokens: a server that reads fewer at a time is none. A smaller count is nonsense as well."""
ROUND = 512
"""Tokens: contexts are whole numbers of these, and one prompt in 512 is by chance."""
USUAL = 2
"""Times the fewest tokens that there can be are what there mostly are, or a little less."""
HIDDEN = 10_000
"""Tokens that a server may put before a prompt by itself."""


def is_sound(answer: Completion, texts: Sequence[str]) -> bool:
    """Whether what was counted of these texts and their answer can be so."""
    told = answer.told
    if told is None:
        return False
    least = NONSENSE * fewest(texts)
    most = sum(map(size_of, texts)) + HIDDEN + FRAME * len(texts)
    written = NONSENSE * fewest([answer.text])
    return max(1, least) <= told.prompt_tokens <= most and (
        max(bool(answer.text), written) <= told.completion_tokens
    )


def cut_at(answer: Completion, texts: Sequence[str]) -> int | None:
    """The tokens that a server did read of a prompt that it cut; None where it read all of it.

    Fewer than there can be were not all. Nor were fewer than usual, where their number is as round
    as the contexts of models are.
    """
    if answer.told is None or answer.told.prompt_tokens < SMALLEST_CONTEXT:
        return None
    read, least = answer.told.prompt_tokens, fewest(texts)
    is_round = read % ROUND == 0
    return read if read < (USUAL * least if is_round else least) else None
