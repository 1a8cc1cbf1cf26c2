"""The page of an award at the desk: what is due, paid and outstanding, on what it rests, and how two officers change it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.benefits.models import Award
from chengnuo.foundation import clock
from chengnuo.reviews.models import Amendment
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import amendments, claims, county, money, recoveries
from tests.factories.money import LATER

pytestmark = pytest.mark.django_db
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
ANEW = {"year": "2026", "person__rural": "no", "reasons": "户口已转为城镇"}


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(LATER):
        yield


def desk(post=claims.BUREAU_DESK):
    client = Client(headers={"accept-language": "en"})
    county.sign_in(client, post, at=LATER)
    return client


def page(award, post=claims.BUREAU_DESK):
    return desk(post).get(reverse("desk:award", args=[award.pk]))


def sent(client, url, data):
    stamp = STAMP.search(client.get(url).content.decode())[1]
    return client.post(url, data | {"stamp": stamp})


def test_it_says_year_by_year_what_is_due_paid_and_outstanding_and_why():
    award = money.awarded()
    shown = page(award).content.decode()
    for said in ("960 yuan", "Outstanding:", "On which determinations it rests", "Nothing was changed", "欧阳桂兰"):
        assert said in shown, said
    (year,) = page(award).context["page"].years
    assert (year.due, year.paid, year.outstanding) == ("960 yuan", "0 yuan", "960 yuan")
    assert year.why
    money.reconciled(money.exported(money.fund()))
    (year,) = page(award).context["page"].years
    assert (year.paid, year.outstanding, year.why) == ("960 yuan", "", "")


def test_what_was_paid_too_much_has_its_way_and_is_never_asked_by_itself():
    award = recoveries.overpaid()
    shown = page(award).context["page"]
    assert shown.too_much.href == reverse("money:ask_back", args=[award.pk])
    assert [each.fen for each in shown.determined] == ["0 yuan", "960 yuan"]
    assert not award.recoveries.exists()
    assert page(money.awarded(of=2)).context["page"].too_much is None


def test_it_is_determined_anew_through_the_page_by_two_and_the_family_reads_why():
    award = money.awarded()
    answer = sent(desk(), reverse("desk:award_deed", args=[award.pk, "determine"]), ANEW)
    assert answer.status_code == 302
    found = Amendment.objects.get()
    mine = desk().get(reverse("desk:amendment", args=[found.pk])).context["page"]
    assert [button.href.rsplit("/", 2)[-2] for button in mine.buttons] == ["drop"]
    url = reverse("desk:amendment_deed", args=[found.pk, "confirm"])
    assert desk().get(url).status_code == 404
    assert sent(desk(claims.BUREAU_HEAD), url, {}).status_code == 302
    client, case = Client(headers={"accept-language": "en"}), award.claim.case_id
    session = client.session
    session[RECEIPTS] = {str(case): [(LATER + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    shown = client.get(reverse("family:money", args=[case])).content.decode()
    assert "2026 comes to 0 yuan." in shown
    assert "户口已转为城镇" in shown


def test_it_is_ended_through_the_page_and_can_only_go_on_afterwards():
    award = money.awarded()
    said = {"ending": "statement", "on_year": "2026", "on_month": "3", "on_day": "12", "reasons": "本人书面声明"}
    assert sent(desk(), reverse("desk:award_deed", args=[award.pk, "end"]), said).status_code == 302
    waits = page(award).context["page"]
    assert [each.state.tone for each in waits.changes] == ["calm"]
    sent(desk(claims.BUREAU_HEAD), reverse("desk:amendment_deed", args=[Amendment.objects.get().pk, "confirm"]), {})
    over = page(award).context["page"]
    assert Award.objects.get().status == "ended"
    assert [button.href for button in over.buttons] == [reverse("desk:award_deed", args=[award.pk, "restore"])]
    assert "The person says so themselves." in [row.value for row in over.about]


def test_a_refusal_keeps_what_was_typed_and_a_field_about_children_is_not_there():
    award = money.awarded()
    client, url = desk(), reverse("desk:award_deed", args=[award.pk, "determine"])
    form = client.get(url).content.decode()
    assert not re.search(r'name="[^"]*(child|daughter)', form)
    assert "The person is registered as a rural resident" in form
    assert "Are you" not in form, "whoever reads it is the officer"
    answer = sent(client, url, {"year": "2026", "reasons": "只写理由"})
    assert answer.status_code == 200
    assert "By the rules, and on what is held, this year comes to what it was." in answer.content.decode()
    assert "只写理由" in answer.content.decode()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("post", [claims.DESK, claims.TOWNSHIP_DESK, f"{county.TOWNSHIP}.head", money.FINANCE_HEAD])
@pytest.mark.parametrize("programme", ["rural-incentive", "special-bereaved"])
def test_no_village_township_or_paying_office_opens_it(post, programme):
    award = money.awarded(programme=programme)
    found = amendments.ended(award)
    for name, pk in (("desk:award", award.pk), ("desk:amendment", found.pk)):
        assert desk(post).get(reverse(name, args=[pk])).status_code in (403, 404)


def test_whoever_has_the_receipt_opens_neither_page():
    award = money.awarded()
    client = Client()
    session = client.session
    session[RECEIPTS] = {str(award.claim.case_id): [(LATER + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    assert client.get(reverse("desk:award", args=[award.pk])).status_code in (302, 403, 404)


def test_claim_payment_account_and_recovery_lead_to_it_for_whoever_may_open_it():
    award = money.awarded()
    money.reconciled(money.exported(money.fund()), failed={money.digits(1): "户名不符"})
    way, payment = reverse("desk:award", args=[award.pk]), award.payments.get()
    for name, pk in (("desk:claim", award.claim_id), ("money:payment", payment.pk)):
        assert way in desk().get(reverse(name, args=[pk])).content.decode(), name
    assert way in desk().get(reverse("money:account", args=[award.pk])).content.decode()
    assert way not in desk(money.FINANCE_DESK).get(reverse("money:payment", args=[payment.pk])).content.decode()
    back = recoveries.proposed(recoveries.overpaid(of=2))
    assert reverse("desk:award", args=[back.award_id]) in (
        desk().get(reverse("money:recovery", args=[back.pk])).content.decode()
    )


# pages that do not open for what would only be refused


def test_a_head_who_passed_a_guarded_claim_on_opens_no_page_of_its_decision():
    claim = claims.passed_on(claims.made("special-bereaved"), claims.BUREAU_HEAD, at=county.MONDAY)
    for name in ("grant", "refuse"):
        assert desk(claims.BUREAU_HEAD).get(reverse("desk:claim_deed", args=[claim.pk, name])).status_code == 404
    shown = desk(claims.BUREAU_HEAD).get(reverse("desk:claim", args=[claim.pk])).context["page"]
    assert shown.buttons == ()


def test_a_batch_is_proposed_where_something_was_awarded_and_nowhere_else():
    fund = money.fund(0)
    url, deed = reverse("money:fund", args=[fund.pk]), reverse("money:propose", args=[fund.pk])

    def offered(post):
        client = desk(post)
        return bool(client.get(url).context["page"].propose), client.get(deed).status_code

    posts = (claims.BUREAU_DESK, "civil-affairs.head", money.FINANCE_DESK)
    assert [offered(post) for post in posts] == [(False, 404)] * 3
    money.awarded()
    assert [offered(post) for post in posts] == [(True, 200), (False, 404), (False, 404)]


def test_without_a_reason_nothing_is_proposed_to_go_on_and_with_one_the_other_officer_is_asked():
    award = money.awarded()
    amendments.confirmed(amendments.ended(award, "death", on=date(2026, 2, 1)))
    client, url = desk(), reverse("desk:award_deed", args=[award.pk, "restore"])
    answer = sent(client, url, {"reasons": "  "})
    assert (answer.status_code, Amendment.objects.filter(sort="restore").count()) == (200, 0)
    assert sent(client, url, {"reasons": "死亡登记的是另一个人。"}).status_code == 302
    (asked,) = Amendment.objects.filter(sort="restore")
    assert (asked.status, Award.objects.get(pk=award.pk).status) == ("proposed", "ended")
