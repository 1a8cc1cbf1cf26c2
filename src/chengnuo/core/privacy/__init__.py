"""What may be shown of people: masked names and numbers, and counts without small cells."""

from chengnuo.core.privacy.bands import Band, band
from chengnuo.core.privacy.cells import Counts, Part, Published, Stage, suppress, withheld
from chengnuo.core.privacy.leads import dwellings_in, numbers_in
from chengnuo.core.privacy.masks import is_mask, mask_identity, mask_name, mask_phone

__all__ = [
    "Band",
    "Counts",
    "Part",
    "Published",
    "Stage",
    "band",
    "dwellings_in",
    "is_mask",
    "mask_identity",
    "mask_name",
    "mask_phone",
    "numbers_in",
    "suppress",
    "withheld",
]
