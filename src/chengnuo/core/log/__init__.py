"""The log: leaves, the tree, proofs, and what is signed."""

from chengnuo.core.log.head import Head, Receipt
from chengnuo.core.log.leaf import SALT_BYTES, NotCanonical, canonical, commitment, leaf_hash

__all__ = ["SALT_BYTES", "Head", "NotCanonical", "Receipt", "canonical", "commitment", "leaf_hash"]
