"""Later years in words of one language: in how much each comes to, how long it goes on and why it ends, or when it begins."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.core.rules import FIGURE, Determination, Outcome, Reason
from chengnuo.policies.course import Course, Span
from chengnuo.policies.questions import questions
from chengnuo.policies.values import amount, outcome, phrase

# said only where they fail
OF_EVERY_PROGRAMME = ("in_force", "is_born", "claimed", "in_time", "something_due")


def years_told(found: Determination, course: Course, language: str) -> Iterator[tuple[str, str]]:
    """Years of an entitlement, and what is due in them; none where the sum of this year has said it."""
    this_year_alone = len(course.spans) == 1 and course.spans[0].first == course.spans[0].last
    if found.outcome is Outcome.ENTITLED and found.amount is not None and not this_year_alone:
        for span in course.spans:
            yield _years(span, language) + _window(span, language), amount(span.found, language)


def then_told(found: Determination, course: Course, language: str) -> str:
    """Why an entitlement ends, when there will be one, or that its sum is not known here; "" where nothing of it is to be said."""
    if FIGURE in found.needs:
        return phrase("figure", language)
    if found.outcome is Outcome.ENTITLED:
        return _end(course, language)
    return "".join(_beginning(span, language) for span in course.spans)


def _years(span: Span, language: str) -> str:
    key = "years_on" if span.last is None else "year" if span.last == span.first else "years_to"
    return phrase(key, language, first=span.first, last=span.last)


def _window(span: Span, language: str) -> str:
    return "" if span.opens is None else phrase("window", language, opens=span.opens, closes=span.found.closes)


def _beginning(span: Span, language: str) -> str:
    if span.found.outcome is Outcome.UNDECIDED:
        return phrase("perhaps_later", language, year=span.first, window=_window(span, language))
    said = outcome(span.found, language) + _window(span, language)
    return phrase("later", language, year=span.first, outcome=said)


def _end(course: Course, language: str) -> str:
    if course.ends is None:
        return ""
    last = course.spans[-1].last
    failed = [each.condition.name for each in course.ends.failed if not _goes_without_saying(each)]
    if not failed:
        return phrase("ends", language, year=last)
    why = phrase("comma", language).join(name.in_language(language) for name in failed)
    return phrase("ends_as", language, year=last, why=why)


def _goes_without_saying(reason: Reason) -> bool:
    """What every programme has; and that this year's support was claimed."""
    claimed = any(questions().of(fact).afterwards for fact, _known in reason.grounds.facts)
    return claimed or reason.condition.key in OF_EVERY_PROGRAMME
