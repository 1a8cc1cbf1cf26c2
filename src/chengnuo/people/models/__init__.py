from chengnuo.people.models.account import Account

__all__ = ["Account"]
