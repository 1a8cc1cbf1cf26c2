"""An archive volume: its catalogue, its versions, and the bag in which its open layer leaves (RFC 8493)."""

from chengnuo.core.volume.bag import bagged
from chengnuo.core.volume.catalogue import Item, Layer, Retention, Volume, catalogue_of, items_of

__all__ = ["Item", "Layer", "Retention", "Volume", "bagged", "catalogue_of", "items_of"]
