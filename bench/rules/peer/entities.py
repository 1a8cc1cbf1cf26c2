"""Who is computed. None of the six programmes looks beyond one person, so that OpenFisca needs no group and has less to do."""

from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="An adult who may claim, or a child", is_person=True)
