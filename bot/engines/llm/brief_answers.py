"""What a model answers where it is asked for a brief, or to mend one."""

from pydantic import Field

from bot.engines.llm.schemas import Answer


class PointAnswer(Answer):
    """A point as the model writes it."""

    title: str = ""
    lines: list[str] = Field(default_factory=list)
    wanted_by: list[str] = Field(default_factory=list, alias="for")


class StandAnswer(Answer):
    """A person's line as the model writes it."""

    who: str = ""
    called: str = ""
    stand: str = ""
    cites: list[str] = Field(default_factory=list)


class BriefAnswer(Answer):
    """A brief as the model writes it."""

    people: list[StandAnswer] = Field(default_factory=list[StandAnswer])
    lead: str = ""
    state: list[str] = Field(default_factory=list)
    points: list[PointAnswer] = Field(default_factory=list[PointAnswer])
    open: list[str] = Field(default_factory=list)
    headings: list[str] = Field(default_factory=list)


class MendedStatement(Answer):
    """A statement written anew; without words where it is to go."""

    statement: str = ""
    text: str = ""


class Mended(Answer):
    """What the model mends of its brief."""

    mended: list[MendedStatement] = Field(default_factory=list[MendedStatement])
    people: list[StandAnswer] = Field(default_factory=list[StandAnswer])
