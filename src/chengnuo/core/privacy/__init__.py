"""What may be shown of people: masked names and numbers, and counts without small cells."""

from chengnuo.core.privacy.bands import Band, band
from chengnuo.core.privacy.cells import Counts, Part, Published, Stage, suppress, withheld
from chengnuo.core.privacy.masks import mask_identity, mask_name, mask_phone

__all__ = [
    "Band",
    "Counts",
    "Part",
    "Published",
    "Stage",
    "band",
    "mask_identity",
    "mask_name",
    "mask_phone",
    "suppress",
    "withheld",
]
