"""Any rule for any families gives in a block what it gives for each family alone."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import Miswritten
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks import determine
from chengnuo.core.rules.graph import COUNT, DAY, TRUTH
from tests.unit.core.rules.blocks import chance
from tests.unit.core.rules.blocks.comparing import by_block, by_scalar, said, values_by_block, values_by_scalar

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
def small_parts():
    """So that parts end inside, and rows are narrowed whenever one fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(determine, "AT_ONCE", 2)
        patch.setattr(determine, "FEW", 1.01)
        yield


def refused(evaluator, *question):
    """Whether it may overflow, which only blocks mind."""
    try:
        return said(evaluator, *question)
    except Miswritten:
        return None


@MANY
@given(st.tuples(chance.programmes("first"), chance.programmes("second")), QUESTIONS, FAMILIES)
def test_any_programmes_for_any_families(programmes, asked, families):
    question = list(programmes), chance.LAW, asked, families
    if (found := refused(by_block, *question)) is not None:
        assert found == said(by_scalar, *question)


@MANY
@given(st.sampled_from([TRUTH, COUNT, DAY]).flatmap(chance.graphs), QUESTIONS, FAMILIES)
def test_any_rule_has_the_same_value_and_the_same_is_known(rule, asked, families):
    question = rule, Law(chance.LAW, asked), "person", families
    if (found := refused(values_by_block, *question)) is not None:
        assert found == values_by_scalar(*question)
