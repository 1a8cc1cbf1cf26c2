"""The one refusal of a file: nothing of it was kept. One sentence for each reason; none repeats what stands in the file."""

from __future__ import annotations

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused

SENTENCES = {
    "empty": N_("There is no table in this file."),
    "too-large": N_("This file is larger than 20 MB."),
    "kind": N_("This is neither a workbook (.xlsx) nor a table as text (.csv, .txt)."),
    "old": N_("This is an old workbook (.xls), or one with a password. Save it as .xlsx, without a password."),
    "broken": N_("This file is not whole, or something is wrong in it. Open it, save it anew and send that."),
    "swells": N_("This workbook holds far more than its size tells. Copy the table into a new one."),
    "memory": N_("This file takes more memory than it may. Copy the table into a new file, or divide it."),
    "time": N_("This file takes too long to read. Copy the table into a new file, or divide it."),
    "macros": N_("This workbook holds macros. Save it as .xlsx, without macros."),
    "others": N_("This workbook holds other files, or points to them. Copy the table into a new one."),
    "defines": N_("This workbook holds definitions that no table needs. Copy the table into a new one."),
    "formulas": N_("This file holds formulas. Copy the table and paste it as values only."),
    "characters": N_("The characters of this file cannot be read. Save it as UTF-8 or GB18030."),
    "rows-many": N_("This file has more rows than can be taken in at once. Divide it."),
    "columns-many": N_("This file has more than 100 columns."),
    "cell": N_("A cell of this file is longer than 2,000 characters, or a quotation mark is never closed."),
    "sheets": N_("Several sheets of this workbook hold such a table. Leave one."),
    "header": N_("No line of this file names the columns. These are needed:"),
    "missing": N_("These columns are missing:"),
    "twice": N_("This column stands there twice:"),
    "never": N_("A column of this file tells of something that this system never records (charter, right 1):"),
}


class FileRefused(Refused):
    """Nothing was taken in. `reason` is the code; the words name columns where there are any."""

    code = "file-refused"
    remedy = N_("Nothing of this file was kept. Mend it and send it again.")

    def __init__(self, reason: str, words: str = "") -> None:
        super().__init__(SENTENCES[reason], words=words)
        self.reason = reason


class ReadersBusy(Refused):
    code = "readers-busy"
    sentence = N_("Another file is being read just now. Nothing of this one was kept.")
    remedy = N_("Send it again in a minute.")
    http = 503
    retry_after = 60
