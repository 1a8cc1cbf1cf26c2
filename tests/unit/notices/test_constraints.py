"""What the database itself refuses, whoever asks it; and that a name and a programme stand in none of its tables."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from chengnuo.notices.models import Notice, NoticeLine, Recalled
from chengnuo.notices.operations import publishing
from chengnuo.people.models import Office
from tests.factories import county, notices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
PERSON = "欧阳桂兰"


def everything():
    """Every value of every row of the database, as text."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            yield from ((model.__name__, str(value)) for value in row)


@pytest.mark.parametrize("bring", [notices.drafted, notices.published, notices.hung])
def test_no_name_stands_anywhere_in_the_database(bring):
    bring()
    named = [where for where, value in everything() if any(name in value for name in notices.NAMES)]
    assert not named
    assert [where for where, value in everything() if "欧阳*兰" in value] == ["NoticeLine"], "or this test sees nothing"


def test_no_programme_is_told_by_what_putting_a_line_leaves_behind():
    before = [where for where, value in everything() if notices.PROGRAMME in value]
    notices.does(publishing.publish, notices.drafted())
    assert [where for where, value in everything() if notices.PROGRAMME in value] == before


@pytest.mark.parametrize("field", ["begins", "ends", "published_at"])
@pytest.mark.parametrize("bring", [notices.published, notices.hung, notices.over])
def test_what_was_published_keeps_its_days(bring, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=bring().pk).update(**{field: None})


@pytest.mark.parametrize("status", ["published", "up", "over", "missed", "recalled", "taken_down"])
def test_a_draft_cannot_be_called_anything_that_was_published(status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notices.drafted().pk).update(status=status)


@pytest.mark.parametrize("bring", [notices.hung, notices.over])
def test_what_hangs_or_hung_until_its_end_has_its_instant(bring):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=bring().pk).update(hung_at=None)


@pytest.mark.parametrize("status", ["recalled", "taken_down"])
def test_no_status_stands_without_the_act_that_brought_it(status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notices.over().pk).update(status=status)


@pytest.mark.parametrize("wrong", [{"recalled_at": None}, {"recall_reason": ""}])
@pytest.mark.parametrize("reason", Recalled.values)
def test_a_recall_has_its_instant_and_its_reason(reason, wrong):
    notice = notices.does(publishing.recall, notices.published(), reason=reason)
    assert (notice.recalled_at, notice.recall_reason) == (NOW, reason)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**wrong)


@pytest.mark.parametrize("same", ["reference", "about_id"])
def test_no_two_lines_of_a_list_are_one(same):
    first, second, *_others = notices.drafted().lines.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeLine.objects.filter(pk=second.pk).update(**{same: getattr(first, same)})


def test_no_two_notices_have_one_number():
    first, second = notices.published(), notices.put(kind="result").notice
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=second.pk).update(number=first.number)


def test_an_office_may_have_many_notices_and_one_draft_of_a_kind():
    old = notices.published()
    draft = notices.put("王芳").notice
    assert {old.sort, draft.sort} == {"review"}
    elsewhere = notices.put("王芳", office=notices.office(county.TOWNSHIP)).notice
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=elsewhere.pk).update(office=draft.office_id)


def test_what_a_notice_needs_is_not_deleted_from_under_it():
    notice = notices.drafted()
    for needed in (notice, notice.office, notice.holder):
        with pytest.raises(ProtectedError), transaction.atomic():
            needed.delete()


def test_a_row_is_called_by_its_number_or_reference_alone():
    line = notices.put(PERSON)
    assert (str(line), str(line.notice)) == (line.reference, line.notice.number)
    assert "欧" not in repr(line) + repr(line.notice)


def test_no_column_of_either_table_could_take_a_document_or_words():
    fields = [field for model in (Notice, NoticeLine) for field in model._meta.concrete_fields]
    assert not [field for field in fields if isinstance(field, models.TextField | models.JSONField | models.FileField)]
    assert max(field.max_length for field in fields if isinstance(field, models.CharField)) == 40


def test_a_mask_of_the_longest_name_has_room_and_an_unknown_office_receives_nothing():
    assert len(notices.put("王" + "玉" * 39).mask) == 40
    with pytest.raises(Exception, match="nothing here"):
        notices.put(office=uuid4())
    assert not Office.objects.filter(notices__isnull=False).exclude(key=county.VILLAGE).exists()
