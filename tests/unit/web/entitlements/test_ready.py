"""The law that is bound before anybody asks is the one that the first visitor asks for."""

import pytest

from chengnuo.policies import bound as kept
from chengnuo.policies.programmes import programmes
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.ready import bind_law
from tests.unit.web.entitlements.asked import all_asked, answers
from tests.unit.web.entitlements.test_asking import BABY

pytestmark = [pytest.mark.usefixtures("monday")]


def test_the_first_visitor_of_the_county_waits_for_no_law(settings):
    settings.COUNTY = "420526"
    kept._bound.cache_clear()
    bind_law()
    before = kept._bound.cache_info()
    now = all_asked(BABY, today=answers().today.replace(2026, 3, 2), who="child", children="1")[1]
    assert Asking(now.answers).found
    assert kept._bound.cache_info().misses == before.misses


def test_every_programme_is_bound_once(settings):
    settings.COUNTY = "429006"
    kept._bound.cache_clear()
    bind_law()
    first = kept._bound.cache_info()
    assert first.currsize >= len(programmes())
    bind_law()
    assert kept._bound.cache_info().misses == first.misses
