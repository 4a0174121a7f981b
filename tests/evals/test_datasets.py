"""The data sets as they are shared: what is read of them adds up."""

import pytest

from bot.evals.datasets import convosumm, kpa, perspectrum, qmsum
from tests.engines.threads import SHARED

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared data is not beside the project"
)


def test_meetings_have_turns_and_queries_with_evidence() -> None:
    meetings = list(qmsum.meetings(DATA / "qmsum", "val"))
    queries = [query for _, found in meetings for query in found]
    assert (len(meetings), len(queries)) == (35, 237)
    assert all(query.question and query.evidence for query in queries)
    for thread, found in meetings:
        known = {each.source_id for each in thread.messages}
        assert all(set(query.evidence) <= known for query in found)


def test_mails_have_a_name_each_and_threads_a_summary() -> None:
    threads = list(convosumm.threads(DATA / "convosumm", "val"))
    assert len(threads) == 50
    mails = [mail for thread, _ in threads for mail in thread.messages]
    assert not [each for each in mails if each.author.name.startswith("author of")]
    assert not [each for each in mails if "Subject:" in each.content[:20]]
    assert all(len(summary.split()) > 20 for _, summary in threads)


def test_arguments_have_key_points_of_their_own_side() -> None:
    topics = kpa.arguments(DATA / "kpa2021", "dev")
    arguments = [each for found in topics.values() for each in found]
    assert (len(topics), len(arguments)) == (4, 932)
    unmatched = sum(not each.key_points for each in arguments)
    assert unmatched / len(arguments) == pytest.approx(0.28, abs=0.02)


def test_claims_have_perspectives_on_their_sides() -> None:
    claims = list(perspectrum.claims(DATA / "perspectrum", "dev"))
    assert len(claims) == 139
    assert "Vaccination must be made compulsory" in {each.text for each in claims}
    assert sum(bool(each.supports and each.undermines) for each in claims) > 70
