"""A summary, of what was said from a message on: what is left when the earlier words are not."""

from dataclasses import replace

from bot.core.summary import Quote, ShownQuestion, ShownViewpoint, Summary

NOTE = "Only what was said from here on; /summary has the whole."


def since(summary: Summary, start: int) -> Summary:
    """Questions and viewpoints with evidence in the message `start` or in later ones.

    Discord's ids grow with time. A viewpoint keeps its claim, unless that was an earlier quote,
    and of its people those who spoke for it since.
    """
    viewpoints = [_viewpoint(each, start) for each in summary.viewpoints]
    questions = [_question(each, start) for each in summary.questions]
    return replace(
        summary,
        headline=NOTE,
        questions=tuple(each for each in questions if each.evidence),
        viewpoints=tuple(each for each in viewpoints if each.evidence),
    )


def _viewpoint(viewpoint: ShownViewpoint, start: int) -> ShownViewpoint:
    evidence = _later(viewpoint.evidence, start)
    spoke = {quote.author for quote in evidence}
    authors = tuple(author for author in viewpoint.authors if author in spoke)
    claim = evidence[0].quote if evidence and viewpoint.speaks_for_itself else viewpoint.claim
    return replace(viewpoint, claim=claim, authors=authors, evidence=evidence)


def _question(question: ShownQuestion, start: int) -> ShownQuestion:
    return replace(question, evidence=_later(question.evidence, start))


def _later(evidence: tuple[Quote, ...], start: int) -> tuple[Quote, ...]:
    return tuple(
        quote
        for quote in evidence
        if quote.message_id.isdecimal() and int(quote.message_id) >= start
    )
