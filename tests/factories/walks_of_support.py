"""Walks through the pages of support: claims, money, the register, the yearly question, and letters."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from chengnuo.benefits.models import Award
from chengnuo.outreach.models import Reminder
from chengnuo.outreach.operations import covering, reminding
from chengnuo.payments.models import Entry
from chengnuo.payments.operations import funds
from chengnuo.registers.models import Finding
from chengnuo.registers.operations import checking, mending
from chengnuo.reviews.models import Amendment
from chengnuo.reviews.operations import amending
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import (
    amendments,
    bulks,
    claims,
    county,
    money,
    objections,
    outreach,
    outreach_situations,
    recoveries,
    register_situations,
    residents,
    review_situations,
    reviews,
)
from tests.factories.walking import DAY, NAME, NOW, Walk, an_officer, named, stop


def paying() -> list[Walk]:
    """Public money: with the bank, sent back, proposed, and missing; two people with one account, whose last digit is odd."""
    named(money.FINANCE_DESK, money.FINANCE_HEAD, money.CLERK, claims.BUREAU_DESK, claims.BUREAU_HEAD)
    named(claims.DESK, claims.TOWNSHIP_DESK)
    odd = "4111111111111112"
    awards = [money.awarded(each, account=odd) for each in (1, 2)]
    paid = [award.claim.case for award in awards]
    fund = money.fund(150_000)
    batch = money.exported(fund)
    money.reconciled(batch, failed={odd: "户名不符"}, left_out=1)
    failed = next(each for each in money.payments(batch) if each.status == "failed")
    entry = Entry.objects.filter(about=fund.pk).earliest("at", "pk")
    money.awarded(3)
    proposed = money.proposed(money.fund(50_000, level="city"))
    funds.look_ahead(at=NOW + 200 * DAY)
    till = [stop("money:fund_deed", fund.pk, name) for name in ("appropriate", "arrive", "cover")]
    till += [stop("money:home"), stop("money:new_fund"), stop("money:fund", fund.pk), stop("money:batch", batch.pk)]
    till += [stop("money:batch_deed", batch.pk, "reconcile"), stop("money:take_back", fund.pk, entry.pk)]
    bureau = [stop("money:propose", fund.pk), stop("money:batch", proposed.pk), stop("desk:inbox")]
    bureau += [stop("money:batch_deed", proposed.pk, name) for name in ("check", "drop")]
    bureau += [stop(f"money:{name}", failed.pk) for name in ("payment", "mend")]
    amended = _amended(awards[0])
    bureau += [stop("desk:award", amended.award_id), stop("desk:amendment", amended.pk)]
    bureau += [stop("desk:award_deed", amended.award_id, name) for name in ("determine", "end")]
    bureau += [stop("desk:amendment_deed", amended.pk, "drop")]
    over = amendments.again(
        amendments.confirmed(amendments.ended(money.awarded(4), on=NOW.date(), at=NOW), at=NOW).award
    )
    bureau += [stop("desk:award_deed", over.pk, "restore"), stop("desk:award", over.pk)]
    claim = claims.at_decision("special-bereaved", at=NOW - 3 * DAY, of=9)
    bureau += [stop("desk:claim", claim.pk)]
    bureau += [stop("desk:claim_deed", claim.pk, name) for name in ("pass_on", "grant", "refuse")]
    return [
        an_officer(money.FINANCE_HEAD, *till, stop("desk:inbox")),
        an_officer(money.CLERK, stop("money:batch", batch.pk), stop("money:payment", failed.pk)),
        an_officer(claims.BUREAU_HEAD, *bureau, stop("money:account", failed.award_id)),
        Walk(_with_codes(*(case.pk for case in paid)), tuple(stop("family:money", case.pk) for case in paid)),
        Walk(Client(), (stop("passings:page"),)),
    ]


def _amended(award: Award) -> Amendment:
    """A change that waits for its second officer."""
    said = {"year": NOW.year, "facts": {"person": {"rural": False}}, "reasons": NAME}
    return amending.determine(award=award.pk, **said, by=county.officer(claims.BUREAU_DESK), at=NOW, key=uuid4())


def registering() -> list[Walk]:
    """The register: one person, records that do not fit, two entries that may be one person, and how often offices erred."""
    keeper, township = "health-bureau.desk", f"{county.TOWNSHIP}.desk"
    named(keeper, township, "civil-affairs.head")
    money.awarded(21)
    residents.living(claims.number(21), NAME, standing="died", since=NOW.date() - 40 * DAY)
    for order in range(1, 8):
        residents.living(residents.number(order=order), NAME, born=date(1956, 3, 2))
    checking.check_all(at=NOW - 20 * DAY)
    wrong = list(Finding.objects.filter(fault="born-otherwise").order_by("pk"))
    for each in wrong[1:]:
        mending.mend(finding=each.pk, by=county.officer(township), at=NOW - 20 * DAY, key=uuid4())
    dead, pair = Finding.objects.get(fault="award-of-the-dead"), register_situations.pair(name=NAME)
    here = [stop("registers:person", wrong[0].about), stop("registers:put_right", wrong[0].about)]
    here += [stop("registers:finding", wrong[0].pk), stop("registers:finding", wrong[1].pk)]
    here += [stop("registers:finding_deed", wrong[0].pk, name) for name in ("mend", "keep")]
    kept = [stop("registers:pair_deed", pair.pk, name) for name in ("join", "part")]
    kept += [stop("registers:home"), stop("registers:errors"), stop("registers:pair", pair.pk)]
    return [
        an_officer(township, stop("desk:inbox"), *here),
        an_officer(keeper, stop("desk:inbox"), stop("registers:finding", dead.pk), stop("tables:list"), *kept),
        an_officer("civil-affairs.head", stop("registers:pairs")),
    ]


def reviewing() -> list[Walk]:
    """The yearly review in its states, and money that is asked back."""
    named(claims.BUREAU_DESK, claims.BUREAU_HEAD, claims.DESK, claims.TOWNSHIP_DESK, money.FINANCE_DESK)
    named(money.FINANCE_HEAD, money.CLERK)
    reviews.awarded(28, programme="special-bereaved")
    many = [reviews.awarded(of) for of in range(31, 36)]
    campaign = reviews.begun(at=NOW)
    asked, silent, changed, ended, same = map(reviews.review_of, many)
    reviews.appointed(silent, at=NOW)
    reviews.stated_anew(changed, at=NOW, rural=False)
    reviews.changed(ended, at=NOW)
    reviews.unchanged(same, at=NOW)
    renewal, check = reviews.proposed(campaign, NOW), review_situations.check_of(changed)
    back = recoveries.objected(recoveries.decided(recoveries.overpaid(26), at=NOW), NOW)
    village = [stop("reviews:review", each.pk) for each in (asked, silent)]
    village += [stop("reviews:review_deed", asked.pk, name) for name in ("say_unchanged", "state_anew", "say_changed")]
    village += [stop("reviews:review_deed", silent.pk, name) for name in ("appoint", "contact")]
    county_pages = [stop("reviews:home"), stop("reviews:begin"), stop("reviews:campaign", campaign.pk)]
    county_pages += [stop("reviews:renewal", renewal.pk), stop("reviews:renewal_deed", renewal.pk, "confirm")]
    county_pages += [stop("reviews:review", each.pk) for each in (changed, ended)]
    county_pages += [stop("reviews:review_deed", changed.pk, "determine"), stop("reviews:review_deed", ended.pk, "end")]
    county_pages += [stop("reviews:propose", campaign.pk), stop("reviews:check", check.pk)]
    county_pages += [stop("reviews:check_deed", check.pk, name) for name in ("differ", "appoint", "agree")]
    county_pages += [stop("money:ask_back", back.award_id), stop("money:recovery", back.pk), stop("desk:inbox")]
    county_pages += [stop("money:recovery_deed", back.pk, name) for name in ("keep", "waive")]
    own = [stop("reviews:own", each.pk) for each in (asked, ended)]
    own += [stop("reviews:own_deed", asked.pk, name) for name in ("state_anew", "say_changed")]
    own.append(stop("reviews:own_deed", ended.pk, "take_back"))
    case = back.award.claim.case_id
    own += [stop("family:paid_back", case, back.pk), stop("family:request", case)]
    return [
        an_officer(claims.DESK, *village),
        an_officer(claims.BUREAU_HEAD, *county_pages),
        Walk(Client(), (stop("reviews:door"),)),
        Walk(_with_codes(asked.pk, asked.award.claim.case_id, ended.pk, case), tuple(own)),
    ]


def telling() -> list[Walk]:
    """Letters and reminders: what may begin, what runs, one in the hand, somebody who wants none, and a quarter that was counted."""
    named(claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD)
    draft, award = outreach.drafted("at-sixteen"), outreach_situations.award_not_renewed(of=20)
    letter, runs = outreach.one(name=NAME), outreach.begun("at-forty-nine")
    outreach.signed("beside-an-award")
    reminding.owe_due(at=outreach_situations.DECEMBER)
    covering.freeze_due(at=NOW + 300 * DAY)
    reminder = Reminder.objects.get(award=award)
    desk = [stop("desk:inbox"), stop("outreach:next"), stop("outreach:numbered"), stop("outreach:at_counter")]
    desk += [stop("outreach:again_at_counter")]
    desk += [stop("outreach:letter_deed", letter.pk, name) for name in ("record", "carry")]
    head = [stop("outreach:home"), stop("outreach:assess", "at-sixty"), stop("outreach:begin", "beside-an-award")]
    head += [stop("outreach:assessment", draft.pk), stop("outreach:halt", runs.pk), stop("outreach:next")]
    head += [stop("outreach:assessment_deed", draft.pk, name) for name in ("sign", "withdraw")]
    open_ = [stop("outreach:stop"), stop("outreach:stopped"), stop("outreach:coverage")]
    open_ += [stop("outreach:again"), stop("outreach:back")]
    return [
        an_officer(claims.DESK, *desk),
        an_officer(claims.BUREAU_HEAD, *head),
        an_officer(claims.BUREAU_DESK, stop("outreach:next_reminder"), stop("outreach:tell", reminder.pk)),
        Walk(Client(), tuple(open_)),
    ]


def claiming() -> list[Walk]:
    """Claims in a notice, objected to, refused, put right, and many that are decided at once."""
    named(claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD)
    refused = claims.at_decision(at=NOW - 9 * DAY, of=41)
    claims.refused(refused, at=NOW - DAY)
    claim, *_others = objections.noticed(at=NOW)
    answered = objections.answered(objections.made(claim, ground="registration"), at=NOW)
    objection = objections.made(claim)
    objections.replied(objection, at=NOW)
    claims.at_decision(at=NOW - 9 * DAY, of=42)
    bulk = bulks.drawn(at=NOW)
    several = [stop("desk:bulks"), stop("desk:draw_bulk"), stop("desk:bulk", bulk.pk)]
    several += [stop("desk:bulk_deed", bulk.pk, name) for name in ("propose", "drop")]
    mine = [stop("desk:objection", objection.pk), stop("desk:objection", answered.pk)]
    mine += [stop("desk:objection_deed", objection.pk, name) for name in ("uphold", "reject")]
    family = (stop("family:request", claim.case_id), stop("family:restate", claim.case_id))
    family += (stop("family:reply", claim.case_id, objection.pk),)
    ending = (stop("family:request", refused.case_id), stop("family:rights", refused.case_id))
    return [
        Walk(Client(), (stop("notices:object", objections.notice_of(claim).number, "line"),)),
        Walk(
            _with_codes(claim.case_id, refused.case_id, objection.case_id),
            (*family, *ending, stop("family:request", objection.case_id)),
        ),
        an_officer(claims.DESK, stop("desk:claim", claim.pk), stop("desk:restate", claim.pk)),
        an_officer(claims.TOWNSHIP_DESK, *mine),
        an_officer(claims.BUREAU_DESK, *several),
    ]


def _with_codes(*rows: Any) -> Client:
    """A browser in which these codes were typed."""
    client = Client()
    session = client.session
    session[RECEIPTS] = {str(row): [(NOW + RECEIPT_LASTS).isoformat(), ""] for row in rows}
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client
