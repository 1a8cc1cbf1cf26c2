"""Whatever is typed into any form: a clear sentence and what to do, all of it still there, escaped, and not one row written."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import resolve

from chengnuo.web.casework.photos import ADD
from chengnuo.web.county.promise_acts import STEPS
from chengnuo.web.desk.deeds import DEEDS
from chengnuo.web.family.deeds import DEEDS as OWN_DEEDS
from chengnuo.web.family.own_deeds import OWN_DATA
from chengnuo.web.forms import Form
from tests.factories import bad, desk, sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
every = pytest.mark.parametrize("name", list(sheets.ALL))
worded = pytest.mark.parametrize("name", sheets.WITH_WORDS)
# forms that are no page of their own, and where they are tried
ELSEWHERE = {
    "Form": "what all are made of",
    "ActForm": "what all that act are made of",
    "NeedLine": "a line of a draft: tests/unit/web/test_bad_input.py",
    "BasisLine": "a line of a draft: tests/unit/web/test_bad_input.py",
    "Founding": "a draft with a name in the address: test_a_new_promise.py",
    "PhotoForm": "a file: test_a_family_sends_photos.py",
    "HangForm": "a file: test_a_public_notice.py",
    "TableForm": "a file: test_a_table_of_telephones.py",
    "OpenForm": "a name and a password: test_a_folder_of_receipts.py",
    "AddForm": "the same question as when following: test_a_folder_of_receipts.py",
    "TakeBack": "taking an offer back, which shares the name of sending it back: test_a_head_offers_many_cases.py",
    "LookForm": "what came of a report of pressure: test_a_family_rates.py",
    "RateForm": "five stars after the end: test_a_family_rates.py",
    "Going": "what the two below are made of",
    "HandOut": "many cases at once: test_a_head_offers_many_cases.py",
    "Onward": "the next part of them: test_a_head_offers_many_cases.py",
    "AnswerForm": "a step of another office: test_a_step_by_another_office.py",
    "WhyForm": "a step of another office: test_a_step_by_another_office.py",
    "OpeningAgain": "an account that was closed: tests/unit/web/county/test_accounts.py",
    "CounterCodeForm": "the same code, where an officer types it: test_a_family_helped_at_a_counter.py",
    "_ReadByWhom": "what answering and freeing are made of",
    "Issuing": "it shows a secret and leads nowhere: test_an_administrator_lets_another_system_in.py",
    "Opening": "a stamp and a secret that is shown: test_an_officer_reads_deadlines_in_a_calendar.py",
    "EmailForm": "only where mail is sent: test_an_officer_is_sent_a_digest.py",
    "TakingOut": "a day that was entered: tests/unit/web/county/test_holidays.py",
    "QuestionForm": "a question of the calculator, whose answers travel along: test_bad_input_to_the_calculator.py",
    "FactForm": "a question of the calculator: test_bad_input_to_the_calculator.py",
    "MoreForm": "a question of the calculator: test_bad_input_to_the_calculator.py",
    "WhoForm": "a claim, whose answers travel along: tests/unit/web/claims/test_forms.py",
    "CounterWhoForm": "the same at a counter: tests/unit/web/claims/test_forms.py",
    "CounterReachForm": "the same at a counter: tests/unit/web/claims/test_forms.py",
    "DeclareForm": "a claim, sent: test_a_family_claims.py",
    "CounterDeclareForm": "a claim, sent at a counter: test_a_claim_at_the_counter.py",
    "PassOnForm": "a stage of a claim: test_a_claim_is_decided.py",
    "GrantForm": "the decision on a claim: test_a_claim_is_decided.py",
    "RefuseForm": "the decision on a claim: test_a_claim_is_decided.py",
    "AccountForm": "public money: test_money_from_a_level_to_a_payee.py",
    "Arrived": "public money: test_money_from_a_level_to_a_payee.py",
    "Expected": "public money: test_money_from_a_level_to_a_payee.py",
    "NewFund": "public money: test_money_from_a_level_to_a_payee.py",
    "Returned": "public money: test_money_from_a_level_to_a_payee.py",
    "Sum": "public money: test_money_from_a_level_to_a_payee.py",
    **dict.fromkeys(
        ("AskBack", "Instalments", "Answered", "Kept", "Received"),
        "what was paid too much: tests/unit/web/reviews/test_forms.py",
    ),
    **dict.fromkeys(
        ("HowForm", "Ends", "EndsAtDesk", "Anew", "AnewAtDesk", "Appointment", "Contacted", "Otherwise"),
        "the yearly review: tests/unit/web/reviews/test_forms.py",
    ),
    **dict.fromkeys(
        ("LetterCode", "OwnForm", "CallMe", "CallAtDesk"), "the yearly review: tests/unit/web/reviews/test_own_pages.py"
    ),
    **dict.fromkeys(("Determine", "End", "Restore"), "a change to an award: tests/unit/web/awards/test_pages.py"),
    "Tell": "a closed letter, told otherwise: tests/unit/web/casework/test_closed_letters.py",
    "ConfirmForm": "a row of law: test_a_village_meets.py",
    "CorrectForm": "a word and a line: tests/unit/web/meetings/test_pages.py",
    **dict.fromkeys(
        (
            "WhenForm",
            "CallForm",
            "ChangeForm",
            "HoldForm",
            "PageForm",
            "MinutesForm",
            "ResolveForm",
            "AnswerCorrection",
            "ReplyForm",
        ),
        "a meeting: tests/unit/web/meetings/test_forms.py",
    ),
    "AgainForm": "letters again: tests/unit/web/outreach/test_open_pages.py",
    **dict.fromkeys(("Objection", "NothingForm", "BeginForm"), "the yearly review: test_a_yearly_review.py"),
    **dict.fromkeys(
        ("SoughtForm", "RightForm", "JoinForm", "KeepForm"), "the register: test_bad_input_to_the_register.py"
    ),
    **dict.fromkeys(
        ("AssessForm", "NumberForm", "OutcomeForm", "IdentityForm", "ToldForm", "SendBackForm", "DrawForm", "LineForm"),
        "letters and what is decided on claims: test_bad_input_to_letters_and_claims.py",
    ),
    "CodeForm": "the code of a letter: test_a_letter_that_everyone_gets.py; that of a second factor: test_second_factor_at_sign_in.py",
    **dict.fromkeys(("GroundForm", "EvidenceForm", "NameForm", "SendForm"), "an objection: test_an_objection.py"),
    "RestateForm": "a claim whose answers travel along: test_a_statement_is_put_right.py",
    "CounterRestateForm": "the same at a counter: test_a_statement_is_put_right.py",
    "ConsentForm": "a stamp and nothing else: test_bad_input_and_stamps.py",
}


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """How long a password is hashed is no part of this."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sent(sheet, **changes):
    stamp = {"stamp": sheet.stamp()} if sheet.act else {}
    return sheet.good | stamp | changes


