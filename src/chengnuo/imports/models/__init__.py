from chengnuo.imports.models.batch import ImportBatch
from chengnuo.imports.models.chunk import ImportChunk

__all__ = ["ImportBatch", "ImportChunk"]
