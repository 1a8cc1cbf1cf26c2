"""A refusal states its reasons and the law, and the family reads both and every way to object."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import handle
from chengnuo.cases.operations.handle import ReasonsMissing
from chengnuo.foundation.actor import resident
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere
from tests.factories import cases, county
from tests.factories.cases import DESK
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
REASONS, LAW = "户口不在本村，请到户口所在地申请。", "户口登记条例 第六条"


def test_the_family_reads_why_by_which_law_and_how_to_object(monday):
    begun = cases.begin()
    case = begun.case
    assert cases.deed(case, "refuse", DESK, reasons=REASONS, law=LAW).status_code == 302
    case = cases.again(case)
    assert (case.status, cases.opened(case.refusal_law), case.finished_by.key) == ("refused", LAW, DESK)
    assert LAW not in f"{vars(case)}", "which law it was tells what was asked for"
    assert cases.duty_of(case).outcome == "kept"
    last = cases.told(case)[-1]
    assert REASONS in last
    assert LAW in last
    family = Browser()
    family.open("/follow/")
    family.send("/follow/", code=begun.code)
    assert REASONS in family.text
    assert LAW in family.text
    assert "12345" in family.text
    assert "You need not accept this" in family.text
    # nothing is left to be done: no button, no move
    assert cases.buttons(case, DESK) == set()


@pytest.mark.parametrize(("reasons", "law"), [("", LAW), (REASONS, ""), ("  \n", LAW), (REASONS, " "), ("", "")])
def test_without_reasons_or_without_the_law_nothing_is_refused(monday, reasons, law):
    case = cases.ask()
    page = cases.deed(case, "refuse", DESK, reasons=reasons, law=law)
    assert page.status_code == 200
    assert (reasons.strip() or law.strip()) in page.content.decode()
    with pytest.raises(ReasonsMissing):
        cases.does(handle.refuse, case, DESK, at=county.MONDAY, reasons=reasons, law=law)
    assert cases.again(case).status == "received"


@pytest.mark.parametrize("field", ["reasons", "law"])
def test_what_is_never_recorded_is_no_reason_and_what_was_typed_stays(monday, field):
    """Charter, right 1: and right 2, where an office would rely on it."""
    case = cases.ask()
    typed = {"reasons": REASONS, "law": LAW} | {field: "属于计划外生育，第三条"}
    page = cases.deed(case, "refuse", DESK, **typed).content.decode()
    assert "never records" in page
    for words in typed.values():
        assert words in page
    with pytest.raises(NotForTheRecord):
        cases.does(handle.refuse, case, DESK, at=county.MONDAY, **typed)
    assert cases.again(case).status == "received"


def test_nobody_but_the_holder_refuses():
    case = cases.ask()
    for by in (resident(case.pk), cases.HEAD, cases.TOWNSHIP_HEAD):
        with pytest.raises((NotAllowed, NotHere)):
            cases.does(handle.refuse, case, by, at=county.MONDAY, reasons=REASONS, law=LAW)
