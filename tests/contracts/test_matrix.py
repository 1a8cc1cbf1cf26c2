"""The permission matrix, asserted through HTTP: every address and act, tried by everybody, in the same county.

Written by hand from the charter and the issue, not derived from the gate's table: where the two differ, one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.cases.models import Photo
from chengnuo.foundation.gate import gate
from chengnuo.people.models import Holding, Office
from chengnuo.people.roles import Role
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ACCOUNTS, ADDRESSES
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import (
    cases,
    county,
    money,
    money_situations,
    outreach_situations,
    photos,
    register_situations,
    review_situations,
    situations,
    tokens,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12

RESIDENTS = {"v": "nobody", "r": "whoever has the receipt of this case", "R": "whoever has another receipt"}
EVERYBODY = "".join((*RESIDENTS, *situations.POSTS))
OFFICERS, COUNTY = "dhDtTXbBCOfFp", "bBCOfFp"
SIGN_IN = ("/accounts/", "/demo/", "/follow/")  # where somebody proves who they are
STAMP = re.compile(r'name="stamp" value="([^"]+)"')


Prepare = Callable[[situations.Stage], Any]


def no_object(_stage: situations.Stage) -> None:
    return None


NAMES = {"hans": "新名", "hant": "新名", "en": "New name"}
DATE = {"begins_year": "2026", "begins_month": "3", "begins_day": "2"}
ENDS = {"ends_year": "2026", "ends_month": "3", "ends_day": "9"}


WHEN = {"day_year": "2026", "day_month": "4", "day_day": "1", "hour": "19:30", "where": "村小学"}
ROLL = {"roll_adults": "812", "roll_households": "301", "roll_representatives": "36"}
MEETING = WHEN | ROLL | {"agenda": "报告收支", "demanded_by": "", "demanded": ""}
CAME = {"came_adults": "180", "came_households": "214"}
VOTES = {
    "words": "修路",
    "ayes": "150",
    "noes": "0",
    "abstentions": "0",
    "office": "",
    "answer_by_year": "2026",
    "answer_by_month": "4",
    "answer_by_day": "1",
}


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


def deed(name: str, who: str, prepare: Prepare = situations.the_case, **data: Any) -> Row:
    return Row("desk:deed", who, prepare, f"case.{name}", data, (name,))


def word(name: str, who: str, prepare: Prepare = situations.the_case, **data: Any) -> Row:
    return Row("family:deed", who, prepare, f"case.{name}", data, (name,))


def step(name: str, who: str, prepare: Prepare, **data: str) -> Row:
    return Row("county:promise_step", who, prepare, f"promise.{name}", data, (name,))


def money_deed(noun: str, name: str, who: str, prepare: Prepare, **data: Any) -> Row:
    return Row(f"money:{noun}_deed", who, prepare, f"{noun}.{name}", data, (name,))


def review_deed(name: str, who: str, prepare: Prepare, **data: Any) -> Row:
    return Row("reviews:review_deed", who, prepare, f"review.{name}", data, (name,))


def check_deed(name: str, who: str, prepare: Prepare, **data: Any) -> Row:
    return Row("reviews:check_deed", who, prepare, f"review_check.{name}", data, (name,))


def step_deed(name: str, who: str, **data: Any) -> Row:
    return Row("desk:step_deed", who, situations.step_asked, f"step.{name}", data, (name,))


ROWS = [
    # lists and desks
    look("desk:inbox", OFFICERS, action="duty.list"),
    look("desk:print", OFFICERS, action="duty.list"),
    look("desk:slips", OFFICERS, action="day_slip.print"),
    look("desk:calendar", OFFICERS, action="feed.open"),
    look("desk:calendar_file", OFFICERS, action="duty.list"),
    Row("desk:open_calendar", OFFICERS, action="feed.open", data={}),
    Row("desk:digest", OFFICERS, action="digest.choose", data={"email": "desk@example.org"}),
    Row("desk:stop_digest", "d", situations.desks_digest, "digest.stop", {}),
    Row("desk:end_calendar", "d", situations.desks_feed, "feed.end", {}),
    look("desk:export", OFFICERS, action="duty.list"),
    look("desk:cases", OFFICERS, action="case.list"),
    look("desk:counter", OFFICERS, action="case.receive"),
    look("oversight:watch", "sSa", action="duty.supervise"),
    look("oversight:record", "a", action="record.see"),
    look("oversight:holders", "a", action="people.see"),
    look("oversight:looks", "a", action="record.see"),
    look("county:promises", COUNTY, action="promise.see"),
    look("county:accounts", "m", action="people.list"),
    look("county:offices", "m", action="people.list"),
    look("county:backups", "am", action="backup.see"),
    look("county:holidays", "m", action="people.announce_day"),
    # one case: its own office and those above it; the bureau of another matter, the outside body and everybody else see nothing
    look("desk:case", "dhtTbB", situations.the_case, "case.see"),
    look("desk:case", "dhtTbB", situations.offered, "case.see_offered"),
    look("desk:case", "tTbB", situations.complaint, "case.see"),
    # a new code for a lost one: asked for where the case is worked on or above, confirmed by somebody else, printed by the first
    look("desk:new_code", "dhtTbB", situations.the_case, "new_code.ask"),
    Row("desk:confirm_code", "htTbB", situations.code_asked, "new_code.confirm", {}),
    Row("desk:drop_code", "dhtTbB", situations.code_asked, "new_code.drop", {}),
    Row("desk:print_code", "d", situations.code_confirmed, "new_code.hand_out", {}),
    look("desk:new_code_done", OFFICERS, situations.the_case, "new_code.hand_out"),
    # the baton: only its holder acts
    deed("finish", "d", result="办好了"),
    deed("refuse", "d", reasons="户口不在本村", law="第六条"),
    deed("ask_once", "d", other="户口簿"),
    deed("ask_late", "d", situations.late_list, other="照片"),
    deed("supply", "d", situations.asked, words="户口簿"),
    deed("add_photo", "d", situations.asked, item="0", photo=photos.paper()),
    look("desk:photo", "dhTB", situations.photo_sent, "case.see_photos"),
    Row("desk:take_back_photo", "d", situations.photo_of_the_desk, "case.remove_photo", {}),
    deed("pause", "d", reason="expert", words="等专家"),
    deed("resume", "d", situations.paused),
    deed("offer", "d", to="t"),
    deed("accept", "t", situations.offered),
    deed("decline", "dt", situations.offered, words="不归我们"),
    deed("take_over", "h"),
    look("desk:hand_out", "hTXBCOF", action="case.hand_out"),
    Row("desk:hand_out", "h", action="case.hand_out", data={"to": "d", "which": "all"}),
    # a step of another office: seen there and above it, and by whoever asks; of the case itself that office sees nothing
    deed("ask_step", "d", office="b", words="核对户口"),
    deed("ask_help", "d", words="请帮忙"),
    Row("desk:deed", "d", situations.the_case, "step.ask", {"office": "b", "words": "核对户口"}, ("ask_step",)),
    look("desk:step", "dC", situations.step_asked, "step.see"),
    step_deed("answer", "C", words="户口在本村"),
    step_deed("cannot", "C", words="查不到"),
    step_deed("hand_back", "C", words="不归我们"),
    step_deed("take_back", "d"),
    # the board sheet: everybody may know how it stands; its own committee puts it up and takes it down
    look("desk:board", OFFICERS, situations.sheet_owed, "board_sheet.see"),
    Row("desk:board_deed", "dh", situations.sheet_owed, "board_sheet.put_up", {}, ("put_up",)),
    # a closed letter: whoever has the case in hand, and the head above that post
    look("desk:closed_letter", "dh", situations.closed_letter_owed, "closed_letter.see"),
    look("desk:closed_letter_paper", "dh", situations.closed_letter_owed, "closed_letter.see"),
    Row("desk:closed_letter_deed", "dh", situations.closed_letter_owed, "closed_letter.send_out", {}, ("send_out",)),
    Row("desk:closed_letter_deed", "dh", situations.closed_letter_owed, "closed_letter.tell", {"way": "phone"}, ("tell",)),
    Row("desk:board_deed", "dh", situations.sheet_over, "board_sheet.take_down", {}, ("take_down",)),
    # a meeting: its committee calls, holds, minutes and puts up; whoever stands above may look; the office that was asked answers
    look("desk:meetings", OFFICERS, action="meeting.see"),
    look("desk:meeting", "dhtTbB", situations.meeting_called, "meeting.see"),
    look("desk:meeting", "dhtTbB", situations.meeting_asking, "meeting.see"),
    look("desk:meeting_sheet", "dh", situations.meeting_called, "meeting.see", "attendance"),
    look("desk:meeting_sheet", "dhtTbB", situations.meeting_called, "meeting.see", "call"),
    look("desk:meeting_page", "dh", situations.meeting_photographed, "meeting.photograph"),
    Row("desk:call_meeting", "dhD", action="meeting.call", data=MEETING, more=("villagers-assembly",)),
    Row("desk:meeting_deed", "dh", situations.meeting_called, "meeting.change", WHEN, ("change",)),
    Row("desk:meeting_deed", "dh", situations.meeting_called, "meeting.call_off", {}, ("call_off",)),
    Row("desk:meeting_deed", "dh", situations.meeting_begun, "meeting.hold", CAME, ("hold",)),
    Row("desk:meeting_deed", "dh", situations.meeting_held, "meeting.photograph", {"photo": photos.paper()}, ("photograph",)),
    Row("desk:meeting_deed", "dh", situations.meeting_held, "meeting.draft", {"minutes": "讨论卫生费。"}, ("draft",)),
    Row("desk:meeting_deed", "dh", situations.meeting_held, "meeting.decide", VOTES, ("resolve",)),
    Row("desk:correction", "dh", situations.meeting_corrected, "meeting.answer_correction", {"is_taken_up": "yes", "reply": ""}),
    Row("desk:meeting_deed", "dh", situations.meeting_drafted, "meeting.close", {}, ("close",)),
    Row("desk:meeting_deed", "dh", situations.meeting_closed, "meeting.put_up", {}, ("put_up",)),
    look("desk:resolution", "dhbB", situations.meeting_asked, "resolution.see"),
    Row("desk:resolution_deed", "bB", situations.meeting_asked, "resolution.answer", {"reply": "四月体检。"}, ("answer",)),
    look("desk:law_on_meetings", "bBCOfFpa", action="confirmation.see"),
    Row("desk:confirm_law", "BCOF", action="confirmation.confirm", data={"source": "第二十四条"}, more=("village_group_majority", "2026-01-01", "all")),
    # a notice: its own office publishes, hangs and takes it down; whoever stands above may look, and recall it
    look("desk:notices", OFFICERS, action="notice.see"),
    look("desk:notice", "dhtTbB", situations.notice_drafted, "notice.see"),
    look("desk:notice_sheet", "dhtTbB", situations.notice_published, "notice.see"),
    look("desk:notice_proof", "dhtTbB", situations.notice_hung, "notice.see"),
    Row("desk:notice_deed", "dh", situations.notice_drafted, "notice.publish", {}, ("publish",)),
    Row("desk:notice_deed", "dh", situations.notice_published, "notice.hang", {"photo": photos.paper()}, ("hang",)),
    Row("desk:notice_deed", "dh", situations.notice_over, "notice.take_down", {}, ("take_down",)),
    Row("desk:notice_deed", "dhtTbB", situations.notice_hung, "notice.recall", {"reason": "mistake"}, ("recall",)),
    # a claim: where its stage lies and above it; what is guarded, at the county alone, and decided by whoever did not examine it
    look("desk:claim", "dhtTbB", situations.claim_made, "claim.see"),
    look("desk:claim", "bB", situations.guarded_claim_made, "claim.list"),
    Row("desk:claim_deed", "dh", situations.claim_made, "claim.pass_on", {"verdict": "supports", "words": ""}, ("pass_on",)),
    Row("desk:claim_deed", "B", situations.claim_at_decision, "claim.grant", {"fen": "", "reasons": ""}, ("grant",)),
    Row("desk:claim_deed", "B", situations.claim_at_decision, "claim.refuse", {"reasons": "年龄不到", "law": "第三条"}, ("refuse",)),
    Row("desk:claim_deed", "dh", situations.claim_made, "claim.send_back", {"missing": "户口簿", "words": ""}, ("send_back",)),
    look("desk:restate", "dh", situations.claim_made, "claim.restate"),
    # many claims at once: drawn by one, confirmed by the head, who is another; never by who drew it
    look("desk:bulks", COUNTY, action="bulk.see"),
    look("desk:draw_bulk", COUNTY, action="bulk.draw"),
    look("desk:bulk", "bB", situations.bulk_drawn, "bulk.see"),
    Row("desk:bulk_deed", "b", situations.bulk_opened, "bulk.propose", {}, ("propose",)),
    Row("desk:bulk_deed", "B", situations.bulk_proposed, "bulk.confirm", {}, ("confirm",)),
    Row("desk:bulk_deed", "B", situations.bulk_confirmed, "bulk.go_on", {}, ("go_on",)),
    Row("desk:bulk_deed", "bB", situations.bulk_proposed, "bulk.drop", {}, ("drop",)),
    # an objection: at the office above the one whose finding it is, and above that; the office itself never learns of it
    look("desk:objection", "tTbB", situations.objected, "objection.see"),
    Row("desk:objection_deed", "tT", situations.objected, "objection.reject", {"words": "查过了"}, ("reject",)),
    Row("desk:objection_deed", "tT", situations.objected, "objection.uphold", {"words": "查过了"}, ("uphold",)),
    # what the claimant says to it is theirs alone to write, and never read by whoever objected
    look("family:reply", "r", situations.objected_to_them, "objection.see_reply"),
    Row("family:reply", "r", situations.objected_to_them, "objection.reply", {"words": "身份证上是1960年"}),
    # an award: of the county's office that granted it alone; changed by two of it, and neither examined its claim
    look("desk:award", "bB", money_situations.award, "award.at_desk"),
    look("desk:award", "bB", money_situations.guarded_award, "award.at_desk"),
    Row("desk:award_deed", "bB", money_situations.award, "award.determine", {"year": "2026", "person__rural": "no", "reasons": "户口已转"}, ("determine",)),
    Row("desk:award_deed", "bB", money_situations.award, "award.end", {"ending": "move", "on_year": "2026", "on_month": "2", "on_day": "1", "reasons": "迁走"}, ("end",)),
    Row("desk:award_deed", "bB", money_situations.ended_by_mistake, "award.restore", {"reasons": "登记错了人"}, ("restore",)),
    look("desk:amendment", "bB", money_situations.end_proposed, "amendment.at_desk"),
    look("desk:amendment", "bBO", money_situations.end_proposed_by_the_head, "amendment.at_desk"),
    Row("desk:amendment_deed", "B", money_situations.end_proposed, "amendment.confirm", {}, ("confirm",)),
    Row("desk:amendment_deed", "O", money_situations.end_proposed_by_the_head, "amendment.confirm", {}, ("confirm",)),
    Row("desk:amendment_deed", "O", money_situations.going_on_proposed, "amendment.confirm", {}, ("confirm",)),
    Row("desk:amendment_deed", "bB", money_situations.end_proposed, "amendment.drop", {}, ("drop",)),
    # public money: one office proposes and checks, another pays; whoever did one part of a batch does no other
    look("money:home", COUNTY, action="fund.see"),
    Row("money:new_fund", "fFp", action="fund.set_up", data={"programme": money.PROGRAMME, "year": "2027"}),
    look("money:fund", COUNTY, money_situations.money_there, "fund.see"),
    money_deed("fund", "appropriate", "fFp", money_situations.money_there, level="city", fen="5"),
    money_deed("fund", "arrive", "fFp", money_situations.money_promised, level="city", fen="5"),
    money_deed("fund", "pass_on", "fFp", money_situations.money_come),
    money_deed("fund", "cover", "fFp", money_situations.money_missing, expected_on_year="2026", expected_on_month="12", expected_on_day="1"),
    Row("money:take_back", "fFp", money_situations.a_booking, "fund.take_back", {}),
    look("money:propose", "bB", money_situations.money_and_award, "batch.propose"),
    look("money:batch", "bBfFp", money_situations.batch_at(money.proposed), "batch.see"),
    money_deed("batch", "check", "B", money_situations.batch_at(money.proposed)),
    money_deed("batch", "drop", "bBfFp", money_situations.batch_at(money.proposed)),
    money_deed("batch", "approve", "fFp", money_situations.batch_at(money.checked)),
    money_deed("batch", "export", "fp", money_situations.batch_at(money.approved)),
    look("money:file", "p", money_situations.batch_at(money.exported), "batch.file", "csv"),
    look("money:batch_deed", "fFp", money_situations.batch_at(money.exported), "batch.reconcile", "reconcile"),
    money_deed("batch", "close", "fFp", money_situations.answered),
    look("money:payment", "bBfFp", money_situations.came_back, "payment.see"),
    look("money:payment", "bBfFp", money_situations.came_back, "payment.settle"),
    Row("money:mend", "bB", money_situations.came_back, "payment.mend", {}),
    # letters: one office assesses and begins, two people; a letter is its contact's alone, and nobody above sees it
    look("outreach:home", COUNTY + "a", action="finder_run.see"),
    Row("outreach:assess", "bB", action="assessment.draft", data=outreach_situations.ASSESSED, more=("at-sixty",)),
    look("outreach:assessment", COUNTY + "a", outreach_situations.drafted, "assessment.see"),
    Row("outreach:assessment_deed", "B", outreach_situations.drafted, "assessment.sign", {}, ("sign",)),
    Row("outreach:assessment_deed", "bB", outreach_situations.drafted, "assessment.withdraw", {}, ("withdraw",)),
    Row("outreach:begin", "B", outreach_situations.signed_once, "finder_run.begin", {}, ("at-sixty",)),
    Row("outreach:halt", "bB", outreach_situations.begun, "finder_run.stop", {}),
    look("outreach:next", "dhDbBCOfFp", outreach_situations.letters_wait, "letter.see"),
    look("outreach:numbered", "dhDbBCOfFp", action="letter.record"),
    look("outreach:print", "d", outreach_situations.letter, "letter.see"),
    look("outreach:print", "b", outreach_situations.county_letter, "letter.see"),
    Row("outreach:letter_deed", "d", outreach_situations.letter, "letter.carry", {}, ("carry",)),
    Row("outreach:letter_deed", "d", outreach_situations.letter, "letter.record", {"outcome": "given"}, ("record",)),
    Row("outreach:at_counter", OFFICERS, action="no_contact.at_counter", data={"identity": outreach_situations.NUMBER}),
    Row("outreach:again_at_counter", OFFICERS, action="no_contact.again_at_counter", data={"identity": outreach_situations.NUMBER}),
    look("outreach:next_reminder", OFFICERS, outreach_situations.reminders_wait, "reminder.see"),
    Row("outreach:tell", "b", outreach_situations.reminder, "reminder.tell", {"told": "telephone"}),
    Row("money:account", "bB", money_situations.award, "award.give_account", {"bank": "演示银行", "digits": "9900000000001"}),
    # the register: who sits where somebody lives, and the office that keeps it; two entries are compared by that office alone
    look("registers:home", OFFICERS, action="resident.see"),
    look("registers:person", "dhtTbB", register_situations.somebody, "resident.see"),
    Row("registers:put_right", "tTbB", register_situations.somebody, "resident.put_right", register_situations.RIGHT),
    look("registers:errors", OFFICERS, action="records.count"),
    look("registers:finding", "tTbB", register_situations.finding, "finding.see"),
    Row("registers:finding_deed", "tT", register_situations.finding, "finding.mend", {}, ("mend",)),
    Row("registers:finding_deed", "tT", register_situations.finding, "finding.keep", {"words": "户口簿上就是这天"}, ("keep",)),
    look("registers:pairs", COUNTY, action="pair.see"),
    look("registers:pair", "bB", register_situations.pair, "pair.see"),
    Row("registers:pair_deed", "bB", register_situations.pair, "pair.join", register_situations.KEEPS, ("join",)),
    Row("registers:pair_deed", "bB", register_situations.pair, "pair.part", {}, ("part",)),
    Row("registers:pair_deed", "bB", register_situations.joined, "pair.undo", {}, ("undo",)),
    # what was paid too much: one proposes, another decides and answers, the finance office takes it in
    Row("money:ask_back", "bB", money_situations.paid_too_much, "award.ask_back", {"year": "2026", "fen": "5", "why": "less", "reasons": "多发了"}),
    look("money:recovery", "bBfFp", money_situations.proposed_back, "recovery.see"),
    money_deed("recovery", "decide", "B", money_situations.proposed_back, instalments="3"),
    money_deed("recovery", "drop", "B", money_situations.proposed_back),
    money_deed("recovery", "receive", "fFp", money_situations.asked_back, fen="5"),
    money_deed("recovery", "waive", "B", money_situations.asked_back, answer="差错在单位"),
    money_deed("recovery", "keep", "B", money_situations.objected_to, answer="核对过", instalments="3"),
    # the yearly review: the village asks, the county decides; who proposed does not confirm, who was first does not check
    look("reviews:home", COUNTY, action="campaign.see"),
    Row("reviews:begin", "B", review_situations.to_be_reviewed, "campaign.begin", {"programme": money.PROGRAMME}),
    look("reviews:campaign", "bB", review_situations.renewal_is_owed, "campaign.see"),
    Row("reviews:propose", "bB", review_situations.renewal_is_owed, "renewal.propose", {}),
    look("reviews:renewal", "bB", review_situations.renewal_proposed, "renewal.see"),
    Row("reviews:renewal_deed", "B", review_situations.renewal_proposed, "renewal.confirm", {}, ("confirm",)),
    Row("reviews:renewal_deed", "bB", review_situations.renewal_proposed, "renewal.drop", {}, ("drop",)),
    look("reviews:review", "dhtTbB", review_situations.asked, "review.at_desk"),
    look("reviews:review", "bB", review_situations.change_came, "review.at_desk"),
    look("reviews:letter", "dhtTbB", review_situations.asked, "review.print"),
    review_deed("send_out", "dhtTbB", review_situations.asked),
    review_deed("say_unchanged", "dhtTbB", review_situations.asked, how="paper"),
    review_deed("ask_call", "dhtTbB", review_situations.asked, how="paper"),
    review_deed("state_anew", "dhtTbB", review_situations.asked, how="paper", person__rural="no"),
    review_deed("say_changed", "dhtTbB", review_situations.asked, how="paper", change="move", on_year="2026", on_month="2", on_day="1"),
    review_deed("appoint", "dh", review_situations.asked, on_year="2026", on_month="3", on_day="9"),
    review_deed("contact", "dh", review_situations.day_has_come, outcome="letter_left"),
    review_deed("renew", "bB", review_situations.answer_came),
    review_deed("determine", "bB", review_situations.change_came),
    review_deed("end", "bB", review_situations.end_came),
    look("reviews:check", "bB", review_situations.chance_met, "review_check.see"),
    check_deed("agree", "B", review_situations.chance_met),
    check_deed("differ", "B", review_situations.chance_met, difference="place"),
    check_deed("appoint", "B", review_situations.chance_met, on_year="2026", on_month="3", on_day="9"),
    check_deed("visit", "B", review_situations.visit_agreed),
    check_deed("leave", "B", review_situations.visited_twice),
    # the family's own word
    look("family:request", "r", situations.the_case, "case.see"),
    look("family:messages", "r", situations.the_case, "message.see"),
    look("desk:messages", "dhTB", situations.the_case, "message.see"),
    look("family:slip", "r", situations.the_case, "case.see"),
    look("family:proof", "r", situations.the_case, "case.see"),
    word("say_resolved", "r", situations.done),
    word("say_not", "r", situations.done),
    word("supply", "r", situations.asked, words="户口簿"),
    word("add_photo", "r", situations.asked, item="0", photo=photos.paper()),
    look("family:photo", "r", situations.photo_sent, "case.see_photos"),
    Row("family:take_back_photo", "r", situations.photo_sent, "case.remove_photo", {}),
    word("withdraw", "r"),
    look("family:data", "r", situations.the_case, "case.see"),
    look("family:data_copy", "r", situations.the_case, "case.see"),
    Row("family:deed", "r", situations.the_case, "case.correct", {"name": "王桂兰", "phone": "", "village": ""}, ("correct",)),
    word("erase", "r", situations.withdrawn),
    # what families said: each office its own, the county its offices'; pressure is the county's alone
    word("rate", "r", situations.closed, stars="5"),
    look("desk:ratings", OFFICERS, action="rating.see"),
    look("desk:ratings", OFFICERS, situations.pressure_once, "pressed.see"),
    Row("desk:pressed", "B", situations.pressure, "pressed.look_into", {"words": "查过了"}),
    # what went up
    Row("desk:answer", "h", situations.duty_is_late, "duty.answer", {"words": "今天就办"}),
    Row("desk:answer", "T", situations.duty_is_broken, "duty.answer", {"words": "明天就办"}),
    Row("desk:discharge", "T", lambda stage: stage.duty, "duty.discharge", {"reason": "本人不再需要"}),
    # promises: drafted at the desk, checked and published by the head of the same office, who did not write them
    look("county:found_promise", "bBCfFp", action="promise.found"),
    look("county:promise", "bB", situations.draft, "promise.see"),
    look("county:preview", "bB", situations.draft, "promise.see"),
    look("county:change_promise", "bB", situations.draft, "promise.change"),
    look("county:draft_promise", "bB", situations.published, "promise.draft"),
    step("check", "B", situations.draft),
    step("give_back", "B", situations.checked),
    step("discard", "bB", situations.draft),
    step("publish", "B", situations.checked),
    step("end", "B", situations.published, **ENDS),
    # accounts
    look("county:account", "m", situations.account, "people.list"),
    look("county:office", "m", situations.office, "people.list"),
    Row("county:open_account", "m", action="people.open_account", data={"username": "new.one", "name": "新人", "password": "four-words-of-mine-9"}),
    Row("county:close_account", "m", situations.account, "people.close_account", {}),
    Row("county:open_again", "m", situations.closed_account, "people.open_again", {"password": "four-words-of-mine-9"}),
    Row("county:unlock_account", "m", situations.account, "people.unlock_account", {}),
    Row("county:reset_factor", "m", situations.account, "factor.ask", {}),
    Row("desk:confirm_factor", "X", situations.factor_lost, "factor.confirm", {}),
    Row("county:fill_post", "m", situations.vacant_post, "people.fill_post", DATE),
    Row("county:close_post", "m", situations.vacant_post, "people.change_office", {}),
    Row("county:vacate_post", "m", lambda _stage: Holding.objects.get(post__key=situations.POSTS["S"]), "people.vacate_post", ENDS),
    Row("county:name_office", "m", situations.office, "people.change_office", NAMES),
    # tables: whoever may take them in, at the office that did
    look("tables:list", "mbfp", action="import_batch.see"),
    look("tables:begin", "m", no_object, "import_batch.stage", "office_contacts"),
    Row("tables:send", "m", action="import_batch.stage", data={"content": situations.telephones()}, more=("office_contacts",)),
    look("tables:table", "m", situations.table_rehearsed, "import_batch.see"),
    look("tables:back", "m", situations.table_rehearsed, "import_batch.see"),
    Row("tables:table_deed", "m", situations.table_rehearsed, "import_batch.apply", {}, ("apply",)),
    Row("tables:table_deed", "m", situations.table_rehearsed, "import_batch.drop", {}, ("drop",)),
    Row("tables:table_deed", "m", situations.table_taken_in, "import_batch.undo", {}, ("undo",)),
    look("county:tokens", "m", action="token.list"),
    Row("county:issue_token", "m", action="token.issue", data={"name": "12345", "office": "", "scopes": "requests:ask"} | ENDS),
    Row("county:revoke_token", "m", lambda _stage: tokens.issue().token, "token.revoke", {}),
    Row("county:reach_office", "m", situations.office, "people.change_office", {"telephone": "100 0526 0000", "hours": ""}),
    Row("county:take_out", "m", situations.entered, "people.announce_day", {"source": "登错了"}),
    Row("county:undo_days", "m", situations.changed, "people.announce_day", {}),
    Row("county:announce", "m", action="people.announce_day", data={"free": "2027-01-01", "worked": "", "source": "国办", "sure": "yes"}),
]  # fmt: skip


@pytest.fixture
def stage(monday):
    for post in situations.POSTS.values():
        county.officer(post)
    return situations.Stage(case=cases.ask(), other=cases.ask())


def browser_of(letter: str, stage: situations.Stage) -> Client:
    client = Client()
    if letter in situations.POSTS:
        county.sign_in(client, situations.POSTS[letter])
    elif letter in "rR":
        session = client.session
        held = stage.case if letter == "r" else stage.other
        session[RECEIPTS] = {str(held.pk): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
        session.save()
    return client


def address_of(row: Row, about: Any) -> str:
    args = [] if about is None else [about.case_id, about.pk] if isinstance(about, Photo) else [about.pk]
    args += [about.entry] if hasattr(about, "entry") else []
    return reverse(row.address, args=[*args, *row.more])


def data_of(row: Row) -> dict[str, Any] | None:
    if row.data is None:
        return None
    filled = dict(row.data)
    if filled.get("to") in situations.POSTS:
        filled["to"] = str(cases.post_of(situations.POSTS[filled["to"]]))
    if "village" in filled:
        filled["village"] = str(county.village().pk)
    if "office" in filled:
        filled["office"] = str(Office.objects.get(key="health-bureau").pk)
    if row.address == "county:fill_post":
        filled["username"] = county.account_of(situations.POSTS["D"]).username
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
    # open to everybody: tests/journeys/test_a_letter_that_everyone_gets
    elsewhere |= {"no_contact.by_code", "no_contact.again_by_code"}
    # open to everybody who knows the word; behind `meeting.decide`: tests/journeys/test_a_village_meets
    elsewhere |= {"meeting.correct", "resolution.resolve"}
    # tests/unit/benefits: no page of their own
    elsewhere |= {
        "claim.make",
        "objection.make",
        "award.grant",
        "award.see",
        "amendment.propose",
        "amendment.see",
        "recovery.propose",
        "recovery.object",
    }
    # the family's own, with the code of its letter: tests/unit/reviews/test_stories
    elsewhere |= {"review.take_back", "review.see"}
    system = {action for action, rule in gate.rules.items() if Role.SYSTEM in rule.cells}
    assert {row.action for row in ROWS} | elsewhere | system == set(gate.rules)


def test_every_guarded_address_is_tried():
    guarded = {name for name, action in ADDRESSES.items() if action != OPEN}
    assert guarded - {row.address for row in ROWS} <= {
        "desk:counter_next",
        "desk:counter_done",
        "desk:open_item",  # tests/journeys/test_many_claims_at_once.py: a button, and no page
    }


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
        "meetings:of_place": ["420526101201"],
        "meetings:meeting": ["BCDFGHJKLMNP"],
        "meetings:correct": ["BCDFGHJKLMNP"],
        "notices:running": ["420526101201"],
        "notices:notice": ["BCDFGHJKLMNP"],
        "notices:object": ["BCDFGHJKLMNP", "begin"],
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
        "passings:file": ["csv"],
        "reviews:own": ["01942486-c680-7116-ae20-773571b054b6"],
        "reviews:own_deed": ["01942486-c680-7116-ae20-773571b054b6", "say_changed"],
        "outreach:handed_out": ["newborn"],
        "public:release_file": ["420526000000", "2026-01", "csv"],
    }
    url = reverse(name, args=args.get(name, []))
    for letter in EVERYBODY:
        answer = browser_of(letter, stage).get(url)
        # what needs a token is open to the gate of pages, and asks for it itself
        assert answer.status_code in (200, 302, 400, 401, 404, 405), f"{letter} {url}"
        assert not answer.headers.get("Location", "").startswith("/accounts/")
