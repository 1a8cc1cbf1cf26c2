"""Says what a family is entitled to, and why: from a file that names nobody, without looking into the database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.core.rules import Asked, Bound, NoValue
from chengnuo.core.rules.outlook import outlook
from chengnuo.policies.explaining import explained
from chengnuo.policies.household import household
from chengnuo.policies.loader import parameters
from chengnuo.policies.machine_form import data
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet, Unfit


class Command(BaseCommand):
    """Nothing is stored or logged; who the family is is not asked."""

    help = "Determines every programme for the family of a YAML or JSON file, with reasons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "family", type=Path, help="place, person: [...], child: [...]; see docs/how-to/determine-a-family.md"
        )
        parser.add_argument(
            "--on", type=date.fromisoformat, required=True, help="as the law stands on this day, for its year"
        )
        parser.add_argument("--known", type=date.fromisoformat, default=date.max, help="as it was known on this day")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="en")
        parser.add_argument("--only", nargs="*", default=[], metavar="PROGRAMME", help="these programmes alone")
        parser.add_argument("--json", action="store_true", help="as docs/reference/determination.schema.json says")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = [each for each in programmes() if not options["only"] or each.words.key in options["only"]]
        try:
            sheet = Sheet.of(options["family"])
            place = str(sheet.take("place", str, '"420526"')).ljust(12, "0") if "place" in sheet else None
            family = household(sheet, programmes())
            sheet.close()
            asked = Asked(options["on"], options["known"], place)
            found = Bound(wanted, parameters(), asked).determine(family)
            told = [(each, outlook(each, family, parameters(), asked)) for each in found]
        except (Unfit, NoValue, OSError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([data(*each) for each in told], ensure_ascii=False, indent=2))
        else:
            lines = ("\n".join(explained(*each, options["language"])) for each in told)
            self.stdout.write("\n\n".join(lines))
