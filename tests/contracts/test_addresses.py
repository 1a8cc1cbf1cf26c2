"""Every address stands in the table of permissions, every action in it stands in the gate, and nothing else answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from chengnuo.foundation.gate import gate
from chengnuo.people.roles import DESCRIPTIONS, Role
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"


def test_every_address_stands_in_the_table_and_only_those():
    assert set(names(get_resolver().url_patterns)) == set(ADDRESSES)


def test_every_action_of_the_table_stands_in_the_gate():
    assert {action for action in ADDRESSES.values() if action != OPEN} <= set(gate.rules)


def test_every_role_has_a_description_and_something_to_do():
    used = {role for rule in gate.rules.values() for role in rule.cells}
    assert used == set(Role) == set(DESCRIPTIONS)


def test_nobody_but_the_system_makes_time_pass():
    """Escalation, silence, forgetting, releases, a quarter's turn and a notice's lines and end are the system's: no person, whatever the post, can hasten or hinder them."""
    alone = {
        "duty.escalate",
        "case.lapse",
        "claim.begin_anew",
        "claim.go_on",
        "claim.noticed",
        "claim.pause",
        "claim.resume",
        "objection.withdraw",
        "claim.wait",
        "claim.withdraw",
        "case.forget",
        "release.owe",
        "release.publish",
        "board_sheet.owe",
        "board_sheet.miss",
        "board_sheet.expire",
        "board_sheet.let_go",
        "closed_letter.owe",
        "closed_letter.let_go",
        "notice.put",
        "notice.take_out",
        "notice.expire",
        "notice.miss",
        "notice.let_go",
        "resolution.let_go",
        "fund.begin",
        "fund.warn",
        "batch.fill",
        "batch.send",
        "payment.plan",
        "payment.send",
        "payment.drop",
        "resident.reach",
        "finding.find",
        "pair.find",
        "campaign.fill",
        "campaign.close",
        "campaign.draw",
        "campaign.finish",
        "campaign.owe",
        "campaign.miss",
        "campaign.let_go",
        "review.ask",
        "review.owe_contact",
        "review.fall_silent",
        "amendment.lapse",
        "review.drop",
        "renewal.go_on",
        "review_check.draw",
        "letter.make",
        "letter.drop",
        "reminder.owe",
        "reminder.settle",
        "coverage.freeze",
    }
    alone |= {f"import_batch.{name}" for name in ("rehearse", "put", "take_back", "end_undo", "lapse", "close")}
    alone |= {"county.restore", "key.rotate", "key.retire", "key.sign", "case.pass_on", "pressed.note"}
    for action in alone:
        assert set(gate.rules[action].cells) == {Role.SYSTEM}
    # after a restore nobody else is there to let the first administrator in, and what may have been recalled is recalled
    of_both = {"people.open_again", "notice.recall", "finder_run.stop"}
    assert {action for action, rule in gate.rules.items() if Role.SYSTEM in rule.cells} == alone | of_both


def test_the_administrator_of_accounts_has_no_cell_on_a_case_or_a_duty():
    reached = {action for action, rule in gate.rules.items() if Role.ACCOUNT_ADMIN in rule.cells}
    assert not {action for action in reached if action.startswith(("case.", "duty.", "promise."))}


def test_serious_acts_ask_for_a_fresh_sign_in():
    fresh = {
        action
        for action, rule in gate.rules.items()
        if any(cell.fresh for role in rule.cells if (cell := rule.cell(role)))
    }
    assert fresh >= {"duty.discharge", "promise.publish", "promise.end", "people.open_account", "people.open_again", "people.close_account", "people.fill_post", "people.vacate_post", "import_batch.apply", "import_batch.undo"}  # fmt: skip
