"""A keyed digest of what somebody said: enough to tell "the same again", never enough to read or guess it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chengnuo.foundation.keys import ring
