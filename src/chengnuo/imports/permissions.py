"""Who may do what to a batch: whoever may take such tables in, at the office that took this one in. Which roles, the targets say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from chengnuo.foundation.actor import SYSTEM, Actor, Hat
from chengnuo.foundation.gate import ANY, NOTHING, Cell, Relation, Rule
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.targets import Target, targets

BY_ITSELF = ("rehearse", "put", "take_back", "end_undo", "lapse", "close")


def _theirs(actor: Actor, hat: Hat) -> Q:
    known = [target for target in targets.known.values() if hat.role in target.roles]
    each = [Q(office=hat.office, target=target.name) & target.within(actor, hat) for target in known]
    return reduce(or_, each) if each else NOTHING


THEIRS = Relation("their office's", "their office took it in, and their post may take in such tables", _theirs)


def rules(known: Iterable[Target]) -> list[Rule]:
    roles = sorted({role for target in known for role in target.roles})
    theirs: dict[str, Relation | Cell] = dict.fromkeys(roles, THEIRS)
    freshly: dict[str, Relation | Cell] = dict.fromkeys(roles, THEIRS.freshly())
    acts = {"see": theirs, "stage": freshly, "drop": theirs, "apply": freshly, "undo": freshly}
    time = [Rule(f"import_batch.{name}", ImportBatch, {SYSTEM: ANY}) for name in BY_ITSELF]
    return [*(Rule(f"import_batch.{name}", ImportBatch, cells) for name, cells in acts.items()), *time]
