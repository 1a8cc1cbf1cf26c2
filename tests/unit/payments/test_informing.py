"""What a family hears of its claim and its money on the telephone: at each step one message that is the same for every step."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Claim
from chengnuo.channels.models import Message
from chengnuo.config import worker
from chengnuo.foundation.models import Errand
from chengnuo.payments.models import Batch, Payment
from chengnuo.payments.operations import informing
from chengnuo.people.models import Consent
from chengnuo.policies.programmes import programmes
from tests.factories import claims, messages, money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATER, DAY = money.LATER, claims.DAY
OURS = "payments.told"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


def errand(kind, pk, topic=informing.TOPICS[0]):
    payload = {"kind": kind, "id": str(pk)}
    return Errand(topic=topic, handler=OURS, payload=payload, created_at=LATER, next_at=LATER)


def heard(at):
    """What was said to us since the last time, and the messages that came of it."""
    topics = list(Errand.objects.filter(handler=OURS, done_at=None).values_list("topic", flat=True))
    worker.drain(at)
    return topics, Message.objects.count()


def silent(case):
    """Everything that happened is told already."""
    messages.agreed(case, at=LATER)
    worker.drain(LATER)
    Message.objects.all().delete()


def agreed_award():
    award = money.awarded(account=None)
    silent(award.claim.case)
    return award


def steps(award):
    """Whatever the family hears of after the decision, with the topic by which it does."""
    yield "bank_account.given", lambda: money.give(award, money.digits(1))
    yield "payment.settle/1", lambda: money.reconciled(money.exported(money.fund(40_000)))


def test_each_step_of_an_award_and_of_its_money_leaves_one_message():
    award = agreed_award()
    for topic, happens in steps(award):
        happens()
        assert heard(LATER) == ([topic], 1), topic
        Message.objects.all().delete()
    assert {topic for topic, _ in steps(award)} == set(informing.TOPICS) - {"claim.pass_on/1"}


def test_each_stage_of_a_claim_leaves_one_message_and_what_waits_already_says_the_next_one_too():
    """Also the end of a notice, which is told as news of the case and not once more by us."""
    claim = claims.made(at=LATER)
    silent(claim.case)
    at, notices = LATER, 0
    while claim.stage + 1 < len(claim.stages):
        post = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
        is_notice, at = bool(claim.stands_at.notice), at + DAY
        claim = claims.passed_on(claim, post[claim.stands_at.level], at=at)
        assert heard(at) == ([] if is_notice else ["claim.pass_on/1"], 1), claim.stage
        notices += is_notice
    assert notices
    assert messages.readings(claim.case) == ["queued"], "many steps, one message: nobody had sent the first"


def test_the_message_is_the_same_at_every_step_and_names_neither_programme_sum_nor_person():
    """It is read by whoever holds the telephone."""
    award = agreed_award()
    names = {name for each in programmes() for name in (each.words.name.hans, each.words.name.hant, each.words.name.en)}
    at, texts = LATER, set()
    for topic, happens in steps(award):
        happens()
        worker.drain(at)
        at += 2 * DAY
        worker.send_messages(at)
        assert not Message.objects.exclude(sent_at=None).filter(sent_at__lt=at - DAY).exists(), topic
        (text,) = messages.outgoing()
        texts.add(text)
        Message.objects.all().delete()
        messages.moved("sent")
    (text,) = texts
    words = (
        "960",
        "400",
        "演示银行",
        money.digits(1)[-4:],
        "欧阳",
        "桂兰",
        str(award.pk),
        "补助",
        "补贴",
        "扶助",
        "奖励",
    )
    assert not [word for word in (*words, *names) if word in text]


def test_who_never_agreed_or_took_it_back_is_in_no_message():
    silent_one, regrets = money.awarded(1, account=None), money.awarded(2, account=None)
    silent(regrets.claim.case)
    Consent.objects.update(withdrawn_at=LATER)
    for award, of in ((silent_one, 1), (regrets, 2)):
        money.give(award, money.digits(of))
    assert heard(LATER) == (["bank_account.given"] * 2, 0)


def test_only_the_family_of_the_award_is_told():
    one, other = money.awarded(1, account=None), money.awarded(2, account=None)
    for award in (one, other):
        silent(award.claim.case)
    money.give(one, money.digits(1))
    worker.drain(LATER)
    (message,) = Message.objects.all()
    assert message.consent.contact_id == one.claim.case.contact_id


def test_a_claim_an_award_and_a_payment_lead_to_one_case_and_whatever_else_to_none():
    award = agreed_award()
    money.give(award, money.digits(1))
    (payment,) = money.payments(money.exported())
    worker.drain(LATER)
    wrong = [(kind, uuid4()) for kind in (Claim.kind, Award.kind, Payment.kind)]
    wrong += [(Batch.kind, payment.batch_id), ("case", award.claim.case_id), ("fund", payment.batch.fund_id)]
    wrong += [(Payment.kind, award.pk), (Award.kind, award.claim_id), (Claim.kind, payment.pk)]
    for kind, pk in wrong:
        Message.objects.all().delete()
        informing.told(errand(kind, pk), LATER)
        assert not Message.objects.exists(), kind
    right = [(Claim.kind, award.claim_id), (Award.kind, award.pk), (Payment.kind, payment.pk)]
    for kind, pk in right:
        Message.objects.all().delete()
        for _ in range(2):  # an errand may be done twice
            informing.told(errand(kind, pk), LATER)
        assert messages.readings(award.claim.case) == ["queued"], kind


def test_of_a_family_whose_words_are_forgotten_nothing_is_said():
    award = agreed_award()
    case = award.claim.case
    Consent.objects.filter(contact=case.contact).delete()
    informing.told(errand(Award.kind, award.pk), LATER)
    assert not Message.objects.exists()
