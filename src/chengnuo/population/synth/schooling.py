"""What is answered of a child's kindergarten, of its examination, and of the home that was bought for it."""

from __future__ import annotations

import numpy as np

from chengnuo.population.synth.days import YEAR, day, end_of, year_of
from chengnuo.population.synth.draws import Draws, Whole
from chengnuo.population.synth.given import Given

KINDERGARTEN = (3, 6)  # from the one age to below the other; two semesters a year
EXAMINED = 18


def of_schooling(draws: Draws, year: int, born: Whole) -> dict[str, Given]:
    """Three years of kindergarten, mostly; an examination in the year in which a child becomes eighteen."""
    age = (end_of(year) - born) // YEAR
    low, high = KINDERGARTEN
    attends = (age >= low) & (age < high) & draws.chance("kindergarten", 900)
    bought = draws.chance("a home was bought", 40)
    examined = year_of(born) + EXAMINED
    return {
        "semesters": Given(np.where(attends, 2, 0)),
        "semesters_before": Given(np.where(attends, 2 * (age - low), 0)),
        "home_bought": Given(draws.between("bought on", day(year - 3), end_of(year)), bought),
        "housing_received": Given(bought & draws.chance("housing grant received", 300)),
        "rural_daughter": Given(draws.chance("a daughter of the country", 260)),
        "exam_year": Given(examined, (examined <= year) & draws.chance("examined", 800)),
    }
