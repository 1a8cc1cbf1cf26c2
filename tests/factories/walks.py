"""Every page of the product, each with somebody who may open it, and with what it shows made by the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

from django.test import Client

from chengnuo.cases.models import Case, NewCode, Pressed
from chengnuo.cases.operations import ratings, recode
from chengnuo.channels import words
from chengnuo.channels.operations import writing
from chengnuo.core.privacy import mask_name
from chengnuo.foundation import memo
from chengnuo.foundation.actor import resident, visitor
from chengnuo.notices.operations import publishing
from chengnuo.people.models import Account, CalendarChange, Consent, Holding, Office, Post
from chengnuo.people.operations import factors, folders
from chengnuo.people.operations.calendar import announce_days
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import catalogue, escalation
from chengnuo.promises.operations.releases import freeze_due
from chengnuo.web.who import FOLDER, RECEIPT_LASTS, RECEIPTS
from tests.factories import (
    boards,
    cases,
    county,
    log,
    meetings,
    messages,
    notices,
    objections,
    outreach,
    owed,
    photos,
    register,
    tokens,
)
from tests.factories.desk import Desk
from tests.factories.drafts import sent
from tests.factories.family import STEPS, Browser
from tests.factories.walking import DAY, NAME, NOW, Stop, Walk, an_officer, named, stop
from tests.factories.walks_of_support import claiming, paying, registering, reviewing, telling

DECEMBER, FEBRUARY = datetime(2025, 12, 17, 2, tzinfo=UTC), NOW - 17 * DAY
COUNTER = "/desk/counter"
SERVICE = "village-proof"
SUPERVISOR = f"{county.VILLAGE}.supervisor"
AUDITOR, ADMIN = "health-bureau.auditor", "health-bureau.account-admin"
# what people typed, which no page translates
TYPED = (
    NAME,
    "一份居住证明",
    "去了三次都不办",
    "三次都没人",
    "户口簿",
    "带来",
    "办好了，请来取。",
    "户口不在本村。",
    "户口登记条例",
    "等户政核对。",
    "请核对户口地址",
    "国办",
    "王桂兰",
    "欧阳桂兰",
    "户口已转为城镇，重新核定。",
    "我一直住在村里。",
    "迁往外县。",
    *map(mask_name, notices.NAMES),
    "演示银行古夫支行",
    *outreach.PARTS.values(),
    objections.WORDS,
    objections.ANSWER,
    objections.REPLY,
    "年龄不到。",
    "国人口发〔2004〕36号",
    "中华人民共和国村民委员会组织法",
    "中华人民共和国城市居民委员会组织法",
    *meetings.TYPED,
)


def everybody() -> list[Walk]:
    """What stands open, with figures of last month and a head over the log."""
    for at in (DECEMBER, FEBRUARY):
        owed.settle(county.VILLAGE, "kept", at, count=40)
        owed.settle(county.VILLAGE, "broken", at, count=7)
        owed.settle("health-bureau", "kept", at, count=6, service="special-assistance", is_guarded=True)
        freeze_due(at=at + 17 * DAY)
    owed.duty(county.VILLAGE, opened=NOW - 6 * DAY).save()
    boards.put_up(boards.owed(NOW))
    cases.ask(at=NOW)
    meeting = meetings.drafted(meetings.held(at=NOW - 20 * DAY))
    asking = meetings.held(at=NOW - 30 * DAY)
    meetings.resolved(asking, asks=meetings.ASKED)
    meetings.closed(asking)
    running, gone = notices.published(at=NOW), notices.published(at=NOW, kind="result")
    notices.does(publishing.recall, gone, at=NOW, reason="mistake")
    log.settle(NOW)
    memo.forget()
    return [
        Walk(
            Client(),
            (
                stop("public:home"),
                stop("public:services"),
                stop("public:services", query="?q=低保"),
                stop("public:services", query="?q=子虚乌有"),
                stop("public:service", SERVICE),
                stop("public:service", "birth-registration"),
                stop("entitlements:calculate"),
                stop("entitlements:programmes"),
                stop("public:contact"),
                stop("public:not_held"),
                stop("public:charter"),
                stop("public:people"),
                stop("public:promises"),
                stop("passings:page"),
                stop("public:promise", SERVICE),
                stop("public:office", county.VILLAGE),
                stop("public:office", "health-bureau"),
                stop("public:place", "420526000000"),
                stop("public:place", "420526101000"),
                stop("public:place", "420526101201"),
                stop("public:board", "420526101201"),
                stop("meetings:of_place", "420526101201"),
                stop("meetings:of_place", "420526102201"),
                *(stop("meetings:meeting", each.number) for each in (meeting, asking)),
                stop("meetings:correct", meeting.number),
                stop("notices:running", "420526101201"),
                stop("notices:running", "420526000000"),
                stop("notices:notice", running.number),
                stop("notices:notice", gone.number),
                stop("public:release", "420526000000", "2026-02"),
                stop("public:release", "420526101000", "2025-Q4"),
                stop("public:release", "420526101201", "2025"),
                stop("public:log"),
                stop("family:follow"),
                stop("family:follow_unnamed"),
                stop("family:folder_make"),
                stop("family:folder_open"),
                stop("account_login"),
            ),
        )
    ]  # fmt: skip


def family() -> list[Walk]:
    """Somebody in the middle of asking or of complaining, and a browser that holds the receipts of requests in every situation."""
    named(cases.DESK, cases.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD)
    return [_asking(), _complaining(), _following(), _keeping_together()]


def _keeping_together() -> Walk:
    """A resident whose folder is open, with one receipt in it."""
    folder = folders.make(name=NAME, password="seven green umbrellas", on=NOW.date())
    folders.add(folder.pk, case=cases.ask(at=NOW).pk, codes=0, by=visitor())
    client = Client()
    session = client.session
    session[FOLDER] = [str(folder.pk), (NOW + RECEIPT_LASTS).isoformat()]
    session.save()
    return Walk(client, (stop("family:folder"),))


def _asking() -> Walk:
    phone = Browser()
    case = phone.ask()
    phone.fill_in()
    return Walk(
        phone.client,
        (
            stop("family:ask", SERVICE),
            *(stop("family:ask", SERVICE, step) for step in (*STEPS, "check")),
            stop("family:done", case),
            stop("family:request", case),
        ),
    )


def _complaining() -> Walk:
    phone = Browser()
    phone.open("/complain/")
    phone.send("/complain/where/", where=str(county.village().above_id))
    phone.send("/complain/office/", office=county.VILLAGE)
    phone.send("/complain/words/", words="去了三次都不办")
    phone.send("/complain/name/", name=NAME)
    phone.send("/complain/contact/", phone="10012345678", consents=["call_back"])
    steps = ("where", "office", "words", "name", "contact", "check")
    return Walk(phone.client, tuple(stop("family:complain", step) for step in steps))


def _following() -> Walk:
    waiting, done, refused, gone = (cases.ask(at=NOW) for _ in range(4))
    cases.ask_once(waiting, at=NOW)
    cases.finish(done, at=NOW)
    cases.refuse(refused, at=NOW)
    cases.withdraw(gone, at=NOW)
    complaint = cases.complaint(at=NOW)
    browser = _holding(waiting, done, refused, gone, complaint)
    return Walk(
        browser,
        (
            stop("family:follow"),
            *(stop("family:request", case.pk) for case in (waiting, done, refused, gone, complaint)),
            stop("family:messages", waiting.pk),
            *_out_of_messages(),
            stop("family:deed", waiting.pk, "supply"),
            stop("family:deed", waiting.pk, "add_photo"),
            stop("family:take_back_photo", waiting.pk, photos.add(waiting, at=NOW).pk),
            stop("family:deed", waiting.pk, "withdraw"),
            stop("family:deed", waiting.pk, "correct"),
            stop("family:deed", gone.pk, "erase"),
            *(stop("family:data", case.pk) for case in (waiting, refused, gone, complaint)),
            stop("family:deed", done.pk, "say_resolved"),
            stop("family:deed", done.pk, "say_not"),
            stop("family:deed", refused.pk, "rate"),
        ),
    )


def _out_of_messages() -> tuple[Stop, ...]:
    """The address that stands in a message to somebody who agreed to them."""
    case = messages.agreed()
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    return (Stop("family:stop", words.stop_address(consent, case)),)


def _holding(*receipts: Case) -> Client:
    """A browser that shows these requests."""
    client = Client()
    session = client.session
    session[RECEIPTS] = {str(case.pk): [(NOW + RECEIPT_LASTS).isoformat(), ""] for case in receipts}
    session.save()
    return client


def desks() -> list[Walk]:
    """An officer with cases in every situation, the heads to whom the late ones went up, and somebody without a post."""
    named(cases.DESK, cases.HEAD, cases.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD, ADMIN)
    late = cases.ask(at=NOW - 20 * DAY)
    while escalation.escalate_due(at=NOW):
        pass
    received, waiting, supplied, paused, offered = (cases.ask(at=NOW) for _ in range(5))
    for case in (waiting, supplied):
        cases.ask_once(case, at=NOW)
    cases.supply(supplied, at=NOW)
    cases.pause(paused, at=NOW)
    cases.offer(offered, cases.TOWNSHIP_DESK, at=NOW)
    step = cases.ask_step(waiting, "health-bureau", at=NOW)
    rated = cases.refuse(cases.ask(at=NOW), at=NOW)
    rate = {"stars": 4, "pressed": True, "by": resident(rated.pk)}
    ratings.rate(case=rated.pk, **rate, at=NOW, key=uuid4())
    sheet, hung = boards.owed(NOW), boards.past(NOW)
    letter = writing.owe(received.pk, at=NOW)
    called, met = meetings.called(at=NOW), meetings.drafted(meetings.held(at=NOW - 20 * DAY))
    begun, asked_for = meetings.called(at=NOW - 12 * DAY), meetings.correction(met)
    asks = meetings.resolved(met, asks=meetings.ASKED, ayes=170)
    other = meetings.held(at=NOW - 30 * DAY)
    answers = meetings.resolved(other, asks=meetings.ASKED, ayes=170)
    meetings.closed(other)
    hangs, runs = notices.hung(at=NOW), notices.published(at=NOW)
    ready, small = notices.drafted(at=NOW), notices.drafted(at=NOW, count=2, kind="result")
    asked, confirmed, printed = (_new_code(cases.ask(at=NOW), steps) for steps in range(3))
    officer = an_officer(
        cases.DESK,
        stop("desk:inbox"),
        stop("desk:print"),
        stop("desk:slips"),
        stop("desk:slips", query="?day=2000-01-01"),
        stop("desk:cases"),
        stop("desk:cases", query="?q=子虚乌有"),
        *(stop("desk:case", case.pk) for case in (late, received, waiting, paused, offered)),
        *(stop("desk:deed", received.pk, name) for name in ("finish", "refuse", "ask_once", "pause", "offer", "ask_step", "ask_help")),
        stop("desk:messages", received.pk),
        stop("desk:new_code", received.pk),
        stop("desk:drop_code", asked.pk),
        stop("desk:print_code", confirmed.pk),
        stop("desk:new_code_done", printed.pk),
        stop("desk:calendar"),
        stop("desk:open_calendar"),
        stop("desk:end_calendar"),
        stop("desk:digest"),
        stop("desk:stop_digest"),
        stop("desk:step", step.pk),
        stop("desk:step_deed", step.pk, "take_back"),
        stop("desk:closed_letter", letter.pk),
        stop("desk:closed_letter_paper", letter.pk),
        stop("desk:closed_letter_deed", letter.pk, "send_out"),
        stop("desk:closed_letter_deed", letter.pk, "tell"),
        stop("desk:board", sheet.pk),
        stop("desk:board_deed", sheet.pk, "put_up"),
        stop("desk:board", hung.pk),
        stop("desk:board_deed", hung.pk, "take_down"),
        stop("desk:meetings"),
        stop("desk:call_meeting", "villagers-assembly"),
        stop("desk:call_meeting", "village-group"),
        *(stop("desk:meeting", meeting.pk) for meeting in (called, begun, met)),
        *(stop("desk:meeting_deed", called.pk, name) for name in ("change", "call_off")),
        stop("desk:meeting_deed", begun.pk, "hold"),
        *(stop("desk:meeting_deed", met.pk, name) for name in ("resolve", "draft", "photograph")),
        stop("desk:correction", met.pk, asked_for.pk),
        stop("desk:resolution", asks.pk),
        stop("desk:notices"),
        stop("desk:notice", small.pk),
        *(stop("desk:notice", notice.pk) for notice in (ready, runs, hangs)),
        stop("desk:notice_deed", ready.pk, "publish"),
        stop("desk:notice_deed", runs.pk, "hang"),
        stop("desk:notice_deed", hangs.pk, "recall"),
        stop("desk:deed", waiting.pk, "supply"),
        stop("desk:deed", waiting.pk, "add_photo"),
        stop("desk:take_back_photo", waiting.pk, photos.add(waiting, post=cases.DESK, at=NOW).pk),
        stop("desk:deed", supplied.pk, "ask_late"),
        stop("desk:deed", paused.pk, "resume"),
        stop("account_use"),
        stop("account_logout"),
        stop("account_change_password"),
        stop("account_reauthenticate"),
        stop("mfa_index"),
        stop("mfa_activate_totp"),
        stop("mfa_list_webauthn"),
        stop("mfa_add_webauthn"),
    )  # fmt: skip
    Desk(officer.client).send("print_code", printed.pk)
    # what was said in English about it is read here
    Desk(officer.client).get("new_code_done", printed.pk)
    lost = factors.ask(account=county.account_of(cases.DESK).pk, by=county.officer(ADMIN, at=NOW), at=NOW, key=uuid4())
    head = an_officer(
        cases.HEAD,
        stop("desk:deed", received.pk, "take_over"),
        stop("desk:inbox"),
        stop("desk:hand_out"),
        stop("desk:confirm_factor", lost.pk),
        stop("desk:confirm_code", asked.pk),
    )
    township = an_officer(
        cases.TOWNSHIP_DESK, stop("desk:deed", offered.pk, "accept"), stop("desk:deed", offered.pk, "decline")
    )
    above = Duty.objects.get(parent=cases.duty_of(late), holder__key=cases.TOWNSHIP_HEAD)
    upper = an_officer(
        cases.TOWNSHIP_HEAD,
        stop("desk:inbox"),
        stop("desk:answer", above.pk),
        stop("desk:discharge", cases.duty_of(late).pk),
    )
    bureau = an_officer(
        cases.BUREAU_HEAD,
        stop("desk:step", step.pk),
        stop("desk:step_deed", step.pk, "answer"),
        stop("desk:step_deed", step.pk, "cannot"),
        stop("desk:ratings"),
        stop("desk:pressed", Pressed.objects.get().pk),
        stop("desk:resolution", answers.pk),
        stop("desk:resolution_deed", answers.pk, "answer"),
        stop("desk:law_on_meetings"),
        stop("desk:confirm_law", "village_group_majority", "2026-01-01", "all"),
    )
    return [officer, head, township, upper, bureau, _postless(), _counter()]


def _new_code(case: Case, steps: int) -> Case:
    """A new code is asked for, and after one step more is confirmed."""
    said = {"reason": "lost", "known_by": "known"}
    recode.ask(case=case.pk, **said, by=county.officer(cases.DESK, at=NOW), at=NOW, key=uuid4())
    if steps:
        asked = NewCode.objects.get(case=case)
        recode.confirm(new_code=asked.pk, by=county.officer(cases.HEAD, at=NOW), at=NOW, key=uuid4())
    return case


def _postless() -> Walk:
    client = Client()
    client.force_login(Account.objects.create(username="nobody", name=NAME))
    return Walk(client, (stop("desk:home"),))


def _counter() -> Walk:
    """At the counter, with one receipt on the screen and the next person's answers half written."""
    client = Client()
    county.sign_in(client, cases.DESK)
    browser = Browser(client)
    case = browser.ask(begin=COUNTER)
    browser.fill_in(begin=COUNTER)
    return Walk(
        client,
        (
            stop("desk:counter"),
            stop("desk:counter", SERVICE),
            *(stop("desk:counter", SERVICE, step) for step in (*STEPS, "check")),
            stop("desk:counter_done", case),
        ),
    )


