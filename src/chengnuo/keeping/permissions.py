"""Who may do what to keys and backups: the system alone, at the word of whoever runs the machine. Each is an act in the log."""

from __future__ import annotations

from chengnuo.foundation.actor import SYSTEM
from chengnuo.foundation.gate import ANY, Rule

ACTIONS = ("county.restore", "key.rotate", "key.retire", "key.sign")
RULES = [Rule(action, None, {SYSTEM: ANY}) for action in ACTIONS]
