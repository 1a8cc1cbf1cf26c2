"""The permission matrix, asserted through HTTP: every address and act, tried by everybody, in the same county.

Written by hand from the charter and the issue, not derived from the gate's table: where the two differ, one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.cases.models import NewCode, Photo, Pressed
from chengnuo.cases.operations import ratings, recode
from chengnuo.channels.operations import digests, feeds
from chengnuo.foundation.actor import resident
from chengnuo.foundation.gate import gate
from chengnuo.people.models import Account, CalendarChange, Holding, Office, Post
from chengnuo.people.operations import factors
from chengnuo.people.operations.calendar import announce_days
from chengnuo.people.roles import Role
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import catalogue, escalation
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ACCOUNTS, ADDRESSES
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import boards, cases, county, photos, tokens

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 12

# a letter for everybody who tries; small letters are of the place of the case, capitals mostly stand above or elsewhere
POSTS = {
    "d": cases.DESK,
    "h": cases.HEAD,
    "D": f"{cases.ELSEWHERE}.desk",
    "t": cases.TOWNSHIP_DESK,
    "T": cases.TOWNSHIP_HEAD,
    "X": f"{cases.TOWNSHIP_ELSEWHERE}.head",
    "b": cases.BUREAU_DESK,
    "B": cases.BUREAU_HEAD,
    "C": "civil-affairs.head",
    "O": cases.CITY_HEAD,
    "s": f"{county.VILLAGE}.supervisor",
    "S": f"{cases.ELSEWHERE}.supervisor",
    "a": "health-bureau.auditor",
    "m": "health-bureau.account-admin",
}
RESIDENTS = {"v": "nobody", "r": "whoever has the receipt of this case", "R": "whoever has another receipt"}
EVERYBODY = "".join((*RESIDENTS, *POSTS))
OFFICERS = "dhDtTXbBCO"
SIGN_IN = ("/accounts/", "/demo/", "/follow/")  # where somebody proves who they are
STAMP = re.compile(r'name="stamp" value="([^"]+)"')


@dataclass
class Stage:
    """The county in which a row of the matrix is tried: one case of the village, and what the row brought about."""

    case: Any
    other: Any

    @property
    def duty(self) -> Duty:
        return cases.duty_of(self.case)


Prepare = Callable[[Stage], Any]
# a version's fields that its author does not write
NOT_WRITTEN = {
    "id",
    "status",
    "version",
    "promise",
    "ends",
    "published_at",
    "checked_by",
    "author",
    "changed_by",
}


def duty_is_late(stage: Stage) -> Duty:
    """The head of the office was told, and owes an answer."""
    escalation.escalate_due(at=stage.duty.due_at + cases.HOUR)
    return Duty.objects.get(parent=stage.duty, holder__key=cases.HEAD)


def duty_is_broken(stage: Stage) -> Duty:
    """The office above was told too."""
    while escalation.escalate_due(at=stage.duty.broken_at + cases.HOUR):
        pass
    return Duty.objects.get(parent=stage.duty, holder__key=cases.TOWNSHIP_HEAD)


def draft(stage: Stage, status: str = "draft") -> PromiseVersion:
    """A next version of a service of the health bureau, drafted at its desk."""
    old = PromiseVersion.objects.get(pk=county.service("childcare-subsidy"))
    content = {
        field.name: getattr(old, field.name)
        for field in PromiseVersion._meta.concrete_fields
        if field.name not in NOT_WRITTEN
    } | {"begins": (county.MONDAY + 9 * DAY).date()}
    told = {"at": county.MONDAY, "key": uuid4()}
    made = catalogue.draft(promise=old.promise, content=content, by=county.officer(POSTS["b"]), **told)
    if status == "draft":
        return made
    return catalogue.check(version=made.pk, by=county.officer(POSTS["B"]), **told)


def account(_stage: Stage) -> Account:
    return county.account_of(POSTS["D"])


def closed_account(stage: Stage) -> Account:
    found = account(stage)
    Account.objects.filter(pk=found.pk).update(is_active=False)
    return found


def factor_lost(stage: Stage) -> Any:
    """Of an officer in another township, of whom the administrator asked it; the head of the village's own post is vacant."""
    by = county.officer(POSTS["m"], at=county.MONDAY)
    return factors.ask(account=account(stage).pk, by=by, at=county.MONDAY, key=uuid4())


def vacant_post(_stage: Stage) -> Post:
    return Post.objects.get(key="village-420526103201.supervisor")


def asked(stage: Stage) -> Any:
    return cases.ask_once(stage.case, at=county.MONDAY)


