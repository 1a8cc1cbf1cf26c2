"""An officer's own choice: one e-mail each working day with what is due and late. Off unless somebody turns it on for themselves."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.channels import queries
from chengnuo.channels.operations import digests
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.stories import local_minute
from chengnuo.web.forms import ActForm, JustDo, Text
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link
from chengnuo.web.words import local_day


class EmailForm(ActForm):
    email = Text(
        ask=gettext_lazy("Write the address to which the e-mail goes."),
        label=gettext_lazy("Your e-mail address at work"),
        hint=gettext_lazy("It is kept sealed, and nobody else sees it."),
        most=200,
        autocomplete="email",
        validators=[forms.EmailField.default_validators[0]],
    )


@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    if not queries.can_mail():
        raise Http404
    found = queries.digest_of(request.actor)
    stands = [Answer(label=_("The next one"), value=local_day(found.next_at))] if found else []
    if found and found.failed_at:
        stands.append(Answer(label=_("The last one could not be sent"), value=local_minute(found.failed_at)))
    return act_page(
        request,
        EmailForm(sent(request)),
        digests.choose,
        title=_("One e-mail each working day"),
        label=_("Send me one each working day"),
        says=_(
            "How much is due and late, with the numbers of the cases: nobody's name. On a day with nothing, none is sent."
        ),
        said=_("From the next working day on, one e-mail comes each morning."),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
        about=tuple(stands),
        more=Link(label=_("Send me none any more"), href=reverse("desk:stop_digest")) if found else None,
    )


@require_http_methods(["GET", "POST"])
def stop(request: Request) -> HttpResponse:
    return act_page(
        request,
        JustDo(sent(request)),
        digests.stop,
        title=_("No more e-mails with deadlines"),
        says=_("The address is forgotten at once. You can give one again at any time."),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
    )