@every
def test_a_good_answer_is_taken(name):
    """What is refused below is refused for what is wrong with it, and for nothing else."""
    sheet = sheets.ALL[name]()
    before = bad.rows()
    answer = sheet.post(sent(sheet))
    if name == "follows":
        assert "No request opens with this code." in desk.said(answer)
    else:
        assert answer.status_code == 302, desk.said(answer)[:1500]
    assert (bad.rows() != before) is sheet.act


def wrong(sheet, answer, before, typed, texts):
    """What is not as it should be after something bad was sent: nothing, or words for the one who reads the test."""
    said = bad.mistakes(answer)
    checks = {
        f"answered {answer.status_code}": answer.status_code == 200,
        "no sentence": bool(said),
        f"no sentence: {said}": all(bad.is_sentence(unescape(each)) for each in said),
        "something was written": bad.rows() == before,
        "what was typed is gone": bad.shows(
            answer, [typed[each] for each in texts if typed.get(each, "").strip(" \t\r\n")]
        ),
    }
    return [what for what, fine in checks.items() if not fine]


def boxes(sheet):
    """The fields whose text is shown again: everything but what is chosen, and a password."""
    hidden = {name for name, kind in sheet.kinds.items() if kind in ("choice", "choices", "password", "anything")}
    return [name for name, value in sheet.good.items() if isinstance(value, str) and name not in hidden]


@every
def test_what_cannot_be_taken_is_said_and_stays_and_nothing_is_written(name):
    sheet = sheets.ALL[name]()
    good, before, found = sent(sheet), bad.rows(), {}
    for field, kind in sheet.kinds.items():
        for label, value in bad.REFUSED[kind].items():
            typed = good | bad.spread(field, kind, value)
            with bad.undone():
                answer = sheet.post(typed)
                if faults := wrong(sheet, answer, before, typed, boxes(sheet)):
                    found[field, label] = faults
    assert not found


@worded
def test_too_long_is_said_with_both_numbers(name):
    sheet = sheets.ALL[name]()
    good, before, found = sent(sheet), bad.rows(), {}
    for field in (field for field, kind in sheet.kinds.items() if kind in bad.TEXT):
        typed = good | {field: "长" * 5001}
        with bad.undone():
            answer = sheet.post(typed)
            said = " ".join(bad.mistakes(answer))
            faults = wrong(sheet, answer, before, typed, boxes(sheet))
            if faults or "it has 5001. Shorten it a little." not in said:
                found[field] = (faults, said)
    assert not found


def texts(sheet):
    return [field for field, kind in sheet.kinds.items() if kind in bad.TEXT]


