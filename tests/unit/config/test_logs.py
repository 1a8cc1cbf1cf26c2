from __future__ import annotations

import json
import logging

import pytest

from chengnuo.config.logs import JsonFormatter, NoNumbers
from chengnuo.config.security import logging_of

PHONE = "19900001234"


def told(**facts: object) -> dict[str, object]:
    record = logging.LogRecord("chengnuo.worker", logging.ERROR, __file__, 1, "the chore %r failed", ("drain",), None)
    for name, value in facts.items():
        setattr(record, name, value)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_a_line_is_an_object():
    said = told(status_code=500)
    assert (said["level"], said["logger"], said["said"]) == ("error", "chengnuo.worker", "the chore 'drain' failed")
    assert said["status"] == 500
    assert str(said["time"]).endswith("+00:00")


def test_of_an_exception_only_its_class_and_places_are_told():
    with pytest.raises(ValueError, match=PHONE) as caught:
        int(f"no such telephone: {PHONE}")
    said = told(exc_info=(caught.type, caught.value, caught.tb))
    assert said["error"] == "ValueError"
    assert any("test_logs.py" in place for place in said["at"])
    assert PHONE not in json.dumps(said)


@pytest.mark.parametrize(("demo", "kind"), [(True, "plain"), (False, "json")])
def test_a_real_server_writes_for_machines(demo, kind):
    assert logging_of(demo=demo)["handlers"]["console"].get("formatter", "plain") == kind


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("Not Found: /x-420526194912310020/", "Not Found: /x-…/"),
        ("Not Found: /4205 2619 4912 310X/", "Not Found: /…/"),
        ("Not Found: /10012345678", "Not Found: /…"),
        ("errand 01a1e1ef-cbae-7000-a367-994205261234: lost", "errand 01a1e1ef-cbae-7000-a367-994205261234: lost"),
        ("3 of 1000 at 2026-11-26 08:05", "3 of 1000 at 2026-11-26 08:05"),
    ],
)
def test_no_long_number_is_logged(said, logged):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s", (said,), None)
    assert NoNumbers().filter(record)
    assert record.getMessage() == logged


def test_what_goes_to_the_console_has_passed_there(settings):
    assert all("numbers" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