def offered(stage: Stage) -> Any:
    return cases.offer(stage.case, POSTS["t"], at=county.MONDAY)


def done(stage: Stage) -> Any:
    return cases.finish(stage.case, at=county.MONDAY)


def withdrawn(stage: Stage) -> Any:
    return cases.withdraw(stage.case, at=county.MONDAY)


def paused(stage: Stage) -> Any:
    return cases.pause(stage.case, at=county.MONDAY)


def photo_sent(stage: Stage) -> Any:
    """A photo that the family sent; the address names its case too."""
    return photos.add(asked(stage))


def photo_of_the_desk(stage: Stage) -> Any:
    return photos.add(asked(stage), post=POSTS["d"])


def late_list(stage: Stage) -> Any:
    """More is asked for after the one list."""
    cases.ask_once(stage.case, at=county.MONDAY)
    return cases.supply(stage.case, at=county.MONDAY)


def the_case(stage: Stage) -> Any:
    return stage.case


def code_asked(stage: Stage) -> Any:
    """Asked for at the desk; the case names it in the address."""
    said = {"reason": "lost", "known_by": "known"}
    recode.ask(case=stage.case.pk, **said, by=county.officer(POSTS["d"]), at=county.MONDAY, key=uuid4())
    return stage.case


def code_confirmed(stage: Stage) -> Any:
    code_asked(stage)
    by = county.officer(POSTS["h"], at=county.MONDAY)
    recode.confirm(new_code=NewCode.objects.get().pk, by=by, at=county.MONDAY, key=uuid4())
    return stage.case


def changed(_stage: Stage) -> CalendarChange:
    said = {"free": [date(2027, 1, 1)], "worked": [], "year": None, "source": "国办"}
    announce_days(**said, by=county.officer(POSTS["m"], at=county.MONDAY), at=county.MONDAY, key=uuid4())
    return CalendarChange.objects.get()


def entered(stage: Stage) -> Any:
    changed(stage)
    return SimpleNamespace(pk="2027-01-01")


def complaint(_stage: Stage) -> Any:
    return cases.complaint(at=county.MONDAY)


def office(_stage: Stage) -> Office:
    return Office.objects.get(key=county.VILLAGE)


def desks_feed(_stage: Stage) -> None:
    """A calendar address of whoever sits at the desk; the page to end it names none."""
    feeds.open_feed(by=county.officer(POSTS["d"]), at=county.MONDAY, key=uuid4())


def desks_digest(_stage: Stage) -> None:
    by = county.officer(POSTS["d"])
    digests.choose(email="desk@example.org", by=by, at=county.MONDAY, key=uuid4())


def no_object(_stage: Stage) -> None:
    return None


NAMES = {"hans": "新名", "hant": "新名", "en": "New name"}
DATE = {"begins_year": "2026", "begins_month": "3", "begins_day": "2"}
ENDS = {"ends_year": "2026", "ends_month": "3", "ends_day": "9"}


@dataclass(frozen=True)
class Row:
    """One thing to try: at which address, about what, and who may. `data` makes it an act (POST)."""

    address: str
    who: str
    prepare: Prepare = no_object
    action: str = ""
    data: dict[str, Any] | None = None
    more: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.address, *self.more, self.prepare.__name__)))


def look(address: str, who: str, prepare: Prepare = no_object, action: str = "", *more: str) -> Row:
    return Row(address, who, prepare, action, None, more)


def deed(name: str, who: str, prepare: Prepare = the_case, **data: Any) -> Row:
    return Row("desk:deed", who, prepare, f"case.{name}", data, (name,))


def word(name: str, who: str, prepare: Prepare = the_case, **data: Any) -> Row:
    return Row("family:deed", who, prepare, f"case.{name}", data, (name,))


def step(name: str, who: str, prepare: Prepare, **data: str) -> Row:
    return Row("county:promise_step", who, prepare, f"promise.{name}", data, (name,))


def step_asked(stage: Stage) -> Any:
    """Of an office that sees nothing of the case otherwise."""
    return cases.ask_step(stage.case, "civil-affairs", at=county.MONDAY)


def closed(stage: Stage) -> Any:
    return cases.say_resolved(done(stage), at=county.MONDAY)


def pressure(stage: Stage) -> Any:
    """A family says that it was pressed by the village to rate it."""
    said = {"case": closed(stage).pk, "stars": 5, "pressed": True, "by": resident(stage.case.pk)}
    ratings.rate(**said, at=county.MONDAY, key=uuid4())
    return Pressed.objects.get()


