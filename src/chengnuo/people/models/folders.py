from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField


class Folder(models.Model):
    """Where a resident keeps their own receipts together, if they wish: opened with a name and a password that they chose.

    No account of an officer and no register of people: which cases lie in it is sealed, and nothing points from a case to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name_index = models.BinaryField(max_length=32, unique=True)
    password = models.CharField(max_length=128)
    receipts = SealedField(label="people.folder.receipts")
    used_on = models.DateField(db_index=True)

    class Privacy:
        holds = "which receipts somebody keeps together, sealed; digests of the name and the password that they chose"
        purpose = "somebody with several requests need not keep several slips"
        basis = "PIPL art. 13(1), consent: it is made by whoever wants it, and deleted in one step"
        retention = "until its owner deletes it, or two years after it was last opened"

    def __str__(self) -> str:
        return str(self.used_on)
