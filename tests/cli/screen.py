"""What a terminal gets to print."""

from io import StringIO

from rich.console import Console, RenderableType


def printed(part: RenderableType, *, styled: bool = True, width: int = 100) -> str:
    """A part as a terminal prints it, with colours and links or without."""
    out = StringIO()
    system = "standard" if styled else None
    Console(file=out, force_terminal=styled, color_system=system, width=width).print(part)
    return out.getvalue()
