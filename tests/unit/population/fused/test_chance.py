"""The kernel that is written for any rule gives what the rule gives for each family alone. Its text is run as it stands."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import Miswritten
from chengnuo.core.rules.graph import COUNT, DAY, TRUTH
from chengnuo.population import fused
from chengnuo.population.fused import Fused
from tests.unit.core.rules.blocks import chance
from tests.unit.core.rules.blocks.comparing import by_block, by_scalar, said
from tests.unit.population.fused.interpreting import interpreted

# a rule that was found is not made smaller: it takes minutes, and the seed finds it again
MANY = settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
    report_multiple_bugs=False,
)
FAMILIES = st.lists(chance.FAMILIES, max_size=4)
QUESTIONS = st.sampled_from(chance.QUESTIONS)


@pytest.fixture(scope="module", autouse=True)
def uncompiled():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fused, "compiled", interpreted)
        yield


def agree(programmes, asked, families):
    question = programmes, chance.LAW, asked, families
    try:
        found = said(by_block, *question, Fused)
    except Miswritten:
        return
    assert found == said(by_scalar, *question)


@MANY
@given(st.tuples(chance.programmes("first"), chance.programmes("second")), QUESTIONS, FAMILIES)
def test_any_programmes_for_any_families(programmes, asked, families):
    agree(list(programmes), asked, families)


@MANY
@given(st.sampled_from([TRUTH, COUNT, DAY]).flatmap(chance.graphs), QUESTIONS, FAMILIES)
def test_any_rule_has_the_same_value_and_the_same_is_known(rule, asked, families):
    agree(chance.telling(rule, "person"), asked, families)
