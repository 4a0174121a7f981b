"""The table of the long threads, on threads short enough for every run of the tests."""

import pytest

from tests.bench.joined import joined
from tests.bench.long import table


def test_every_figure_but_the_one_of_long_threads_keeps_to_its_bound_on_short_ones_too() -> None:
    if not joined(1):
        pytest.skip("The shared data is not beside the project.")
    ten_more, _, *others = table(200)
    assert ten_more.figure < 0.5
    for row in others:
        assert row.bound is None or row.figure <= row.bound, row
