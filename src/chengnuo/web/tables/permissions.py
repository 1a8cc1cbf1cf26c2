"""What the gate asks for the addresses of tables that offices take in. Which tables somebody may take in, their targets say."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "tables:list": "import_batch.see",
    "tables:begin": "import_batch.stage",
    "tables:send": "import_batch.stage",
    "tables:table": "import_batch.see",
    "tables:back": "import_batch.see",
    "tables:table_deed": "import_batch.see",
}
