from bot.core.state import TopicState
from bot.engines import Draft, Wanted
def openings(state: TopicState, wanted: Wanted) -> tuple[Draft, ...]: return ()