def pressure_once(stage: Stage) -> None:
    pressure(stage)


def sheet_owed(_stage: Stage) -> Any:
    return boards.owed()


def sheet_over(_stage: Stage) -> Any:
    return boards.over()


def step_deed(name: str, who: str, **data: Any) -> Row:
    return Row("desk:step_deed", who, step_asked, f"step.{name}", data, (name,))


def checked(stage: Stage) -> PromiseVersion:
    return draft(stage, "checked")


def published(_stage: Stage) -> PromiseVersion:
    return PromiseVersion.objects.get(pk=county.service("childcare-subsidy"))


ROWS = [
    # lists and desks
    look("desk:inbox", OFFICERS, action="duty.list"),
    look("desk:print", OFFICERS, action="duty.list"),
    look("desk:slips", OFFICERS, action="day_slip.print"),
    look("desk:calendar", OFFICERS, action="feed.open"),
    look("desk:calendar_file", OFFICERS, action="duty.list"),
    Row("desk:open_calendar", OFFICERS, action="feed.open", data={}),
    Row("desk:digest", OFFICERS, action="digest.choose", data={"email": "desk@example.org"}),
    Row("desk:stop_digest", "d", desks_digest, "digest.stop", {}),
    Row("desk:end_calendar", "d", desks_feed, "feed.end", {}),
    look("desk:export", OFFICERS, action="duty.list"),
    look("desk:cases", OFFICERS, action="case.list"),
    look("desk:counter", OFFICERS, action="case.receive"),
    look("desk:watch", "sSa", action="duty.supervise"),
    look("desk:record", "a", action="record.see"),
    look("desk:holders", "a", action="people.see"),
    look("desk:looks", "a", action="record.see"),
    look("county:promises", "bBCO", action="promise.see"),
    look("county:accounts", "m", action="people.list"),
    look("county:offices", "m", action="people.list"),
    look("county:backups", "am", action="backup.see"),
    look("county:holidays", "m", action="people.announce_day"),
    # one case: its own office and those above it; the bureau of another matter, the outside body and everybody else see nothing
    look("desk:case", "dhtTbB", the_case, "case.see"),
    look("desk:case", "dhtTbB", offered, "case.see_offered"),
    look("desk:case", "tTbB", complaint, "case.see"),
    # a new code for a lost one: asked for where the case is worked on or above, confirmed by somebody else, printed by the first
    look("desk:new_code", "dhtTbB", the_case, "new_code.ask"),
    Row("desk:confirm_code", "htTbB", code_asked, "new_code.confirm", {}),
    Row("desk:drop_code", "dhtTbB", code_asked, "new_code.drop", {}),
    Row("desk:print_code", "d", code_confirmed, "new_code.hand_out", {}),
    look("desk:new_code_done", OFFICERS, the_case, "new_code.hand_out"),
    # the baton: only its holder acts
    deed("finish", "d", result="办好了"),
    deed("refuse", "d", reasons="户口不在本村", law="第六条"),
    deed("ask_once", "d", other="户口簿"),
    deed("ask_late", "d", late_list, other="照片"),
    deed("supply", "d", asked, words="户口簿"),
    deed("add_photo", "d", asked, item="0", photo=photos.paper()),
    look("desk:photo", "dhTB", photo_sent, "case.see_photos"),
    Row("desk:take_back_photo", "d", photo_of_the_desk, "case.remove_photo", {}),
    deed("pause", "d", reason="expert", words="等专家"),
    deed("resume", "d", paused),
    deed("offer", "d", to="t"),
    deed("accept", "t", offered),
    deed("decline", "dt", offered, words="不归我们"),
    deed("take_over", "h"),
    look("desk:hand_out", "hTXBCO", action="case.hand_out"),
    Row("desk:hand_out", "h", action="case.hand_out", data={"to": "d", "which": "all"}),
    # a step of another office: seen there and above it, and by whoever asks; of the case itself that office sees nothing
    deed("ask_step", "d", office="b", words="核对户口"),
    deed("ask_help", "d", words="请帮忙"),
    Row("desk:deed", "d", the_case, "step.ask", {"office": "b", "words": "核对户口"}, ("ask_step",)),
    look("desk:step", "dC", step_asked, "step.see"),
    step_deed("answer", "C", words="户口在本村"),
    step_deed("cannot", "C", words="查不到"),
    step_deed("hand_back", "C", words="不归我们"),
    step_deed("take_back", "d"),
    # the board sheet: everybody may know how it stands; its own committee puts it up and takes it down
    look("desk:board", OFFICERS, sheet_owed, "board_sheet.see"),
    Row("desk:board_deed", "dh", sheet_owed, "board_sheet.put_up", {}, ("put_up",)),
    Row("desk:board_deed", "dh", sheet_over, "board_sheet.take_down", {}, ("take_down",)),
    # the family's own word
    look("family:request", "r", the_case, "case.see"),
    look("family:messages", "r", the_case, "message.see"),
    look("desk:messages", "dhTB", the_case, "message.see"),
    look("family:slip", "r", the_case, "case.see"),
    look("family:proof", "r", the_case, "case.see"),
    word("say_resolved", "r", done),
    word("say_not", "r", done),
    word("supply", "r", asked, words="户口簿"),
    word("add_photo", "r", asked, item="0", photo=photos.paper()),
    look("family:photo", "r", photo_sent, "case.see_photos"),
    Row("family:take_back_photo", "r", photo_sent, "case.remove_photo", {}),
    word("withdraw", "r"),
    look("family:data", "r", the_case, "case.see"),
    look("family:data_copy", "r", the_case, "case.see"),
    Row("family:deed", "r", the_case, "case.correct", {"name": "王桂兰", "phone": "", "village": ""}, ("correct",)),
    word("erase", "r", withdrawn),
    # what families said: each office its own, the county its offices'; pressure is the county's alone
    word("rate", "r", closed, stars="5"),
    look("desk:ratings", OFFICERS, action="rating.see"),
    look("desk:ratings", OFFICERS, pressure_once, "pressed.see"),
    Row("desk:pressed", "B", pressure, "pressed.look_into", {"words": "查过了"}),
    # what went up
    Row("desk:answer", "h", duty_is_late, "duty.answer", {"words": "今天就办"}),
    Row("desk:answer", "T", duty_is_broken, "duty.answer", {"words": "明天就办"}),
    Row("desk:discharge", "T", lambda stage: stage.duty, "duty.discharge", {"reason": "本人不再需要"}),
    # promises: drafted at the desk, checked and published by the head of the same office, who did not write them
    look("county:found_promise", "bBC", action="promise.found"),
    look("county:promise", "bB", draft, "promise.see"),
    look("county:preview", "bB", draft, "promise.see"),
    look("county:change_promise", "bB", draft, "promise.change"),
    look("county:draft_promise", "bB", published, "promise.draft"),
    step("check", "B", draft),
    step("give_back", "B", checked),
    step("discard", "bB", draft),
    step("publish", "B", checked),
    step("end", "B", published, **ENDS),
    # accounts
    look("county:account", "m", account, "people.list"),
    look("county:office", "m", office, "people.list"),
    Row("county:open_account", "m", action="people.open_account", data={"username": "new.one", "name": "新人", "password": "four-words-of-mine-9"}),
    Row("county:close_account", "m", account, "people.close_account", {}),
    Row("county:open_again", "m", closed_account, "people.open_again", {"password": "four-words-of-mine-9"}),
    Row("county:unlock_account", "m", account, "people.unlock_account", {}),
    Row("county:reset_factor", "m", account, "factor.ask", {}),
    Row("desk:confirm_factor", "X", factor_lost, "factor.confirm", {}),
    Row("county:fill_post", "m", vacant_post, "people.fill_post", DATE),
    Row("county:close_post", "m", vacant_post, "people.change_office", {}),
    Row("county:vacate_post", "m", lambda _stage: Holding.objects.get(post__key=POSTS["S"]), "people.vacate_post", ENDS),
    Row("county:name_office", "m", office, "people.change_office", NAMES),
    look("county:tokens", "m", action="token.list"),
    Row("county:issue_token", "m", action="token.issue", data={"name": "12345", "office": "", "scopes": "requests:ask"} | ENDS),
    Row("county:revoke_token", "m", lambda _stage: tokens.issue().token, "token.revoke", {}),
    Row("county:reach_office", "m", office, "people.change_office", {"telephone": "100 0526 0000", "hours": ""}),
    Row("county:take_out", "m", entered, "people.announce_day", {"source": "登错了"}),
    Row("county:undo_days", "m", changed, "people.announce_day", {}),
    Row("county:announce", "m", action="people.announce_day", data={"free": "2027-01-01", "worked": "", "source": "国办", "sure": "yes"}),
]  # fmt: skip


