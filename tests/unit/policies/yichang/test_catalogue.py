"""The county's catalogue stands, and a file that must not stand is refused with a sentence for its author."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

import chengnuo.policies
from chengnuo.core.text3 import Text3
from chengnuo.policies import catalogue
from chengnuo.policies.charter_words import tells_of
from chengnuo.policies.procedures import Procedure
from chengnuo.policies.sheet import Unfit

COUNTY = Path(chengnuo.policies.__file__).parent / "yichang" / "xingshan"
SERVICES = catalogue.load(COUNTY / "services")
PROCEDURES = catalogue.load(COUNTY / "procedures")
LINES_A_FILE = 60


@pytest.fixture
def changed(tmp_path: Path):
    """Reads a real service after a change to its data."""

    def read(file: str = "old-age-allowance", **changes: object) -> catalogue.Service:
        data = yaml.safe_load((COUNTY / "services" / f"{file}.yaml").read_text(encoding="utf-8")) | changes
        path = tmp_path / f"{file}.yaml"
        path.write_text(
            yaml.safe_dump({k: v for k, v in data.items() if v is not None}, allow_unicode=True),
            encoding="utf-8",
        )
        return catalogue.read(path)

    return read


def three(text: str) -> dict[str, str]:
    return {"hans": text, "hant": text, "en": text}


def test_the_catalogue_is_wide_enough_and_every_level_has_its_part():
    kinds = Counter((service.kind, service.level) for service in SERVICES)
    assert kinds["request", "village"] >= 4
    assert kinds["request", "township"] >= 8
    assert kinds["request", "county"] >= 8
    assert kinds["referral", "county"] >= 5


def test_the_procedures_that_cases_rest_on_are_promised():
    limits = {procedure.key: procedure.deadline for procedure in PROCEDURES}
    assert limits == {
        "missing-list": "working_days(5)",
        "reply-to-complaint": "calendar_days(15)",
        "answer-to-escalation": "working_days(3)",
        "answer-to-objection": "working_days(10)",
        "redo-after-not-resolved": "working_days(5)",
        "monthly-figures": "every(month)",
        "step-for-another-office": "working_days(5)",
        "look-into-pressure": "working_days(10)",
        "help-for-the-office-below": "working_days(5)",
        "board-sheet": "working_days(10)",
        "board-sheet-down": "working_days(10)",
        "claim-county-check": "working_days(10)",
        "claim-county-decision": "working_days(10)",
        "claim-township-notice": "working_days(15)",
        "claim-township-review": "working_days(10)",
        "claim-village-notice": "working_days(15)",
        "claim-village-review": "working_days(15)",
        "fund-covered": "working_days(10)",
        "fund-passed-on": "working_days(5)",
        "letter-handed-over": "working_days(20)",
        "told-on-paper": "working_days(5)",
        "renewal-reminder": "working_days(10)",
        "minutes-up": "working_days(15)",
        "notice-down": "working_days(1)",
        "notice-up": "working_days(1)",
        "payment-mended": "working_days(5)",
        "payment-paid-out": "working_days(5)",
        "record-mended": "working_days(10)",
        "recovery-answered": "working_days(15)",
        "recovery-decided": "working_days(10)",
        "reply-to-meeting": "working_days(20)",
        "review-begun": "working_days(20)",
        "review-check": "working_days(30)",
        "review-contact": "working_days(15)",
        "review-determined": "working_days(10)",
        "review-letter": "working_days(10)",
        "review-renewed": "working_days(10)",
    }
    assert set(limits) == set(Procedure)


def test_every_named_office_exists_and_every_bureau_promises_something():
    offices = yaml.safe_load((COUNTY / "offices.yaml").read_text(encoding="utf-8"))["offices"]
    bureaus = {office["key"] for office in offices if office["level"] == "county"}
    promised = [*SERVICES, *(procedure for procedure in PROCEDURES if procedure.office)]
    assert {each.office for each in promised if each.level == "county"} == bureaus


def test_a_request_states_its_cost_and_honest_figures():
    for service in SERVICES:
        assert (service.cost is None) == (service.kind == "referral"), service.key
        assert service.kind == "referral" or service.deadline, service.key


def test_a_referral_takes_nothing_and_its_telephone_belongs_to_nobody():
    for service in SERVICES:
        if service.kind == "referral":
            assert service.provider is not None
            assert (service.needs, service.channels) == ((), ())
            digits = service.provider.telephone.replace(" ", "")
            assert (digits[:3], len(digits)) == ("100", 11)
            assert "演示" in service.provider.provider.hans


def test_special_families_are_served_by_the_county_alone():
    sensitive = {service.key for service in SERVICES if service.sensitive}
    assert {"special-assistance", "complications-support", "inpatient-care-insurance"} <= sensitive


def test_no_need_of_any_request_tells_of_what_is_never_recorded():
    said = [need.name.hans + need.why.hans + need.name.en + need.why.en for s in SERVICES for need in s.needs]
    assert [text for text in said if tells_of(text)] == []


def test_somebody_finds_a_service_by_a_word_of_two_characters():
    assert all(any(len(word) == 2 for word in service.words) for service in SERVICES)


@pytest.mark.parametrize("path", sorted(COUNTY.glob("[sp]*s/*.yaml")), ids=lambda path: path.stem)
def test_a_service_is_a_small_file(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_A_FILE


def test_a_file_is_read_into_values(changed):
    service = changed(fee_fen=300)
    assert service.title == Text3("高龄津贴申请", "高齡津貼申請", "Apply for the old-age allowance")
    assert (service.fee_fen, service.office, service.provider) == (300, "", None)
    assert [need.instead for need in service.needs] == ["none", "held", "none"]


@pytest.mark.parametrize(
    ("changes", "where", "instead"),
    [
        ({"kind": "service"}, "kind", "request"),
        ({"deadline": "soon"}, "deadline", "working_days(5)"),
        ({"deadline": None}, "deadline", "working_days(5)"),
        ({"fee_fen": -1}, "fee_fen", "0 or more"),
        ({"fee_fen": True}, "fee_fen", "0"),
        ({"words": []}, "words", "word"),
        ({"words": ["高龄", "高龄"]}, "words", "word"),
        ({"channels": ["fax"]}, "channels", "counter"),
        ({"basis": []}, "basis", "at least one"),
        ({"cost": None}, "cost", "cost"),
        ({"titel": "高龄"}, "titel", "title"),
        ({"title": {"hans": "高龄", "en": "old"}}, "title › hant", "hant"),
        ({"title": {"hans": "高龄", "hant": " ", "en": "old"}}, "title", "all three"),
        ({"sensitive": True}, "sensitive", "county"),
        ({"office": "civil-affairs"}, "office", "nothing"),
        ({"level": "county"}, "office", "office"),
        ({"key": "another"}, "key", "old-age-allowance"),
        ({"from": "spring"}, "from", "2025-01-01"),
    ],
)
def test_a_line_that_cannot_stand_is_refused_with_its_place_and_a_remedy(changed, changes, where, instead):
    with pytest.raises(Unfit) as refused:
        changed(**changes)
    assert refused.value.where.endswith(f"old-age-allowance.yaml › {where}")
    assert instead in refused.value.instead


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"title": three("孕前优生健康检查")}, "孕前优生"),
        ({"summary": three("上环、取环免费")}, "上环"),
        ({"words": ["避孕"]}, "避孕"),
        ({"title": three("新生儿上户口")}, "新生儿"),
        ({"title": three("Help while you are pregnant")}, "pregnant"),
        ({"title": {"hans": "补贴", "hant": "產檢補貼", "en": "Subsidy"}}, "產檢"),
    ],
)
def test_no_case_may_tell_of_pregnancy_birth_a_method_an_examination_or_an_operation(changed, changes, word):
    with pytest.raises(Unfit, match=word) as refused:
        changed(**changes)
    assert "referral" in refused.value.instead


def test_a_referral_may_name_them_and_keeps_no_form(changed):
    assert changed("free-supplies").title.hans == "免费避孕药具"
    with pytest.raises(Unfit, match="needs"):
        changed("free-supplies", needs=[])


def test_a_key_written_twice_is_refused(tmp_path):
    path = tmp_path / "twice.yaml"
    path.write_text("key: twice\nkind: request\nkind: referral\n", encoding="utf-8")
    with pytest.raises(Unfit, match="kind is written twice"):
        catalogue.read(path)


def test_what_is_no_yaml_and_what_is_no_mapping_is_said(tmp_path):
    for text in ("key: [", "- a\n- b\n", ""):
        path = tmp_path / "broken.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Unfit, match=r"broken\.yaml"):
            catalogue.read(path)
