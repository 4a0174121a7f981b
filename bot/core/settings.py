"""What is wrong with a setting, in a sentence: where it stands, what it is called, what it takes.

What somebody wrote is never repeated: it may be a key that stands in the wrong place.
"""

from collections.abc import Mapping
from difflib import get_close_matches

Known = Mapping[str, Mapping[str, str]]
"""What each setting takes, in words, by section and name."""
PREFIX = "MOOT_"
VERY_LIKE = 0.85
"""How like two variables are that may be one: all begin and many go on alike."""


def variable(section: str, name: str) -> str:
    """The environment's name of a setting.

    >>> variable("llm", "model")
    'MOOT_LLM__MODEL'
    """
    return f"{PREFIX}{section}__{name}".upper()


def wrong(file: str, section: str, name: str, takes: str) -> str:
    """Of a setting in a file that has a value which it does not take."""
    return f"{file}: {name} under [{section}] takes {takes}."


def wrong_variable(section: str, name: str, takes: str) -> str:
    """The same in the environment, where nothing stands in quotes."""
    return f"The variable {variable(section, name)} takes {takes.replace(' in quotes', '')}."


def no_section(file: str, section: str) -> str:
    """Of a section's name that has something else than settings."""
    return f"{file}: {section} is a section: write its settings below a line [{section}]."


def unknown_section(file: str, section: str, known: Known) -> str:
    """Of a section that nothing reads."""
    sections = ", ".join(f"[{each}]" for each in known)
    near = get_close_matches(section, known, n=1)
    offer = f"did you mean [{near[0]}]?" if near else f"there are {sections}."
    return f"{file}: there is no section [{section}]; {offer}"


def unknown(file: str, section: str | None, name: str, known: Known) -> str:
    """Of a setting that nothing reads; without a section it stands above the first."""
    where = f"under [{section}]" if section else "above the first section"
    return f"{file}: there is no setting {name} {where}; {_offer(section, name, known)}"


def _offer(section: str | None, name: str, known: Known) -> str:
    here = known.get(section or "", {})
    if near := get_close_matches(name, here, n=1):
        return f"did you mean {near[0]}?"
    if homes := [each for each, settings in known.items() if name in settings]:
        return f"it belongs under [{homes[0]}]."
    if here:
        return f"there are {', '.join(here)}."
    return f"settings stand under {', '.join(f'[{each}]' for each in known)}."


def unknown_variable(name: str, known: Known) -> str:
    """Of a variable that looks like Moot's, and that nothing reads."""
    names = {variable(section, each): each for section in known for each in known[section]}
    end = name.lower().removeprefix(PREFIX.lower()).rpartition("__")[2]
    near = get_close_matches(name.upper(), names, n=1, cutoff=VERY_LIKE)
    near += [full for full, each in names.items() if each == end]
    offer = f"did you mean {near[0]}?" if near else "take it out of the environment."
    return f"Nothing reads the variable {name}; {offer}"
