"""The engine with a language model: prompt, schema, check, repair; ids before words throughout."""

from bot.engines.llm.engine import VARIABLES, LLMEngine

__all__ = ["VARIABLES", "LLMEngine"]
