from chengnuo.benefits.models.award import Award, Due, Ending
from chengnuo.benefits.models.bulk import Bulk, BulkItem
from chengnuo.benefits.models.claim import Claim, Opinion, Scribe, Verdict
from chengnuo.benefits.models.objection import Objection, Reply

__all__ = [
    "Award",
    "Bulk",
    "BulkItem",
    "Claim",
    "Due",
    "Ending",
    "Objection",
    "Opinion",
    "Reply",
    "Scribe",
    "Verdict",
]
