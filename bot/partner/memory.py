"""Topics as they were when somebody last asked, so that who asks next need not wait for them.

It holds people's words outside of the database: what was erased must not linger here either. So
all of a topic is forgotten with any change that may erase, and a snapshot that was taken before
such a change is not taken in after it. A change by another program shows in the version.
"""

from collections import OrderedDict

from bot.partner.snapshot import Snapshot

MOST = 25_000
"""Messages of all snapshots together; one of 10,000 messages takes some 35 MB (see tests/bench)."""


class Memory:
    """The snapshots asked for last, of at most `most` messages in all."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[int, Snapshot] = OrderedDict()
        self.age = 0
        """How often something was forgotten."""

    def recall(self, topic_id: int, version: int) -> Snapshot | None:
        """The topic, if it is known in this very version; an older one goes."""
        kept = self._kept.get(topic_id)
        if kept is None:
            return None
        if kept.topic.version != version:
            del self._kept[topic_id]
            return None
        self._kept.move_to_end(topic_id)
        return kept

    def keep(self, taken: Snapshot, age: int) -> None:
        """Takes in what was put together at that age, and lets go of what was asked for longest
        ago. What is larger than the whole memory is not taken in."""
        if age != self.age or taken.topic.messages > self._most:
            return
        self._kept[taken.topic.id] = taken
        self._kept.move_to_end(taken.topic.id)
        while sum(kept.topic.messages for kept in self._kept.values()) > self._most:
            self._kept.popitem(last=False)

    def forget(self, topic_id: int | None = None) -> None:
        """Lets go of a topic, or of all."""
        self.age += 1
        for key in [key for key in self._kept if topic_id in (None, key)]:
            del self._kept[key]
