"""What adults would answer of work, retirement and insurance."""

from __future__ import annotations

import numpy as np

from chengnuo.population.synth.days import YEAR, end_of
from chengnuo.population.synth.draws import Draws, Truths, Whole
from chengnuo.population.synth.given import Given

FEN = 100
WORKS_FROM, AGED = 18, 60
RETIRES = (55, 60)  # women, men


def of_work(draws: Draws, year: int, born: Whole, *, rural: Truths, man: Truths) -> dict[str, Given]:
    """Who retired from work has its pension; who neither works nor retired from it is mostly insured as a resident."""
    retired_on = born + np.where(man, RETIRES[1], RETIRES[0]) * YEAR + draws.between("retires later by", 16, YEAR)
    retired = draws.chance("retired with a pension", np.where(rural, 80, 600)) & (retired_on <= end_of(year))
    age = (end_of(year) - born) // YEAR
    of_age = (age >= WORKS_FROM) & (age < AGED)
    employed = of_age & ~retired & draws.chance("employed", np.where(rural, 380, 740))
    public = retired & draws.chance("from a public body", 320)
    resident = ~employed & ~retired & (age >= WORKS_FROM) & draws.chance("insured as a resident", 800)
    return {
        "employed": Given(employed),
        "retired": Given(retired_on, retired),
        "public_body": Given(public),
        "restructured": Given(retired & ~public & draws.chance("from a restructured enterprise", 150)),
        "pension": Given(np.where(retired, draws.between("pension", 900, 7200) * FEN, 0)),
        "resident_pension": Given(resident),
        "pension_contribution": Given(np.where(resident & of_age, draws.between("contribution", 2, 40) * 100 * FEN, 0)),
    }
