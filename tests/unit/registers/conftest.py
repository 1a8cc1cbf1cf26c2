from __future__ import annotations

from tests.factories.register import steady

__all__ = ["steady"]
