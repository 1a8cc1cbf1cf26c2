from chengnuo.openness.models.board import BoardSheet

__all__ = ["BoardSheet"]
