"""What both sides are asked: six programmes on one day, at one place, with the readings that the peer was written for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.policies.hubei.programmes.only_child_allowance import OnlyChildAllowance
from chengnuo.policies.loader import parameters
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.childcare import ChildcareSubsidy
from chengnuo.policies.national.programmes.complications import Complications
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.national.programmes.incentive import Incentive

DAY, PLACE = date(2026, 12, 31), "420526000000"
IDS = ("household_id", "person_id", "role")
SIX: tuple[type[Programme], ...] = (
    ChildcareSubsidy,
    Incentive,
    Bereaved,
    DisabledChild,
    Complications,
    OnlyChildAllowance,
)
# a lawyer may answer otherwise some day; the peer is not written again for it
READINGS: Mapping[str, str] = {
    "childcare.claimed_in_second_year": "three_from_then",
    "childcare.year_of_death": "whole_year",
    "special.age_counts": "whole_year",
    "special.year_of_end": "months",
    "special.moves": "month_after",
    "special.several_lost": "excluded",
    "special.wife_not_parent": "wifes_age",
    "special.mixed_couple": "own",
    "special.years_made_up": "none",
    "complications.year_of_end": "months",
    "complications.beside_special": "allowed",
    "complications.years_made_up": "none",
    "incentive.age_counts": "whole_year",
    "incentive.year_of_end": "whole_year",
    "incentive.whose_registration": "both",
    "incentive.never_had_a_child": "excluded",
    "incentive.beside_complications": "allowed",
    "incentive.moves": "month_after",
    "incentive.local_rate": "not_counted",
    "incentive.years_made_up": "none",
    "only_child.for_whom": "each_certificate",
    "only_child.last_month": "paid",
    "only_child.year_of_end": "months",
}


def asked(day: date = DAY) -> Asked:
    return Asked(day, place=PLACE)


def law() -> Parameters:
    return parameters().with_readings(READINGS)
