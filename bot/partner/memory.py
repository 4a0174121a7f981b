"""Where topics stood when somebody last asked, so that who asks next need not wait for it.

It holds people's words outside of the database: what was erased must not linger here either. So
all of a topic is forgotten with any change that may erase, and a standing that was put together
before such a change is not taken in after it. A change by another program shows in the version.
"""

from collections import OrderedDict

from bot.partner.standing import Standing

MOST = 25_000
"""Messages of all standings together; one of 10,000 messages takes some 35 MB (see tests/bench)."""


class Memory:
    """The standings asked for last, each by topic and engine, of at most `most` messages in all."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, str], Standing] = OrderedDict()
        self.age = 0
        """How often something was forgotten."""

    def recall(self, topic_id: int, engine: str, version: int) -> Standing | None:
        """Where the topic stands, if that is known of this very version; an older one goes."""
        kept = self._kept.get((topic_id, engine))
        if kept is None:
            return None
        if kept.topic.version != version:
            del self._kept[topic_id, engine]
            return None
        self._kept.move_to_end((topic_id, engine))
        return kept

    def keep(self, engine: str, standing: Standing, age: int) -> None:
        """Takes in what was put together at that age, and lets go of what was asked for longest
        ago. What is larger than the whole memory is not taken in."""
        if age != self.age or standing.topic.messages > self._most:
            return
        self._kept[standing.topic.id, engine] = standing
        self._kept.move_to_end((standing.topic.id, engine))
        while sum(each.topic.messages for each in self._kept.values()) > self._most:
            self._kept.popitem(last=False)

    def forget(self, topic_id: int | None = None) -> None:
        """Lets go of a topic, or of all."""
        self.age += 1
        for key in [key for key in self._kept if topic_id in (None, key[0])]:
            del self._kept[key]
