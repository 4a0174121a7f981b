"""The table of the long threads, on threads short enough for every run of the tests."""

import pytest

from tests.bench.joined import joined
from tests.bench.long import table


def test_what_a_thread_costs_keeps_to_its_bounds_on_short_ones_too() -> None:
    if not joined(1):
        pytest.skip("The shared data is not beside the project.")
    rows = table(300)
    assert [str(row) for row in rows if row.broken] == []
    assert len([row for row in rows if row.bound is not None]) == 8
