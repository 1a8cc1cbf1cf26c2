"""Who had a hand in a claim is one thing, whether all are listed or one is asked about, of the claim or of its award."""

from __future__ import annotations

import pytest

from chengnuo.benefits.hands import had_a_hand, hands_in
from chengnuo.benefits.models import Award, Claim, Scribe
from chengnuo.cases.models import Case
from chengnuo.foundation.actor import resident
from chengnuo.people.models import Post
from tests.factories import claims, county, money

pytestmark = pytest.mark.django_db
POSTS = (claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD, money.FINANCE_DESK)


def test_the_gate_and_the_list_name_the_same_people():
    award = money.awarded()  # seen in the village and the township, decided by the head
    Case.objects.filter(pk=award.claim.case_id).update(helper=Post.objects.get(key=claims.BUREAU_DESK))
    Scribe.objects.create(claim=award.claim, account=county.account_of(money.FINANCE_DESK).pk, at=money.LATER)
    all_of_them = hands_in(Claim.objects.get(pk=award.claim_id))
    found = set()
    for post in POSTS:
        by = county.officer(post, at=money.LATER)
        listed = by.account in all_of_them.accounts or bool(set(by.posts) & all_of_them.posts)
        hat = by.hats[0]
        assert Claim.objects.filter(had_a_hand()(by, hat), pk=award.claim_id).exists() is listed, post
        assert Award.objects.filter(had_a_hand("claim__")(by, hat), pk=award.pk).exists() is listed, post
        found |= {post} if listed else set()
    nobody = resident(award.claim.case_id)
    assert not Claim.objects.filter(had_a_hand()(nobody, nobody.hats[0])).exists(), (
        "who has no account has examined nothing"
    )
    assert found == set(POSTS) - {claims.BUREAU_HEAD}
