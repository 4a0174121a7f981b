"""What a server is asked: the turns, the parameters, and the room for the answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.estimate import size_of, weight_of

Say = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: what is said, how it is to be answered, and in how many tokens at most.

    Where the server takes no such cap in the parameters, the answer is read as it is written and
    left at the cap.
    """

    said: Sequence[Say]
    parameters: Mapping[str, Any]
    max_tokens: int

    @property
    def is_capped(self) -> bool:
        """Whether the server itself sees to the cap."""
        return any(name in self.parameters for name in ("max_completion_tokens", "max_tokens"))

    @property
    def texts(self) -> list[str]:
        """All that is said."""
        return [each["content"] for each in self.said]

    @property
    def weight(self) -> int:
        """What the estimate of its tokens goes by."""
        return sum(map(weight_of, self.texts)) + size_of(json.dumps(dict(self.parameters)))

    @property
    def sent(self) -> set[str]:
        """What a server may refuse of it."""
        more = {"system"} if any(each["role"] == "system" for each in self.said) else set[str]()
        return {*self.parameters, *more, *(() if self.is_capped else ("stream",))}
