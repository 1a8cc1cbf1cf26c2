"""Whatever an officer writes freely passes the one check for words that are never recorded (charter, right 1).

Every operation that takes words is looked at: a new one that keeps them unchecked fails here, before anybody can type into it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.contracts.repository import PACKAGE, python, tree

CHECKS = {"plain", "said_by", "shown"}
WORDS = ("str", "Sequence[str]", "Mapping[str, Any]", "Text3")
# what takes words and keeps none that an officer wrote freely: the reason stands beside it
NOT_FREE = {
    "cases.answer.say_resolved.words": "a resident's own words; no officer has this move",
    "cases.answer.say_not.words": "a resident's own words; no officer has this move",
    "cases.handle.pause.reason": "one of a closed list",
    "cases.own_data.correct.phone": "digits, in a closed shape",
    "cases.own_data.correct.consents": "of a closed list",
    "benefits.claiming.claim.programme": "the key of a programme",
    "benefits.bulk.draw.sort": "one of a closed list",
    "benefits.bulk.draw.programme": "the key of a programme",
    "benefits.objecting.make.notice": "looked up, not kept",
    "benefits.objecting.make.reference": "looked up, not kept",
    "benefits.objecting.make.ground": "one of a closed list",
    "cases.recode.ask.reason": "one of a closed list",
    "cases.recode.ask.known_by": "one of a closed list",
    "channels.digests.choose.email": "an officer's own address, in a closed shape",
    "channels.writing.tell.way": "one of a closed list",
    "meetings.calling.call.sort": "one of a closed list",
    "meetings.calling.call.demanded_by": "one of a closed list",
    "meetings.confirming.confirm.parameter": "the name of a parameter",
    "meetings.confirming.confirm.place": "a code of a place",
    "meetings.minuting.correct.word": "compared, not kept",
    "notices.publishing.recall.reason": "one of a closed list",
    "imports.stage.stage.target": "one of a closed list; the rows pass it cell by cell, in `imports.kinds.text`",
    "outreach.assessing.draft.finder": "the key of a finder",
    "outreach.running.begin.finder": "the key of a finder",
    "outreach.handing.record.outcome": "one of a closed list",
    "outreach.reminding.tell.told": "one of a closed list",
    "outreach.refusing.by_code.code": "looked up by its digest, not kept",
    "outreach.refusing.at_counter.identity": "kept as a keyed digest alone",
    "outreach.refusing.again_by_code.code": "looked up by its digest, not kept",
    "outreach.refusing.again_at_counter.identity": "its digest is looked up, and forgotten",
    "payments.accounts.give_account.digits": "digits, in a closed shape",
    "payments.recovery.propose.why": "one of a closed list",
    "payments.recovery.object_to.words": "a resident's own words; no officer has this move",
    "payments.funds.set_up.programme": "one of a closed list",
    "payments.funds.appropriate.level": "one of a closed list",
    "payments.funds.arrive.level": "one of a closed list",
    "registers.comparing.join.keeps": "one of two ids",
    "registers.putting_right.put_right.name": "checked in `registers.names`, but for three signs at most: 超生 is a name too",
    "registers.putting_right.put_right.standing": "one of a closed list",
    "reviews.amending.end.ending": "one of a closed list",
    "reviews.answering.say_unchanged.how": "one of a closed list",
    "reviews.answering.say_changed.change": "one of a closed list",
    "reviews.answering.say_changed.how": "one of a closed list",
    "reviews.answering.ask_call.how": "one of a closed list",
    "reviews.answering.ask_call.phone": "digits, in a closed shape",
    "reviews.answering.state_anew.how": "one of a closed list",
    "reviews.checking.differ.difference": "one of a closed list",
    "reviews.contacting.contact.outcome": "one of a closed list",
    "reviews.opening.begin.programme": "one of a closed list",
    "people.accounts.open_account.username": "a name, in a closed alphabet",
    "people.accounts.open_account.name": "an officer's own name",
    "people.accounts.open_account.password": "kept as a digest alone",
    "people.accounts.open_again.password": "kept as a digest alone",
    "people.tokens.issue.scopes": "of a closed list",
    "people.contacts.withdraw_consent.purpose": "one of a closed list",
    "people.offices.change_contact.telephone": "digits, in a closed shape",
    "people.offices.change_contact.hours": "times of the day, in a closed shape",
    "people.posts.fill_post.username": "looked up, not kept",
    "promises.catalogue.found.slug": "a name, in a closed alphabet, read with the title for what is never recorded",
    "promises.catalogue.found.kind": "one of a closed list",
    "promises.catalogue.found.level": "one of a closed list",
}


def acts() -> Iterator[tuple[str, ast.Module, ast.FunctionDef]]:
    """Every public operation that somebody carries out: app, module and name."""
    for path in python("src/chengnuo/"):
        parts = path.relative_to(PACKAGE).parts
        if "operations" not in parts:
            continue
        module = tree(path)
        for node in module.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                taken = {argument.arg for argument in node.args.kwonlyargs}
                if {"by", "key"} <= taken:
                    yield f"{parts[0]}.{path.stem}.{node.name}", module, node


def words_of(function: ast.FunctionDef) -> list[str]:
    return [
        argument.arg
        for argument in function.args.kwonlyargs
        if argument.annotation is not None and ast.unparse(argument.annotation) in WORDS
    ]


def checked(function: ast.FunctionDef, module: ast.Module) -> set[str]:
    """The names that go through the check here, or through a function of this module that checks what it is given."""
    inner = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    found = each_of(function)
    for call in ast.walk(function):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        named = {n.id for argument in call.args for n in ast.walk(argument) if isinstance(n, ast.Name)}
        helper = inner.get(call.func.id)
        if call.func.id in CHECKS or (helper is not None and calls_a_check(helper)):
            found |= named
    return found


def each_of(function: ast.FunctionDef) -> set[str]:
    """The names of lists of which each line goes through the check: `[plain(each) for each in words]`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.ListComp) and isinstance(node.elt, ast.Call) and calls_a_check(node.elt):
            given = {ast.unparse(argument) for argument in node.elt.args}
            found |= {
                ast.unparse(each.iter) for each in node.generators if ast.unparse(each.target) in given and not each.ifs
            }
    return found