def keeping() -> list[Walk]:
    """Those who keep the promises, the accounts and the record."""
    named(cases.BUREAU_DESK, cases.BUREAU_HEAD, SUPERVISOR, AUDITOR, ADMIN, cases.DESK)
    cases.ask(at=NOW - 20 * DAY)
    author = Desk(Client(), None)
    county.sign_in(author.client, cases.BUREAU_DESK)
    draft, checked = (_draft(author, key) for key in ("old-age-allowance", "childcare-subsidy"))
    catalogue.check(version=checked.pk, by=county.officer(cases.BUREAU_HEAD), at=NOW, key=uuid4())
    return [
        an_officer(
            cases.BUREAU_DESK,
            stop("county:promises"),
            stop("county:promise", draft.pk),
            stop("county:preview", draft.pk),
            stop("county:change_promise", draft.pk),
            stop("county:draft_promise", county.service("childcare-place-enquiry")),
            stop("county:found_promise"),
            stop("county:found_promise", query="?kind=referral"),
        ),
        an_officer(
            cases.BUREAU_HEAD,
            stop("county:promise", checked.pk),
            stop("county:promise_step", draft.pk, "check"),
            stop("county:promise_step", checked.pk, "publish"),
            stop("county:promise_step", checked.pk, "give_back"),
            stop("county:promise_step", county.service("childcare-place-enquiry"), "end"),
        ),
        an_officer(SUPERVISOR, stop("oversight:watch")),
        an_officer(
            AUDITOR,
            stop("oversight:record"),
            stop("oversight:holders"),
            stop("oversight:looks"),
            stop("oversight:watch"),
        ),
        _administrator(),
    ]


