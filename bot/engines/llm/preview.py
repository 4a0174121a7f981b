"""What a prompt would be filled with for a topic, for those who write prompts; nothing is sent."""

from collections.abc import Mapping

from bot.core.discussion import Discussion
from bot.core.receipt import readable
from bot.engines import Material
from bot.engines.llm import prompt_data
from bot.engines.llm.engine import shown
from bot.engines.quotes import QuotesEngine

NEW = 5
"""Messages that are taken for new where a brief is carried on."""


async def preview(discussion: Discussion, name: str) -> Mapping[str, str]:
    """The variables of the prompt `name`; in place of a model's brief stands one of quotes."""
    messages = readable(discussion, discussion.ids)
    whole = Material(discussion, messages)
    brief = await QuotesEngine().brief(whole)
    match name:
        case "brief":
            return shown(whole, "brief")
        case "carry":
            return shown(Material(discussion, messages[-NEW:], (brief,), whole=messages), "carry")
        case "suggest":
            transcript = prompt_data.transcript(discussion, messages)
            member = prompt_data.label(discussion, None)
            title = f"{prompt_data.title(discussion)}\n"
            said = {"background": title, "messages": transcript, "member": member}
            return {**said, "count": "3", "wish": ""}
        case _:
            transcript = prompt_data.transcript(discussion, messages)
            question = prompt_data.words(discussion.topic.title)
            return {
                "messages": prompt_data.title(discussion) + transcript,
                "question": question,
            }