def calls_a_check(part: ast.AST) -> bool:
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CHECKS
        for call in ast.walk(part)
    )


def test_every_free_text_of_an_operation_is_checked():
    unchecked = [
        f"{name}.{word}"
        for name, module, function in acts()
        for word in words_of(function)
        if word not in checked(function, module) and f"{name}.{word}" not in NOT_FREE
    ]
    assert not unchecked, "pass it through foundation.plain, or write into NOT_FREE why nobody writes freely there"


def test_the_list_of_reasons_names_nothing_that_is_gone():
    there = {f"{name}.{word}" for name, _module, function in acts() for word in words_of(function)}
    assert set(NOT_FREE) <= there


def test_the_search_sees_the_operations():
    named = {name for name, _module, _function in acts()}
    assert {"cases.handle.finish", "promises.escalation.answer", "promises.catalogue.draft"} <= named


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        ("keep(plain(words))", True),
        ("keep(said_by(by, words))", True),
        ("keep(words)", False),
        ("keep(plain(other), words)", False),
        ("keep([plain(each) for each in words])", True),
        ("keep([each for each in words])", False),
        ("keep([plain(other) for each in words])", False),
        ("keep([plain(each) for each in others], words)", False),
        ("keep([plain(each) for each in words if each])", False),
        ("_both(words)", True),
        ("_neither(words)", False),
    ],
)
def test_the_search_finds(body, passes):
    source = (
        f"def act(*, words: str, by: Actor, key: UUID):\n    {body}\n"
        "def _both(said):\n    return plain(said)\n"
        "def _neither(said):\n    return said\n"
    )
    module = ast.parse(source)
    assert ("words" in checked(module.body[0], module)) is passes