def _administrator() -> Walk:
    office = Office.objects.get(key=county.VILLAGE)
    vacant = Post.objects.get(key="village-420526103201.supervisor")
    held = Holding.objects.get(post__key=SUPERVISOR)
    account = county.account_of(cases.DESK)
    closed = Account.objects.create(username="off", name=NAME, is_active=False)
    announce_days(
        free=[date(2027, 1, 1)], worked=[], year=None, source="国办", by=county.officer(ADMIN, at=NOW), at=NOW, key=uuid4()
    )  # fmt: skip
    return an_officer(
        ADMIN,
        stop("county:accounts"),
        stop("county:open_account"),
        stop("county:account", account.pk),
        stop("county:close_account", account.pk),
        stop("county:unlock_account", account.pk),
        stop("county:reset_factor", account.pk),
        stop("county:offices"),
        stop("county:office", office.pk),
        stop("county:name_office", office.pk),
        stop("county:fill_post", vacant.pk),
        stop("county:close_post", vacant.pk),
        stop("county:vacate_post", held.pk),
        stop("county:open_again", closed.pk),
        stop("county:reach_office", office.pk),
        stop("county:tokens"),
        stop("county:issue_token"),
        stop("county:revoke_token", tokens.issue().token.pk),
        stop("county:backups"),
        *_tables(),
        stop("county:holidays"),
        stop("county:take_out", "2027-01-01"),
        stop("county:undo_days", CalendarChange.objects.get().pk),
        stop("county:announce"),
    )