@pytest.fixture
def stage(monday):
    for post in POSTS.values():
        county.officer(post)
    return Stage(case=cases.ask(), other=cases.ask())


def browser_of(letter: str, stage: Stage) -> Client:
    client = Client()
    if letter in POSTS:
        county.sign_in(client, POSTS[letter])
    elif letter in "rR":
        session = client.session
        held = stage.case if letter == "r" else stage.other
        session[RECEIPTS] = {str(held.pk): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
        session.save()
    return client


def address_of(row: Row, about: Any) -> str:
    args = [] if about is None else [about.case_id, about.pk] if isinstance(about, Photo) else [about.pk]
    return reverse(row.address, args=[*args, *row.more])


def data_of(row: Row) -> dict[str, Any] | None:
    if row.data is None:
        return None
    filled = dict(row.data)
    if filled.get("to") in POSTS:
        filled["to"] = str(cases.post_of(POSTS[filled["to"]]))
    if "village" in filled:
        filled["village"] = str(county.village().pk)
    if "office" in filled:
        filled["office"] = str(Office.objects.get(key="health-bureau").pk)
    if row.address == "county:fill_post":
        filled["username"] = county.account_of(POSTS["D"]).username
    return filled


def let_through(answer: Any) -> bool:
    """Whether the page came or the act was done. Anything else than a plain yes or no fails the row."""
    if answer.status_code == 302:
        return not answer["Location"].startswith(SIGN_IN)
    assert answer.status_code in (200, 403, 404), answer.status_code
    return answer.status_code == 200


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_who_may(row, stage):
    about = row.prepare(stage)
    url, data = address_of(row, about), data_of(row)
    if data is not None:
        page = browser_of(row.who[0], stage).get(url)
        found = STAMP.search(page.content.decode())
        assert found, f"{url} has no form for {row.who[0]}: {page.status_code}"
        data["stamp"] = found[1]
    allowed = ""
    for letter in EVERYBODY:
        browser = browser_of(letter, stage)
        with transaction.atomic():
            answer = browser.get(url) if data is None else browser.post(url, data)
            transaction.set_rollback(True)
        if data is not None and answer.status_code == 200 and answer.context["form"] is not None:
            pytest.fail(f"{letter}: neither done nor refused: {answer.context['form'].errors}")
        allowed += letter if let_through(answer) else ""
    assert sorted(allowed) == sorted(row.who)


def test_every_action_of_the_gate_is_tried():
    """What only the system does, and what stands behind another test, is named here."""
    elsewhere = {"case.complain", "case.follow", "consent.withdraw", "duty.hold"}
    system = {action for action, rule in gate.rules.items() if Role.SYSTEM in rule.cells}
    assert {row.action for row in ROWS} | elsewhere | system == set(gate.rules)


def test_every_guarded_address_is_tried():
    guarded = {name for name, action in ADDRESSES.items() if action != OPEN}
    assert guarded - {row.address for row in ROWS} <= {"desk:counter_next", "desk:counter_done"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.data is None], ids=lambda row: row.name)
