"""What is bound once, when every application is ready."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import resolve
from django.utils import translation

from chengnuo.benefits.models import Award, Bulk, Claim, Objection
from chengnuo.cases.models import Case, Pressed, Step
from chengnuo.channels.models import ClosedLetter
from chengnuo.core.text3 import Text3
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.noun import Noun
from chengnuo.foundation.ports import Ports, ports
from chengnuo.foundation.refs import Ref, registry
from chengnuo.imports.models import ImportBatch
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.notices.models import Notice
from chengnuo.openness.models import BoardSheet
from chengnuo.outreach.models import Letter, Reminder
from chengnuo.payments.models import Batch, Fund, Payment, Recovery
from chengnuo.promises.models import Duty, Release
from chengnuo.registers.models import Finding, Pair
from chengnuo.reviews.models import Amendment, Campaign, Check, Review
from chengnuo.web.permissions import ADDRESSES


def test_every_port_is_bound():
    assert all(hasattr(ports, name) for name in Ports.__annotations__)


def test_what_a_duty_points_to_is_known_with_address_and_rows():
    assert any(pair.model is Duty for pair in registry.pairs)
    kinds = {
        "case": Case,
        "step": Step,
        "pressed": Pressed,
        "release": Release,
        "closed_letter": ClosedLetter,
        "board_sheet": BoardSheet,
        "notice": Notice,
        "meeting": Meeting,
        "resolution": Resolution,
        "import_batch": ImportBatch,
        "claim": Claim,
        "objection": Objection,
        "bulk": Bulk,
        "amendment": Amendment,
        "award": Award,
        "resident": None,
        "finding": Finding,
        "pair": Pair,
        "batch": Batch,
        "fund": Fund,
        "payment": Payment,
        "recovery": Recovery,
        "campaign": Campaign,
        "review": Review,
        "review_check": Check,
        "letter": Letter,
        "reminder": Reminder,
    }
    assert {kind: known.model for kind, known in registry.kinds.items()} == kinds


@pytest.mark.parametrize("kind", ["case", "release", "board_sheet", "closed_letter", "notice", "import_batch"])
def test_what_is_pointed_to_is_shown_somewhere_that_answers(kind):
    ref = Ref(kind, uuid4())
    assert resolve(registry.link(ref)).view_name in ADDRESSES


def test_the_system_may_do_what_the_moves_of_time_need():
    assert {
        "case.lapse",
        "duty.escalate",
        "release.owe",
        "release.publish",
        "board_sheet.owe",
        "board_sheet.miss",
        "board_sheet.expire",
        "notice.put",
        "notice.expire",
    } <= {action for action, rule in gate.rules.items() if rule.cell("system")}


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "甲"), ("zh-hant", "乙"), ("en", "c")])
def test_a_text_speaks_the_readers_language(language, text):
    with translation.override(language):
        assert str(Text3("甲", "乙", "c")) == text


def test_every_noun_has_a_kind_of_its_own():
    kinds = [noun.kind for noun in Noun.__subclasses__() if noun.__module__.startswith("chengnuo.")]
    assert len(kinds) == len(set(kinds)) >= 2