def _tables() -> list[Stop]:
    """One that is taken in, and one that is rehearsed, with a fault in it."""
    told = {"target": "office_contacts", "head": ["机构编号", "电话", "办公时间"], "at": NOW}
    done = register.applied([[county.VILLAGE, "100 7777 0001", ""]], **told)
    rows = [[county.VILLAGE, "100 7777 0002", "08:00-12:00"], ["village-0", "call me", ""], [county.TOWNSHIP, "", ""]]
    batch = register.rehearsed(rows, **told)
    return [
        stop("tables:list"),
        stop("tables:send", "office_contacts"),
        stop("tables:table", batch.pk),
        stop("tables:table", done.pk),
        stop("tables:table_deed", batch.pk, "apply"),
        stop("tables:table_deed", done.pk, "undo"),
    ]


def _draft(author: Desk, key: str) -> PromiseVersion:
    """A next version, written through its form as it stood."""
    old = PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")
    said = sent(old, begins_year=2026, begins_month=4, begins_day=1)
    said.pop("stamp")
    author.send("draft_promise", old.pk, **said)
    return PromiseVersion.objects.get(promise=old.promise, status="draft")


GROUPS: dict[str, Callable[[], list[Walk]]] = {
    "everybody": everybody,
    "family": family,
    "desks": desks,
    "keeping": keeping,
    "paying": paying,
    "registering": registering,
    "reviewing": reviewing,
    "telling": telling,
    "claiming": claiming,
}
