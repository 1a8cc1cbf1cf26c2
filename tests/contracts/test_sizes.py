"""The sizes of ARCHITECTURE. What cannot meet them stands in size_exceptions.txt, with a reason; that list only shrinks."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from tests.contracts.repository import PACKAGE, ROOT, name, python, templates, text, tree

EXCEPTIONS = Path(__file__).with_name("size_exceptions.txt")
MOST_EXCEPTIONS = 0  # lower it with every line that goes
SUPPRESSION = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma|nosec|fmt:\s*off)\b[^#\s]*\s*(?:\[[^\]]*\]|[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(.*)"
)
SOURCE = ("src/", "tools/")
# each as large as an application or on its own errand, and weighed as a part
PARTS = {
    ("config", "reference"),
    ("core", "ballots"),
    ("core", "rules"),
    ("core", "rules", "blocks"),
    *(("policies", pack.parent.name) for pack in PACKAGE.glob("policies/*/programmes")),  # the law of one place
    ("population", "fused"),
    ("population", "simulate"),
    ("population", "synth"),
}


def lines(path: Path) -> int:
    return len(text(path).splitlines())


def files(paths: list[Path]) -> dict[str, int]:
    """Empty __init__ files say nothing about size."""
    return {name(path): size for path in paths if (size := lines(path))}


def blocks(*kinds: type[ast.AST]) -> dict[str, int]:
    return {
        f"{name(path)}::{node.name}": node.end_lineno - node.lineno + 1
        for path in python(*SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, kinds)
    }


def exceptions() -> dict[str, int]:
    """Lines `subject number reason`; a number sign begins a remark."""
    rows = [row.split(maxsplit=2) for row in text(EXCEPTIONS).splitlines() if row and not row.startswith("#")]
    return {subject: int(number) for subject, number, _reason in rows}


def share_within(sizes: dict[str, int], limit: int) -> float:
    return sum(size <= limit for size in sizes.values()) / len(sizes)


def longest(sizes: dict[str, int], count: int = 12) -> str:
    return "\n".join(f"  {size:5} {subject}" for subject, size in Counter(sizes).most_common(count))


@pytest.mark.parametrize(
    ("what", "half", "ninety", "hard"),
    [("source file", 70, 250, 400), ("function", 8, 25, 50), ("class", None, None, 250), ("template", None, 80, 150),
     ("test file", None, None, 600)],
)  # fmt: skip
def test_sizes(what, half, ninety, hard):
    sizes = {
        "source file": lambda: files(python(*SOURCE)),
        "function": lambda: blocks(ast.FunctionDef, ast.AsyncFunctionDef),
        "class": lambda: blocks(ast.ClassDef),
        "template": lambda: files(templates()),
        "test file": lambda: files(python("tests/", "bench/")),
    }[what]()
    allowed = exceptions()
    too_long = {s: n for s, n in sizes.items() if n > hard and s not in allowed}
    assert not too_long, f"over {hard} lines:\n{longest(too_long)}"
    if half:
        assert median(sizes.values()) <= half, (
            f"median {what} {median(sizes.values())}, wanted {half}:\n{longest(sizes)}"
        )
    if ninety:
        within = share_within(sizes, ninety)
        assert within >= 0.9, f"only {within:.0%} of {what}s within {ninety} lines:\n{longest(sizes, 30)}"


def test_exceptions_only_shrink():
    every = (
        files(python(*SOURCE, "tests/", "bench/"))
        | files(templates())
        | blocks(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    )
    listed = exceptions()
    assert len(listed) <= MOST_EXCEPTIONS, "an exception was added: make the thing smaller instead"
    for subject, number in listed.items():
        assert every.get(subject) == number, (
            f"{subject} has now {every.get(subject)} lines: write that, or strike the line out"
        )


def part_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The application, the audience of its pages, or the part that is weighed by itself, to which a file belongs."""
    inside = parts[:-1] or parts
    deep = max((len(part) for part in PARTS if inside[: len(part)] == part), default=2 if parts[0] == "web" else 1)
    return inside[:deep]


def test_applications_and_audiences():
    sizes: Counter[str] = Counter()
    for path in python("src/chengnuo/"):
        sizes["/".join(part_of(path.relative_to(PACKAGE).parts))] += lines(path)
    assert max(sizes.values()) <= 4000, longest(sizes)
    # one in ten may be over 2,500 on its way to being divided
    assert share_within(sizes, 2500) >= 0.9, longest(sizes)


def test_tests_weigh_what_they_should():
    tests, source = (sum(files(python(folder)).values()) for folder in ("tests/", "src/"))
    # what a rule must give, said by whoever knows the law: tests that need no Python
    tests += sum(lines(path) for path in PACKAGE.glob("policies/*/cases/*.yaml"))
    assert 1.3 <= tests / source <= 1.8, f"{tests} lines of tests to {source} of source: {tests / source:.2f}"


def test_comments_are_few():
    counted = [comments(path) for path in python(*SOURCE)]
    share = sum(counted) / sum(files(python(*SOURCE)).values())
    assert share <= 0.06, f"{share:.1%} of the lines are comments: say why, not what"


def test_suppressions_are_rare_and_reasoned():
    found = [
        (f"{name(path)}:{number}", bool(match[2].strip(" -—:")))
        for path in [*python(*SOURCE, "tests/", "bench/"), ROOT / "run"]
        if path != Path(__file__)
        for number, line in enumerate(text(path).splitlines(), 1)
        if (match := SUPPRESSION.search(line))
    ]
    assert not [where for where, reasoned in found if not reasoned], f"no reason given: {found}"
    lines_of_all = sum(files(python(*SOURCE, "tests/", "bench/")).values())
    assert len(found) <= 1 + lines_of_all * 0.5 / 1000, "\n".join(where for where, _ in found)


def test_imports_stand_at_the_top():
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in python(*SOURCE, "tests/", "bench/", migrations=True)
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def comments(path: Path) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text(path)).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)
