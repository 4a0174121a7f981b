"""The engine with a language model: prompt, schema, check, repair; every statement with its ids."""

from bot.engines.llm.engine import VARIABLES, LLMEngine
from bot.engines.llm.trial import BriefTrial, try_brief

__all__ = ["VARIABLES", "BriefTrial", "LLMEngine", "try_brief"]
