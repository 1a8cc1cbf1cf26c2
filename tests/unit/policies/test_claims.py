"""With which service a programme is claimed: every line of the file is a programme's and a service's."""

import pytest

from chengnuo.policies import claims as sheet
from chengnuo.policies.claims import claims
from chengnuo.policies.county import XINGSHAN
from chengnuo.policies.sheet import Unfit


def test_a_claim_leads_from_a_programme_to_a_service_of_the_county():
    assert claims()["rural-incentive"] == "rural-incentive-support"
    assert not [key for key in claims().values() if not (XINGSHAN / "services" / f"{key}.yaml").exists()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("childcare-subsidi: childcare-subsidy", "childcare-subsidi: is not a key here.*childcare-subsidy"),
        ("childcare-subsidy: Childcare Subsidy", "small letters and digits"),
        ("childcare-subsidy: [childcare-subsidy]", "It has to be a str"),
        ("childcare-subsidy:", "is missing"),
        ("childcare-subsidy: a\nchildcare-subsidy: b", "written twice"),
    ],
)
def test_a_line_that_cannot_stand_is_refused(tmp_path, monkeypatch, line, said):
    file = tmp_path / "claims.yaml"
    file.write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.setattr(sheet, "FILE", file)
    with pytest.raises(Unfit, match=f"(?s){said}"):
        claims.__wrapped__()
