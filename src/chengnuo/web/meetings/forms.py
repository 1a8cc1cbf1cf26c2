"""What is asked where somebody calls a meeting, says how it went, or answers it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from chengnuo.core.instants import SHANGHAI
from chengnuo.foundation.actor import Actor
from chengnuo.meetings.models import Meeting
from chengnuo.people.models import Office
from chengnuo.policies.meetings import MeetingKind
from chengnuo.web.fields import TOO_LONG, Count, PhotoFile
from chengnuo.web.forms import ActForm, Choice, Day, Text
from chengnuo.web.meetings.words import measure_name

NOBODY, OF_A_GROUP = "", "village-group"
ROLL, CAME = "roll_", "came_"
LINE = 200  # of an agenda, in characters
# full and narrow signs, as a keyboard of Chinese writes them too
HOUR = re.compile(r"(\d{1,2})[:：.．](\d{2})", re.ASCII)


class WhenForm(ActForm):
    """When and where; its day and hour become one instant."""

    day = Day(ask=gettext_lazy("Write the day of the meeting."), label=gettext_lazy("On which day?"))
    hour = Text(
        ask=gettext_lazy("Write the hour."),
        label=gettext_lazy("At what time?"),
        hint=gettext_lazy("Like 19:30."),
        most=10,
    )
    where = Text(
        ask=gettext_lazy("Write the place."),
        label=gettext_lazy("Where?"),
        hint=gettext_lazy("A public place, never somebody's house."),
        most=120,
    )

    def clean_hour(self) -> time:
        found = HOUR.fullmatch(self.cleaned_data["hour"])
        try:
            return time.fromisoformat(f"{found[1]:0>2}:{found[2]}" if found else "")
        except ValueError:
            raise ValidationError(gettext_lazy("Write the hour like 9:00 or 19:30.")) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour = said.pop("day", None), said.pop("hour", None)
        if isinstance(day, date) and isinstance(hour, time):
            said["begins_at"] = datetime.combine(day, hour, tzinfo=SHANGHAI)
        return said


class CallForm(WhenForm):
    """The counts of the roll are those of the kind of meeting."""

    agenda = Text(
        ask=gettext_lazy("Write what the meeting is for."),
        label=gettext_lazy("What is to be discussed or decided?"),
        hint=gettext_lazy("One matter a line. Everybody reads it: name nobody."),
        rows=5,
        most=2000,
    )
    group = Text(ask=gettext_lazy("Write which group meets."), label=gettext_lazy("Which group?"), most=20)
    demanded_by = Choice(
        ask=gettext_lazy("Choose who asked for it."), label=gettext_lazy("Who asked for it?"), required=False
    )
    demanded = Count(
        ask="",
        label=gettext_lazy("If others asked for it: how many?"),
        hint=gettext_lazy("Otherwise leave it empty."),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, kind: MeetingKind) -> None:
        super().__init__(data, files)
        self.kind = kind
        for measure in kind.counts:
            self.fields[ROLL + measure] = Count(
                ask=gettext_lazy("Write how many stand on the roll."),
                label=gettext_lazy("On the roll: %(what)s") % {"what": measure_name(measure)},
            )
        self.offer(
            "demanded_by",
            [(NOBODY, gettext_lazy("The committee itself")), *((each, measure_name(each)) for each in kind.demand)],
        )
        if kind.key != OF_A_GROUP:
            del self.fields["group"]
        if not kind.demand:
            del self.fields["demanded_by"], self.fields["demanded"]

    def clean_agenda(self) -> str:
        agenda: str = self.cleaned_data["agenda"]
        if longest := max((line for line in agenda.splitlines() if len(line.strip()) > LINE), key=len, default=""):
            raise ValidationError(TOO_LONG, params={"limit_value": LINE, "show_value": len(longest.strip())})
        return agenda

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        said["roll"] = {each: said.pop(ROLL + each, None) for each in self.kind.counts}
        said["agenda"] = str(said.get("agenda", "")).splitlines()
        said["demanded"] = said.get("demanded") or 0
        return said


class ChangeForm(WhenForm):
    def fill(self, noun: Meeting, _viewer: Actor) -> None:
        local = noun.begins_at.astimezone(SHANGHAI)
        self.initial = {**self.initial, "day": local.date(), "hour": local.strftime("%H:%M"), "where": noun.where}


class HoldForm(ActForm):
    """How many came, of each measure by which the meeting can be valid."""

    def fill(self, noun: Meeting, _viewer: Actor) -> None:
        self.measures = noun.says.quorum
        for measure in self.measures:
            self.fields[CAME + measure] = Count(
                ask=gettext_lazy("Count the list of attendance, and write how many came."),
                label=gettext_lazy("Came: %(what)s") % {"what": measure_name(measure)},
                hint=gettext_lazy("Nobody is represented twice. 0 where nobody was counted so."),
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        return {"present": {each: said.get(CAME + each) for each in self.measures}}


class PageForm(ActForm):
    photo = PhotoFile(
        ask=gettext_lazy("Choose a photo."),
        label=gettext_lazy("A photo of one page of the list of attendance"),
        hint=gettext_lazy("It is sealed, seen by your committee alone, and erased when its years are over."),
    )


class MinutesForm(ActForm):
    minutes = Text(
        ask=gettext_lazy("Write the minutes."),
        label=gettext_lazy("The minutes"),
        hint=gettext_lazy("What was said and done, in the order of the agenda. Everybody reads them: name nobody."),
        rows=14,
        most=8000,
    )

    def fill(self, noun: Meeting, _viewer: Actor) -> None:
        self.initial["minutes"] = noun.minutes


class ResolveForm(ActForm):
    words = Text(
        ask=gettext_lazy("Write what was decided."), label=gettext_lazy("What was decided, or asked?"), rows=3, most=500
    )
    ayes = Count(ask=gettext_lazy("Write how many were for it."), label=gettext_lazy("In favour"))
    noes = Count(ask=gettext_lazy("Write how many were against it."), label=gettext_lazy("Against"))
    abstentions = Count(ask=gettext_lazy("Write how many abstained."), label=gettext_lazy("Abstained"))
    office = Choice(
        ask=gettext_lazy("Choose an office."), label=gettext_lazy("Does it ask something of an office?"), required=False
    )
    answer_by = Day(ask="", label=gettext_lazy("By which day does it answer?"), required=False)

    def fill(self, noun: Meeting, _viewer: Actor) -> None:
        chain: list[Office] = []
        above: Office | None = noun.office
        while above is not None:
            chain.append(above)
            above = above.above
        others = Office.objects.filter(level="county", closed_on=None).exclude(pk__in=[each.pk for each in chain])
        self.offer(
            "office",
            [(NOBODY, gettext_lazy("No")), *((str(each.pk), str(each)) for each in [*chain, *others.order_by("key")])],
        )

    def clean_office(self) -> str | None:
        return self.cleaned_data["office"] or None


class CorrectForm(ActForm):
    scope = "meeting.correct"
    word = Text(
        ask=gettext_lazy("Write the word on the list of attendance."),
        label=gettext_lazy("The word on the list of attendance"),
        hint=gettext_lazy("Six letters, on the paper that you signed. Whoever was not there has not read it."),
        most=20,
    )
    line = Count(ask=gettext_lazy("Write your line."), label=gettext_lazy("Your line on that list"))
    words = Text(
        ask=gettext_lazy("Write what is to be corrected."),
        label=gettext_lazy("What is wrong in the minutes, and how was it?"),
        hint=gettext_lazy("Everybody reads it beside the minutes: name nobody."),
        rows=4,
        most=500,
    )


class AnswerCorrection(ActForm):
    is_taken_up = Choice(
        ask=gettext_lazy("Choose one of the two."),
        label=gettext_lazy("Is it taken up?"),
        options=[
            ("yes", gettext_lazy("Yes: the minutes are changed")),
            ("no", gettext_lazy("No, and the reason stands below")),
            ("names", gettext_lazy("No: it names somebody, and its words go")),
        ],
    )
    reply = Text(
        ask="",
        label=gettext_lazy("What do you answer?"),
        hint=gettext_lazy("Without a reason nothing is declined. Everybody reads it."),
        rows=3,
        most=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        taken = said.get("is_taken_up")
        if taken == "no" and not said.get("reply"):
            self.add_error("reply", gettext_lazy("Write why it is not taken up."))
        if taken == "names":
            said["reply"] = gettext("It named somebody; its words are not shown.")
        return said | {"is_taken_up": taken == "yes", "is_hidden": taken == "names"}


class ReplyForm(ActForm):
    reply = Text(
        ask=gettext_lazy("Write the answer."),
        label=gettext_lazy("What does your office answer?"),
        hint=gettext_lazy("Everybody reads it, and it is read out at the next meeting. Name nobody."),
        rows=6,
        most=1000,
    )


class ConfirmForm(ActForm):
    source = Text(
        ask=gettext_lazy("Write the text and its article."),
        label=gettext_lazy("In which text, and which article?"),
        hint=gettext_lazy(
            "Only where the text says exactly this. Where it says something else, tell whoever keeps the rules."
        ),
        most=200,
    )
