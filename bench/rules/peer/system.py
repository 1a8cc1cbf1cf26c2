"""OpenFisca's system of the six programmes, and one simulation of it: arrays in, amounts out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.rules.peer import closed, facts, monthly, shared
from bench.rules.peer.entities import Person
from bench.rules.peer.law import legislation
from chengnuo.core.rules import Asked, Parameters, Programme

Array = NDArray[Any]
Situation = Mapping[str, Mapping[str, Mapping[str, object]]]  # by person and variable, the value by period


class Idiom(StrEnum):
    CLOSED = "closed form"
    MONTHLY = "monthly"


VARIABLES = {Idiom.CLOSED: closed.VARIABLES, Idiom.MONTHLY: monthly.VARIABLES}


class Peer:
    """The programmes in one idiom, bound to the law of one question. It is used again for every simulation."""

    def __init__(self, idiom: Idiom, programmes: tuple[type[Programme], ...], known: Parameters, asked: Asked) -> None:
        self.programmes, self.year = programmes, str(asked.day.year)
        self.system = TaxBenefitSystem([Person])
        self.system.parameters = legislation(programmes, known, asked)
        self.system.add_variables(*facts.variables(), *shared.VARIABLES, *VARIABLES[idiom])

    def amounts(self, entity: str, columns: Mapping[str, Array], count: int) -> dict[str, Array]:
        """By programme about persons or about children: fen, 0 for whoever is not entitled. `columns` are one row a member."""
        simulation = self._simulation(columns, count)
        about = [each.words.key for each in self.programmes if each.who.name == entity]
        return {key: self._amount(simulation, key.replace("-", "_")) for key in about}

    def of_family(self, persons: Situation) -> dict[str, Array]:
        """The amounts of everybody in one family, told as OpenFisca's own users tell it."""
        simulation = SimulationBuilder().build_from_entities(self.system, {Person.plural: persons})
        return {each.words.key: self._amount(simulation, each.words.key.replace("-", "_")) for each in self.programmes}

    def _simulation(self, columns: Mapping[str, Array], count: int) -> Simulation:
        """Without the builder, which would make a list of everybody's number."""
        populations = self.system.instantiate_entities()
        populations[Person.key].count = count
        simulation = Simulation(self.system, populations)
        for name, column in columns.items():
            simulation.set_input(name, ETERNITY, column)
        return simulation

    def _amount(self, simulation: Simulation, name: str) -> Array:
        monthly_ = self.system.get_variable(name).definition_period == MONTH
        return (simulation.calculate_add if monthly_ else simulation.calculate)(name, self.year)
