"""Every page of public money is read in three scripts, in whatever state, with nothing but links and forms."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.payments.models import Entry
from chengnuo.payments.operations import accounts, batches, funds, settling
from tests.factories import claims, county, money, reading

pytestmark = pytest.mark.django_db
LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
LATIN, CHINESE = re.compile("[A-Za-z]{4,}"), re.compile("[\u4e00-\u9fff]")
# what is the same in every script: our name, the names of the languages, kinds of files, and what a person has typed
AS_IT_IS = re.compile("Chengnuo|English|简体中文|繁體中文|xlsx|欧阳桂兰|[^\\s]*演示[^\\s]*")
# words that are written otherwise in the other Chinese script, of those that these pages use
HANS, HANT = re.compile("[资银帐户们额这发拨县级门书]"), re.compile("[資銀帳戶們額這發撥縣級門書]")
ODD = "4111111111111112"


@pytest.fixture
def browse(monday):
    """`browse(post, language)` is a browser of whoever holds a post, ten days later."""

    def made(post, language):
        client = Client(headers={"accept-language": language})
        county.sign_in(client, post, at=money.LATER)
        return client

    monday.move(timedelta(days=10))
    return made


def closed():
    return settling.close(batch=money.reconciled(money.exported()).pk, **money.said(money.CLERK))


def sent_back():
    """One of two was sent back; both have one account, whose last digit is odd."""
    money.awarded(2, account=ODD)
    batch = money.exported(money.fund(150_000))
    money.reconciled(batch, failed={ODD: "户名不符"})
    return batch


def dropped():
    batch = batches.drop(batch=money.checked().pk, **money.said(claims.BUREAU_DESK))
    batches.go_on(at=money.LATER)
    return batch


BATCHES = {
    "filling": lambda: batches.propose(fund=money.fund().pk, **money.said(claims.BUREAU_DESK)),
    "proposed": money.proposed,
    "checked": money.checked,
    "approved": money.approved,
    "sending": lambda: batches.export(batch=money.approved().pk, **money.said(money.CLERK)),
    "exported": money.exported,
    "reconciled": lambda: money.reconciled(money.exported()),
    "sent back": sent_back,
    "closed": closed,
    "dropped": dropped,
}
DEEDS = {
    money.FINANCE_HEAD: ("approve", "drop", "reconcile", "close"),
    money.CLERK: ("export",),
    claims.BUREAU_HEAD: ("check",),
}


def read(client, language, address):
    """What a page says, after a look at its language, its heading, its labels, and that it needs no script."""
    page = client.get(address)
    assert page.status_code == 200, address
    html = page.content.decode()
    seen = reading.read(html)
    assert (seen.lang, seen.h1, seen.unlabelled) == (LANGUAGES[language], 1, []), address
    main = html.split("<main")[1].split("</main")[0]
    assert "<script" not in main
    assert not re.search(r"\son[a-z]+=|javascript:|href=\"#\"", main), address
    assert "/money/" not in address or main.count("<form") == main.count('<form method="post"'), address
    texts = [AS_IT_IS.sub("", text) for text in seen.words]
    strange = [CHINESE] if language == "en" else [LATIN, HANT if language == "zh-hans" else HANS]
    assert not [text for text in texts for each in strange if each.search(text)], address
    return seen.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", BATCHES)
def test_a_batch_in_each_situation_and_the_pages_around_it_are_read_in_one_script(browse, situation, language):
    money.awarded(1, account=ODD)
    batch = money.again(BATCHES[situation]())
    around = [
        reverse("money:home"),
        reverse("money:fund", args=[batch.fund_id]),
        reverse("money:batch", args=[batch.pk]),
    ]
    for post, names in DEEDS.items():
        client = browse(post, language)
        for address in around:
            read(client, language, address)
        page = client.get(around[-1]).content.decode()
        for name in names:
            address = reverse("money:batch_deed", args=[batch.pk, name])
            if address in page:
                read(client, language, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fund_at_its_fullest_and_each_of_its_forms_are_read_in_one_script(browse, language):
    money.awarded()
    fund = money.fund(50_000)
    for level in ("province", "city", "county"):
        funds.appropriate(fund=fund.pk, level=level, fen=900, **money.said(money.FINANCE_DESK))
    entry = Entry.objects.filter(about=fund.pk, schema="fund.appropriate/1").latest("at", "pk")
    funds.take_back(fund=fund.pk, entry=entry.pk, **money.said(money.FINANCE_DESK))
    funds.arrive(fund=fund.pk, level="province", fen=900, **money.said(money.FINANCE_DESK))
    funds.look_ahead(at=money.LATER + timedelta(days=160))
    client = browse(money.FINANCE_HEAD, language)
    other = Entry.objects.filter(about=fund.pk, schema="fund.appropriate/1").earliest("at", "pk")
    addresses = [reverse("money:new_fund"), reverse("money:take_back", args=[fund.pk, other.pk])]
    addresses += [
        reverse("money:fund_deed", args=[fund.pk, name]) for name in ("appropriate", "arrive", "pass_on", "cover")
    ]
    for address in (reverse("money:fund", args=[fund.pk]), *addresses, reverse("desk:inbox")):
        read(client, language, address)
    read(browse(claims.BUREAU_DESK, language), language, reverse("money:propose", args=[fund.pk]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("post", [claims.BUREAU_HEAD, money.CLERK])
def test_what_was_sent_back_is_read_in_one_script_and_names_its_payee_to_their_own_office_alone(browse, post, language):
    money.awarded(1, account=ODD)
    batch = sent_back()
    failed = next(each for each in money.payments(batch) if each.status == "failed")
    client, is_own = browse(post, language), post == claims.BUREAU_HEAD
    page = reverse("money:payment", args=[failed.pk])
    assert ("欧阳桂兰" in read(client, language, page)) == is_own
    for name, pk in (("mend", failed.pk), ("account", failed.award_id)):
        address = reverse(f"money:{name}", args=[pk])
        if is_own:
            assert ODD not in read(client, language, address)
        else:
            assert client.get(address).status_code == 404
    accounts.mend(payment=failed.pk, **money.said(claims.BUREAU_DESK))
    read(client, language, page)


@pytest.mark.parametrize("name", ["home", "fund", "batch"])
def test_no_two_scripts_show_the_same_page(browse, name):
    money.awarded()
    batch = money.exported()
    args = {"home": [], "fund": [batch.fund_id], "batch": [batch.pk]}[name]
    pages = [read(browse(money.CLERK, each), each, reverse(f"money:{name}", args=args)) for each in LANGUAGES]
    assert len(set(pages)) == len(LANGUAGES)
