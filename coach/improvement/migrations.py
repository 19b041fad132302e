"""The shape of the log, as named steps that are only ever appended to.

A step that has been released is never edited: databases of every earlier version must open and keep
all their rows.
"""

import sqlite3

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001-log",
        """
        CREATE TABLE rejections (
            id INTEGER PRIMARY KEY,
            company TEXT NOT NULL,
            role TEXT NOT NULL,
            date TEXT NOT NULL,
            stage TEXT,
            words TEXT,
            added TEXT NOT NULL
        ) STRICT;
        CREATE TABLE points (
            id INTEGER PRIMARY KEY,
            rejection INTEGER REFERENCES rejections(id) ON DELETE CASCADE,
            area TEXT NOT NULL,
            polarity TEXT NOT NULL CHECK (polarity IN ('neg', 'pos')),
            words TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
        CREATE INDEX points_by_area ON points(area);
        CREATE TABLE sittings (
            id INTEGER PRIMARY KEY,
            mode TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT
        ) STRICT;
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            sitting INTEGER NOT NULL REFERENCES sittings(id),
            question_id TEXT NOT NULL,
            question_text TEXT NOT NULL,
            question TEXT NOT NULL,
            why TEXT NOT NULL,
            started TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('recording', 'recorded', 'transcribed', 'assessed', 'discarded')),
            path TEXT,
            recording TEXT,
            transcript TEXT,
            assessment TEXT,
            assessor INTEGER
        ) STRICT;
        CREATE INDEX attempts_by_start ON attempts(started);
        CREATE INDEX attempts_by_state ON attempts(state);
        CREATE VIRTUAL TABLE words USING fts5(
            question, said, tokenize = 'unicode61 remove_diacritics 2'
        );
        """,
    ),
    ("0002-corrections", "ALTER TABLE attempts ADD COLUMN corrections TEXT;\n"),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database up to date; each step and its record are one transaction."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations"
        " (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT"
    )
    done = applied(connection)
    for name, script in MIGRATIONS:
        if name not in done:
            _apply(connection, name, script)


def applied(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM migrations")}


def _apply(connection: sqlite3.Connection, name: str, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster between the look and the lock.
        if name not in applied(connection):
            for statement in filter(str.strip, script.split(";\n")):
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (name,))
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