@worded
def test_odd_words_are_words_escaped_and_never_run(name):
    """In every field at once. Taken or not, the page that follows holds them as words, or says what is wrong and keeps them."""
    sheet = sheets.ALL[name]()
    good, found = sent(sheet), {}
    for label, value in bad.ODD.items():
        with bad.undone():
            answer = sheet.post(good | dict.fromkeys(texts(sheet), value), follow=True)
            page = answer.content.decode()
            if answer.status_code != 200 or any(each in page for each in bad.RUN):
                found[label] = answer.status_code
            elif bad.mistakes(answer) and not bad.shows(answer, value):
                found[label] = "lost"
    for label, value in bad.UNSEEN.items():
        with bad.undone():
            answer = sheet.post(good | dict.fromkeys(texts(sheet), value))
            if answer.status_code != 302:
                found[label] = bad.mistakes(answer)
    assert not found


@pytest.mark.parametrize("name", ["fills a post", "vacates a post", "ends", "drafts"])
def test_days_at_the_ends_of_time_break_nothing(name):
    sheet = sheets.ALL[name]()
    good, found = sent(sheet), {}
    for field in (field for field, kind in sheet.kinds.items() if kind == "day"):
        for day in (("1", "1", "1"), ("9999", "12", "31"), ("２０２７", "１", "１")):
            with bad.undone():
                answer = sheet.post(good | bad.spread(field, "day", day), follow=True)
                if answer.status_code != 200 or (bad.mistakes(answer) and not bad.shows(answer, day)):
                    found[field, day] = bad.mistakes(answer)
    assert not found


def left_out(sheet, good):
    """Bodies that lack what is needed: each needed field alone, and everything but the stamp."""
    needed = [f for f, kind in sheet.kinds.items() if kind in bad.NEEDED]
    gone = {f: [*bad.spread(f, sheet.kinds[f], ("", "", ""))] for f in needed}
    bodies = {f: {key: value for key, value in good.items() if key not in parts} for f, parts in gone.items()}
    stamp = {key: value for key, value in good.items() if key == "stamp"}
    return bodies | ({"everything": stamp} if needed else {}) | ({"the stamp": {}} if sheet.act else {})


@every
def test_fields_left_out_are_asked_for(name):
    """A body without each field that is needed, without any of them, and one with nothing in it at all."""
    sheet = sheets.ALL[name]()
    good, before, found = sent(sheet), bad.rows(), {}
    for which, typed in left_out(sheet, good).items():
        with bad.undone():
            if faults := wrong(sheet, sheet.post(typed), before, typed, [f for f in boxes(sheet) if f in typed]):
                found[which] = faults
    assert not found


@every
def test_fields_sent_twice_and_foreign_ones_change_nothing(name):
    sheet = sheets.ALL[name]()
    good = sent(sheet)
    twice = {key: [value, value] if isinstance(value, str) else value for key, value in good.items()}
    foreign = {
        "status": "closed",
        "by": "1",
        "at": "2020-01-01",
        "case": "x",
        "is_superuser": "1",
        "__proto__": "x",
    }
    with bad.undone():
        answer = sheet.post(twice | foreign)
        assert answer.status_code == (200 if name == "follows" else 302), desk.said(answer)[:800]


@pytest.mark.parametrize("name", sheets.ONE_A_VIEW)
def test_another_method_or_another_kind_of_body_is_refused_in_words(name):
    sheet = sheets.ALL[name]()
    before = bad.rows()
    for method in ("put", "patch", "delete"):
        assert getattr(sheet.client, method)(sheet.address, "x").status_code == 405
    bodies = {
        "application/json": '{"stamp": 1}',
        "text/xml": "<a/>",
        "multipart/form-data; boundary=b": "--b\r\nx",
    }
    for kind, body in bodies.items():
        answer = sheet.client.post(sheet.address, body, content_type=kind)
        assert answer.status_code == 400 or (answer.status_code == 200 and bad.mistakes(answer)), kind
        assert bad.rows() == before


def kinds_of(form):
    """A form and every form made from it."""
    return {form}.union(*(kinds_of(below) for below in form.__subclasses__()))


def test_no_form_is_left_out():
    """Every form of the pages, and every deed and step that shares one, is tried by a sheet or stands above with its reason."""
    shown, tried = set(), set()
    for name, make in sheets.ALL.items():
        with bad.undone():
            sheet = make()
            shown.add(type(sheet.client.get(sheet.address).context["form"]))
            tried.add((name in sheets.DESK, resolve(sheet.address).kwargs.get("name")))
    ours = {form for form in kinds_of(Form) if form.__module__.startswith("chengnuo.")}
    assert {form.__name__ for form in ours - shown} == set(ELSEWHERE)
    elsewhere = {(True, ADD), (False, ADD), (False, "rate")}  # by PhotoForm and RateForm, above
    assert {(True, name) for name in (*DEEDS, *STEPS)} | {
        (False, name) for name in OWN_DEEDS | OWN_DATA
    } <= tried | elsewhere
