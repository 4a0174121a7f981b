"""Names for people whom a data set leaves without one, or whose own are not to be known."""

from itertools import islice, product

_FIRST = ("Ba", "De", "Fi", "Go", "Ka", "Le", "Mi", "No", "Ru", "Sa", "Te", "Vo")
_LAST = ("lin", "mor", "nak", "pel", "rus", "sev", "tam", "vik")


def names(count: int) -> list[str]:
    """The first of 96 made-up names; the last one has everybody beyond."""
    made = [first + last for last, first in islice(product(_LAST, _FIRST), count)]
    return made + [made[-1]] * (count - len(made))
