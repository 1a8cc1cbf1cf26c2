"""Every form of the product, ready to be filled in: who sends it, to which address, and what a good answer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from chengnuo.cases.models import Case
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Account, Office, Post
from chengnuo.people.queries import holding_of
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import cases, county, desk, notices, objections
from tests.factories.drafts import sent
from tests.factories.family import STEPS

DAY = timedelta(days=1)
ADMIN = "health-bureau.account-admin"
AUTHOR, CHECKER = cases.BUREAU_DESK, cases.BUREAU_HEAD
FOUR_WORDS = "四个 不相干 的词 长江"


@dataclass(frozen=True)
class Sheet:
    """A form in a browser. `kinds` says of each field what it takes; `act`: it does something, and carries a stamp."""

    client: Client
    address: str
    good: dict[str, Any] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    act: bool = True

    def stamp(self) -> str:
        return desk.stamp_in(self.client.get(self.address)) if self.act else ""

    def post(self, typed: dict[str, Any], **more: Any) -> Any:
        return self.client.post(self.address, typed, **more)


Make = Callable[[], Sheet]


def replying() -> Sheet:
    """The claimant says something to an objection."""
    claim, *_others = objections.noticed()
    address = reverse("family:reply", args=[claim.case_id, objections.made(claim).pk])
    return Sheet(holder(claim.case), address, {"words": objections.REPLY}, {"words": "own words"})


def officer(post: str) -> Client:
    client = Client()
    county.sign_in(client, post)
    return client


def deed(name: str, post: str = cases.DESK, *, case: Callable[[], Case], **fields: tuple[str, Any]) -> Make:
    """A deed of the desk upon a case; `fields` are (kind, good answer)."""

    def made() -> Sheet:
        stands, client = case(), officer(post)
        address = reverse("desk:deed", args=[stands.pk, name])
        return Sheet(client, address, *_split(fields, stands))

    return made


def own_deed(deed: str, /, *, case: Callable[[], Case], **fields: tuple[str, Any]) -> Make:
    """A deed of the family upon its own request."""

    def made() -> Sheet:
        stands = case()
        return Sheet(holder(stands), reverse("family:deed", args=[stands.pk, deed]), *_split(fields, stands))

    return made


def _split(fields: dict[str, tuple[str, Any]], case: Case) -> tuple[dict[str, Any], dict[str, str]]:
    good = {name: value(case) if callable(value) else value for name, (_kind, value) in fields.items()}
    return good, {name: kind for name, (kind, _value) in fields.items()}


def holder(case: Case) -> Client:
    """A browser into which the code of the receipt was typed."""
    client = Client()
    client.post(reverse("family:follow"), {"code": receipt_code(case.pk)})
    return client


def received() -> Case:
    return cases.ask(at=county.MONDAY)


def waiting() -> Case:
    return cases.ask_once(received(), at=county.MONDAY)


def finished() -> Case:
    return cases.finish(received(), at=county.MONDAY)


def gone() -> Case:
    return cases.withdraw(received(), at=county.MONDAY)


def offered() -> Case:
    return cases.offer(received(), cases.HEAD, at=county.MONDAY)


def supplied() -> Case:
    """The one list was sent and answered: asking for more is a breach."""
    return cases.supply(waiting(), at=county.MONDAY)


def broken() -> Case:
    """The township was told, and owes an answer."""
    made = cases.ask(at=county.MONDAY - 40 * DAY)
    while escalation.escalate_due(at=county.MONDAY):
        pass
    return made


def answering() -> Sheet:
    asked = Duty.objects.get(parent=cases.duty_of(broken()), office__key=county.TOWNSHIP)
    address = reverse("desk:answer", args=[asked.pk])
    return Sheet(officer(cases.TOWNSHIP_HEAD), address, {"words": "查过了，明天办好。"}, {"words": "words"})


def discharging() -> Sheet:
    address = reverse("desk:discharge", args=[cases.duty_of(received()).pk])
    return Sheet(officer(cases.TOWNSHIP_HEAD), address, {"reason": "大雪封路。"}, {"reason": "words"})


def recalling() -> Sheet:
    address = reverse("desk:notice_deed", args=[notices.published().pk, "recall"])
    return Sheet(officer(cases.DESK), address, {"reason": "mistake"}, {"reason": "choice"})


def opening() -> Sheet:
    good = {"name": "李娜（演示）", "username": "li.na", "password": FOUR_WORDS}
    kinds = {"name": "name", "username": "sign-in name", "password": "password"}
    return Sheet(officer(ADMIN), reverse("county:open_account"), good, kinds)


def closing() -> Sheet:
    leaves = Account.objects.create(username="leaves", name="要走的（演示）")
    return Sheet(officer(ADMIN), reverse("county:close_account", args=[leaves.pk]))


def filling() -> Sheet:
    Account.objects.create(username="newcomer", name="新来的（演示）")
    address = reverse("county:fill_post", args=[Post.objects.get(key=cases.DESK).pk])
    good = {"username": "newcomer", **desk.day("begins", 2026, 3, 9)}
    return Sheet(officer(ADMIN), address, good, {"username": "sign-in name", "begins": "day"})


def vacating() -> Sheet:
    county.officer(cases.DESK)
    holding = holding_of(cases.post_of(cases.DESK), on=county.MONDAY.date())
    good = desk.day("ends", 2026, 3, 9)
    return Sheet(officer(ADMIN), reverse("county:vacate_post", args=[holding.pk]), good, {"ends": "day"})


def closing_post() -> Sheet:
    post = Post.objects.get(key=f"{county.VILLAGE}.supervisor")
    return Sheet(officer(ADMIN), reverse("county:close_post", args=[post.pk]))


def naming() -> Sheet:
    office = Office.objects.get(key=county.VILLAGE)
    good = {"hans": "新名村委会", "hant": "新名村委會", "en": "Committee of the new name"}
    return Sheet(officer(ADMIN), reverse("county:name_office", args=[office.pk]), good, dict.fromkeys(good, "name"))


def reaching() -> Sheet:
    office = Office.objects.get(key=county.VILLAGE)
    good = {"telephone": "100 2610 1299", "hours": "09:00-11:30"}
    address = reverse("county:reach_office", args=[office.pk])
    return Sheet(officer(ADMIN), address, good, dict.fromkeys(good, "anything"))


def asking_code() -> Sheet:
    address = reverse("desk:new_code", args=[received().pk])
    good = {"reason": "lost", "known_by": "known"}
    return Sheet(officer(cases.DESK), address, good, dict.fromkeys(good, "choice"))


def announcing() -> Sheet:
    good = {"free": "2027-01-01", "worked": "2027-01-09", "source": "国办发明电〔2026〕1号", "sure": "yes"}
    kinds = {"free": "days", "worked": "days", "source": "own words", "sure": "anything"}
    return Sheet(officer(ADMIN), reverse("county:announce"), good, kinds)


def standing(key: str = "old-age-allowance") -> PromiseVersion:
    return PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")


def draft_of(key: str = "old-age-allowance", *, page: str = "draft_promise") -> Sheet:
    version = standing(key)
    good = sent(version, begins_year="2026", begins_month="4", begins_day="1")
    good.pop("stamp")
    kinds = {"title_hans": "name", "begins": "day", "deadline_kind": "choice", "fee_fen": "number"}
    kinds |= {"staff_minutes": "number", "cost_certainty": "choice", "channels": "choices"}
    return Sheet(officer(AUTHOR), reverse(f"county:{page}", args=[version.pk]), good, kinds)


def drafted() -> UUID:
    """A draft that stands, written through its page."""
    sheet = draft_of()
    answer = sheet.post(sheet.good | {"stamp": sheet.stamp()})
    assert answer.status_code == 302, desk.said(answer)[:800]
    return PromiseVersion.objects.get(promise__key="old-age-allowance", status="draft").pk


def changing() -> Sheet:
    sheet = draft_of()
    return Sheet(sheet.client, reverse("county:change_promise", args=[drafted()]), sheet.good, {"title_en": "name"})


def step_of(name: str, after: tuple[str, ...] = ()) -> Make:
    def made() -> Sheet:
        version = drafted()
        client = officer(CHECKER)
        for each in after:
            before = Sheet(client, reverse("county:promise_step", args=[version, each]))
            assert before.post({"stamp": before.stamp()}).status_code == 302, each
        return Sheet(client, reverse("county:promise_step", args=[version, name]))

    return made


def ending() -> Sheet:
    address = reverse("county:promise_step", args=[standing().pk, "end"])
    return Sheet(officer(CHECKER), address, desk.day("ends", 2026, 4, 1), {"ends": "day"})


ASKED = {
    "township": {"township": "choice"},
    "village": {"village": "choice"},
    "words": {"words": "optional"},
    "name": {"name": "own words"},
    "contact": {"phone": "phone", "consents": "choices"},
}
COMPLAINED = {
    "where": {"where": "choice"},
    "office": {"office": "choice"},
    "words": {"words": "own words"},
    "name": {"name": "optional"},
    "contact": ASKED["contact"],
}
AT_THE_COUNTER = ASKED | {
    "words": {"words": "optional, for the record"},
    "name": {"name": "words"},
    "contact": ASKED["contact"] | {"language": "choice"},
}


def answers() -> dict[str, dict[str, Any]]:
    """Good answers to the questions of a request."""
    village = county.village()
    said = {"township": {"township": str(village.above_id)}, "village": {"village": str(village.pk)}}
    reach = {"phone": "100 1234 5678", "consents": ["call_back"], "language": "zh-hans"}
    return said | {"words": {"words": "要一份居住证明"}, "name": {"name": "王桂兰"}, "contact": reach}


def complaint() -> dict[str, dict[str, Any]]:
    """Good answers to the questions of a complaint."""
    where = {"where": {"where": str(county.village().above_id)}, "office": {"office": county.VILLAGE}}
    reach = {"phone": "", "consents": []}
    return where | {"words": {"words": "三次都没人"}, "name": {"name": ""}, "contact": reach}


def asking(step: str, begin: str = "/ask/village-proof/", client: Callable[[], Client] = Client) -> Make:
    """One question of a request, with all the others answered: what is wrong is this one."""
    kinds = ASKED if begin.startswith("/ask") else AT_THE_COUNTER

    def made() -> Sheet:
        return _stood(client(), begin, answers(), step, kinds)

    return made


def complaining(step: str) -> Make:
    return lambda: _stood(Client(), "/complain/", complaint(), step, COMPLAINED)


def _stood(
    client: Client, begin: str, said: dict[str, dict[str, Any]], step: str, kinds: dict[str, dict[str, str]]
) -> Sheet:
    for name, typed in said.items():
        client.post(f"{begin}{name}/", typed)
    if step == "check":
        return Sheet(client, f"{begin}check/")
    return Sheet(client, f"{begin}{step}/", said[step], kinds[step], act=False)


def counter() -> Client:
    return officer(cases.DESK)


def following() -> Sheet:
    received()
    return Sheet(Client(), reverse("family:follow"), {"code": "1" * 16}, {"code": "code"}, act=False)


MISSING = {
    "missing": ("choices", ["id-card"]),
    "other": ("optional, for the record", ""),
    "words": ("optional, for the record", "带来就办"),
}
BROUGHT = {"words": ("words", "带来了户口簿")}
PAUSED = {"reason": ("choice", "other_office"), "words": ("words", "等户政核对")}
REFUSED = {"reasons": ("words", "户口不在本村"), "law": ("words", "户口登记条例第六条")}
NEIGHBOUR = ("choice", lambda _case: str(cases.office("civil-affairs").pk))
HEAD = ("choice", lambda _case: str(cases.post_of(cases.HEAD)))

FAMILY: dict[str, Make] = {
    **{f"asks: {step}": asking(step) for step in (*STEPS, "check")},
    **{f"complains: {step}": complaining(step) for step in (*COMPLAINED, "check")},
    "follows": following,
    "supplies": own_deed("supply", case=waiting, words=("own words", "明天带来")),
    "says not": own_deed("say_not", case=finished, words=("optional", "没有盖章")),
    "says resolved": own_deed("say_resolved", case=finished, words=("optional", "")),
    "withdraws": own_deed("withdraw", case=received),
    "puts right": own_deed(
        "correct",
        case=received,
        name=("own words", "王桂"),
        phone=("phone", "10012345678"),
        consents=("choices", ["call_back"]),
        village=("choice", lambda case: str(case.contact.village_id)),
    ),
    "replies": replying,
    "erases": own_deed("erase", case=gone),
}
DESK: dict[str, Make] = {
    **{f"counter: {step}": asking(step, "/desk/counter/village-proof/", counter) for step in (*STEPS, "check")},
    "accepts": deed("accept", cases.HEAD, case=offered),
    "finishes": deed("finish", case=received, result=("words", "办好了，请来取")),
    "asks once": deed("ask_once", case=received, **MISSING),
    "asks late": deed("ask_late", case=supplied, **MISSING),
    "records what came": deed("supply", case=waiting, **BROUGHT),
    "offers": deed("offer", case=received, to=HEAD),
    "declines": deed("decline", cases.HEAD, case=offered, words=("words", "不归我管")),
    "pauses": deed("pause", case=received, **PAUSED),
    "goes on": deed("resume", case=lambda: cases.pause(received(), at=county.MONDAY)),
    "takes over": deed("take_over", cases.HEAD, case=received),
    "refuses": deed("refuse", case=received, **REFUSED),
    "asks for a step": deed("ask_step", case=received, office=NEIGHBOUR, words=("words", "请核实住址")),
    "asks for help": deed("ask_help", case=received, words=("words", "系统里查不到这户")),
    "answers": answering,
    "discharges": discharging,
    "recalls a notice": recalling,
    "opens an account": opening,
    "closes an account": closing,
    "fills a post": filling,
    "vacates a post": vacating,
    "closes a post": closing_post,
    "names an office": naming,
    "tells how it is reached": reaching,
    "asks for a new code": asking_code,
    "announces days": announcing,
    "drafts": draft_of,
    "changes a draft": changing,
    "checks": step_of("check"),
    "throws away": step_of("discard"),
    "gives back": step_of("give_back", ("check",)),
    "publishes": step_of("publish", ("check",)),
    "ends": ending,
}
ALL = FAMILY | DESK
# forms without a box for words, and one of each view
ASK_NOTHING = {
    "withdraws", "accepts", "goes on", "takes over", "closes an account", "closes a post", "checks", "gives back",
    "publishes", "throws away", "ends", "tells how it is reached", "asks for a new code", "vacates a post", "fills a post", "offers", "follows",
    "recalls a notice",
    *(name for name in ALL if name.endswith((": check", ": contact", ": township", ": village", ": where", ": office"))),
}  # fmt: skip
WITH_WORDS = [name for name in ALL if name not in ASK_NOTHING]
ONE_A_VIEW = [
    "asks: name", "complains: words", "follows", "supplies", "replies", "counter: name", "finishes", "answers", "discharges",
    "opens an account", "closes an account", "fills a post", "vacates a post", "closes a post", "names an office",
    "announces days", "drafts", "changes a draft", "ends",
]  # fmt: skip
