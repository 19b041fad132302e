"""Logs as earlier versions of the coach wrote them, kept as text.

Each was written by the last program of its schema: a rejection, two typed answers, a noted area,
and what else that version could keep. The first was written by the second one's program, and then
lost what only the second step brings.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "old_logs"
VERSIONS = tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))


def write_old_log(version: str, path: Path) -> None:
    """Make the database that an earlier version left behind.

    What it deleted, it deleted just now: a day later it is gone for good, and its row with it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((FOLDER / f"{version}.sql").read_text(encoding="utf-8"))
        if version >= "0005":
            database.execute(
                "UPDATE changes SET made = ? WHERE id IN (SELECT change FROM trash)",
                (datetime.now(UTC).isoformat(),),
            )
            database.commit()
        database.execute("PRAGMA journal_mode = WAL")


def all_rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table as its columns by name, but for what SQLite keeps for itself."""
    with closing(sqlite3.connect(path)) as database:
        found = {}
        for (table,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite%'"
        ).fetchall():
            rows = database.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in rows]
        return found


def schema(path: Path) -> dict[str, str]:
    """How each table, index and trigger was made, whatever the spaces."""
    with closing(sqlite3.connect(path)) as database:
        made = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'words_%'"
        )
        return {name: "".join(sql.split()) for name, sql in made}
