"""Logs a machine reads: one JSON object a line, and nothing that a person wrote.

The message of an exception may quote words, so that of an exception only its class and places are told; arguments that are no
numbers, names of code or addresses without a question have no business in a log in the first place.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

MOST_PLACES = 12
# as long as a telephone's, a bank card's, an identity card's or a receipt's; an id of ours comes first, and stays
NUMBER = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\d{4}(?:[ -]?\d){7,}[Xx]?")


class NoNumbers(logging.Filter):
    """Takes long numbers out of what is logged: somebody may have typed one into an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = NUMBER.sub(lambda found: found[1] or "…", record.getMessage()), ()
        return True


class JsonFormatter(logging.Formatter):
    """{time, level, logger, said, error, at}: `error` is the class, `at` the innermost places as file:line of function."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
        }
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__qualname__
            said["at"] = [
                f"{place.filename}:{place.lineno} {place.name}"
                for place in traceback.extract_tb(record.exc_info[2])[-MOST_PLACES:]
            ]
        return json.dumps(said, ensure_ascii=False)
