"""What no code of ours does: run what was written, call others, trust a text as markup, use a weak digest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.contracts.repository import name, place, python, templates, text, tree

OURS = "src/"
RUNS = {"eval", "exec", "compile", "__import__", "RawSQL"}
RUNS_OF_OTHERS = {"raw", "extra", "from_string"}
READS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
CALLS_OTHERS = {
    "requests",
    "httpx",
    "urllib.request",
    "http.client",
    "socket",
    "smtplib",
    "ftplib",
    "aiohttp",
    "telnetlib",
}
TRUSTS = {"mark_safe", "SafeString", "format_html", "SafeText"}
WEAK = {"md5", "sha1", "MD5", "SHA1", "DES", "TripleDES", "ARC4", "Blowfish", "ECB"}
PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split"}
# patterns that are put together: of settings, of policies, of a field's own shape, of a list of words; never of what was typed
PUT_TOGETHER = {
    "src/chengnuo/keeping/backup.py",
    "src/chengnuo/people/passwords.py",
    "src/chengnuo/policies/wordlist.py",
    "src/chengnuo/web/fields.py",
}
NAMED_BY_SETTINGS = {"src/chengnuo/channels/carriers.py", "src/chengnuo/channels/operations/digests.py"}


def called(node: ast.AST) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


def is_method_of(node: ast.AST, names: set[str]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") in names
    )


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()


def runs(code: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(code):
        plainly = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS
        by_method = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RUNS_OF_OTHERS
        )
        by_shell = is_method_of(node, {"os"}) and called(node) in {"system", "popen"}
        by_shell |= is_method_of(node, {"subprocess"}) and any(key.arg == "shell" for key in node.keywords)
        if plainly or by_method or by_shell or is_glued(node) or imported(node) & READS_OBJECTS:
            yield node


def is_glued(node: ast.AST) -> bool:
    """A question to the database whose text is put together from pieces, or by `format` of a text."""
    if called(node) not in {"execute", "executemany"} or not node.args:
        return False
    text = node.args[0]
    return isinstance(text, ast.BinOp) or (called(text) == "format" and isinstance(text.func.value, ast.Constant))


def calls_others(code: ast.AST) -> Iterator[ast.AST]:
    yield from (node for node in ast.walk(code) if imported(node) & CALLS_OTHERS)


def puts_patterns_together(code: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(code):
        if is_method_of(node, {"re"}) and called(node) in PATTERNS and not isinstance(node.args[0], ast.Constant):
            yield node


def weak(code: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(code):
        if getattr(node, "attr", getattr(node, "id", "")) in WEAK or getattr(node, "value", None) in {"md5", "sha1"}:
            yield node


def places(search) -> list[str]:
    return [place(path, node) for path in python(OURS) for node in search(tree(path))]


def test_nothing_runs_what_somebody_wrote():
    assert places(runs) == []


def test_the_server_calls_nobody():
    """But the gateway and the mail server that the settings name: never an address that somebody typed."""
    assert {said.partition(":")[0] for said in places(calls_others)} == NAMED_BY_SETTINGS


def test_no_pattern_is_made_of_what_was_typed():
    assert {said.partition(":")[0] for said in places(puts_patterns_together)} == PUT_TOGETHER


def test_no_weak_digest():
    assert places(weak) == []


def test_no_text_is_called_safe():
    found = [name(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", text(path))]
    assert not found
    assert not places(lambda code: (n for n in ast.walk(code) if called(n) in TRUSTS))


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (runs, "eval(typed)"),
        (runs, "subprocess.run(typed, shell=True)"),
        (runs, "Case.objects.raw(typed)"),
        (runs, "cursor.execute('SELECT ' + typed)"),
        (runs, "cursor.execute('SELECT {}'.format(typed))"),
        (runs, "os.system(typed)"),
        (runs, "import pickle"),
        (calls_others, "from urllib.request import urlopen"),
        (calls_others, "import requests"),
        (puts_patterns_together, "re.search(typed, text)"),
        (weak, "hashlib.md5(text)"),
        (weak, "hashlib.new('sha1')"),
    ],
)
def test_the_search_finds(search, code):
    assert list(search(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["re.compile(r'x')", "cursor.execute('SELECT 1')", "cursor.execute(f'SELECT {name}', [key])"]
)
def test_the_search_lets_pass(code):
    assert not [*runs(ast.parse(code)), *puts_patterns_together(ast.parse(code))]
