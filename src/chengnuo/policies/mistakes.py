"""What cannot stand in a programme's file, said with its line: names that were misspelt, and what the rule language refuses."""

from __future__ import annotations

import difflib
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from chengnuo.core import rules
from chengnuo.core.rules import Miswritten

# what reading such a file may raise
RAISED = (AttributeError, ImportError, NameError, SyntaxError, TypeError)
NOT_IMPORTED = re.compile(r"cannot import name '(\w+)'")


def with_line(error: Exception) -> Exception:
    """The same for the author, with the line that it stands in. An error that no programme's file led to is left as it is."""
    if (where := _where(error)) is None:
        return error
    return Miswritten(f"{where}, {error.where}" if isinstance(error, Miswritten) else where, *_said(error))


def _said(error: Exception) -> tuple[str, str, str]:
    """What, why, and what to write instead."""
    match error:
        case Miswritten():
            return error.what, error.why, error.instead
        case SyntaxError():
            why = "A bracket, a comma or a quotation mark is missing there or in the line above."
            return f"is no Python: {error.msg}.", why, "the line with what is missing"
        case ImportError() if names := NOT_IMPORTED.findall(str(error)):
            why = f"{error.name} has nothing of that name."
            return f"imports {names[0]}.", why, _near(names[0], vars(sys.modules[str(error.name)]))
        case NameError():
            why = "Nothing of that name was imported or written above."
            return f"speaks of {error.name}.", why, _near(str(error.name), rules.__all__)
        case AttributeError():
            return _attribute(error)
    return f"does not go together: {error}.", "The rule language has no such step.", "one that it has"


def _where(error: Exception) -> str | None:
    """The last line of a programme's file that led to it."""
    lines = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        lines.append((Path(error.filename), error.lineno))
    own = [(path, line) for path, line in lines if path.parent.name == "programmes"]
    if not own:
        return None
    path, line = own[-1]
    return f"{path.parent.parent.name}/programmes/{path.name}, line {line}"


def _attribute(error: AttributeError) -> tuple[str, str, str]:
    asked = error.obj
    if isinstance(module := getattr(asked, "__name__", None), str):
        owner = module.rpartition(".")[2]
        why = f"Facts are declared in {module.replace('.', '/')}.py, and it has none of that name."
        return f"asks for {owner}.{error.name}.", why, _near(str(error.name), vars(asked), f"{owner}.")
    kind = type(asked).__name__
    return f"asks a {kind} for its {error.name}.", f"A {kind} has none.", _near(str(error.name), dir(asked), "….")


def _near(name: str, known: Iterable[str], before: str = "") -> str:
    """Names that look alike."""
    near = difflib.get_close_matches(name, [each for each in known if not each.startswith("_")], n=3)
    return " or ".join(before + each for each in near) or "a name that is there"