def test_no_page_asks_more_than_twelve_times(row, stage):
    url = address_of(row, row.prepare(stage))
    for letter in row.who:
        browser = browser_of(letter, stage)
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        sql = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(sql) <= MOST_QUERIES, "\n".join(sql)


@pytest.mark.parametrize(
    "name", sorted(name for name, action in ADDRESSES.items() if action == OPEN and name not in ACCOUNTS and not name.startswith(("family:", "public:step_in")))
)  # fmt: skip
def test_what_is_open_is_open_to_everybody(name, stage):
    args = {
        "desk:feed": ["unknown"],
        "public:service": ["village-proof"],
        "public:promise": ["village-proof"],
        "public:place": ["420526101201"],
        "public:board": ["420526101201"],
        "public:office": [county.VILLAGE],
        "public:place_live": ["420526101201", "csv"],
        "public:office_live": [county.VILLAGE, "json"],
        "public:promise_live": ["village-proof", "csv"],
        "public:release": ["420526000000", "2026-01"],
        "api:place": ["420526101201"],
        "api:service": ["village-proof"],
        "api:promise": ["village-proof"],
        "api:release": ["420526000000", "2026-01"],
        "open311:discovery": ["json"],
        "open311:services": ["xml"],
        "open311:service": ["village-proof", "json"],
        "open311:requests": ["json"],
        "open311:request": ["012345678901", "json"],
        "public:release_file": ["420526000000", "2026-01", "csv"],
    }
    url = reverse(name, args=args.get(name, []))
    for letter in EVERYBODY:
        answer = browser_of(letter, stage).get(url)
        # what needs a token is open to the gate of pages, and asks for it itself
        assert answer.status_code in (200, 302, 400, 401, 404, 405), f"{letter} {url}"
        assert not answer.headers.get("Location", "").startswith("/accounts/")
