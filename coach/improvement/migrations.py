"""The shape of the log, as named steps that are only ever appended to.

A step that has been released is never edited: databases of every earlier version must open and keep
all their rows.
"""

import sqlite3

_NOTES = (  # of 0005
    "(SELECT group_concat(json_extract(body, '$.text'), char(10)) FROM records"
    " WHERE kind = 'note' AND json_extract(body, '$.attempt')"
)

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
    (
        "0003-improvement",
        """
        ALTER TABLE rejections ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            who TEXT,
            date TEXT NOT NULL,
            words TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
        CREATE TABLE new_points (
            id INTEGER PRIMARY KEY,
            rejection INTEGER REFERENCES rejections(id) ON DELETE CASCADE,
            feedback INTEGER REFERENCES feedback(id) ON DELETE CASCADE,
            area TEXT NOT NULL,
            polarity TEXT NOT NULL CHECK (polarity IN ('neg', 'pos', 'neutral')),
            words TEXT NOT NULL,
            controllable TEXT NOT NULL CHECK (controllable IN ('yes', 'partly', 'no')),
            vague INTEGER NOT NULL DEFAULT 0,
            added TEXT NOT NULL
        ) STRICT;
        INSERT INTO new_points (id, rejection, area, polarity, words, controllable, added)
            SELECT id, rejection, area, polarity, words,
                CASE WHEN area LIKE 'ext.%' THEN 'no' ELSE 'yes' END, added FROM points;
        DROP TABLE points;
        ALTER TABLE new_points RENAME TO points;
        CREATE INDEX points_by_area ON points(area);
        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            body TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (kind, number)
        ) STRICT;
        ALTER TABLE attempts ADD COLUMN score INTEGER;
        ALTER TABLE attempts ADD COLUMN seconds REAL;
        UPDATE attempts SET score = json_extract(assessment, '$.score.overall'),
            seconds = json_extract(assessment, '$.timing.seconds') WHERE assessment IS NOT NULL;
        CREATE TABLE findings (
            area TEXT NOT NULL,
            attempt INTEGER NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
            met REAL NOT NULL,
            PRIMARY KEY (area, attempt)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX findings_by_attempt ON findings(attempt);
        INSERT OR IGNORE INTO findings
            SELECT json_extract(f.value, '$.area'), a.id, json_extract(f.value, '$.met')
            FROM attempts a, json_each(a.assessment, '$.findings') f
            WHERE a.state = 'assessed' AND json_extract(f.value, '$.met') IS NOT NULL;
        CREATE INDEX attempts_by_question ON attempts(question_id);
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            made TEXT NOT NULL,
            what TEXT NOT NULL
        ) STRICT;
        CREATE TABLE edits (
            id INTEGER PRIMARY KEY,
            change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
            place TEXT NOT NULL,
            row INTEGER NOT NULL,
            before TEXT
        ) STRICT;
        CREATE INDEX edits_by_change ON edits(change);
        CREATE INDEX edits_by_row ON edits(place, row);
        """,
    ),
    (
        # Score and length lie behind the words in a row: an index spares reading those.
        "0004-in-short",
        """
        CREATE INDEX attempts_in_short ON attempts(state, started, question_id, score, seconds);
        DROP INDEX attempts_by_state;
        """,
    ),
    (
        # What is derived from a row follows it, whoever writes it: levels, missing parts, the index
        # of words. A statement of a trigger ends within a line, as a step is cut at line ends.
        "0005-review",
        f"""
        ALTER TABLE attempts ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempts ADD COLUMN missing TEXT;
        UPDATE attempts SET missing =
            (SELECT group_concat(value, '') FROM json_each(assessment, '$.missing'))
            WHERE assessment IS NOT NULL;
        CREATE INDEX attempts_by_star ON attempts(starred) WHERE starred;
        CREATE INDEX attempts_by_missing ON attempts(missing);
        CREATE TABLE trash (
            attempt INTEGER PRIMARY KEY,
            change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
            path TEXT
        ) STRICT;
        CREATE VIRTUAL TABLE new_words USING fts5(
            question, said, notes, tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO new_words (rowid, question, said) SELECT rowid, question, said FROM words;
        DROP TABLE words;
        ALTER TABLE new_words RENAME TO words;
        UPDATE words SET notes = {_NOTES} = words.rowid)
            WHERE rowid IN (SELECT json_extract(body, '$.attempt') FROM records
            WHERE kind = 'note');
        CREATE TRIGGER attempt_added AFTER INSERT ON attempts BEGIN
            UPDATE attempts SET transcript = transcript, assessment = assessment
            WHERE id = new.id; END;
        CREATE TRIGGER attempt_heard AFTER UPDATE OF transcript ON attempts BEGIN
            DELETE FROM words WHERE rowid = new.id; INSERT INTO words (rowid, question, said, notes)
            SELECT new.id, new.question_text,
            (SELECT group_concat(json_extract(value, '$.text'), ' ')
            FROM json_each(new.transcript, '$.words')),
            {_NOTES} = new.id)
            WHERE new.transcript IS NOT NULL; END;
        CREATE TRIGGER attempt_judged AFTER UPDATE OF assessment ON attempts BEGIN
            DELETE FROM findings WHERE attempt = new.id; UPDATE attempts SET missing =
            (SELECT group_concat(value, '') FROM json_each(new.assessment, '$.missing'))
            WHERE id = new.id; INSERT OR IGNORE INTO findings (area, attempt, met)
            SELECT json_extract(value, '$.area'), new.id, json_extract(value, '$.met')
            FROM json_each(new.assessment, '$.findings')
            WHERE json_extract(value, '$.met') IS NOT NULL; END;
        CREATE TRIGGER attempt_removed AFTER DELETE ON attempts BEGIN
            DELETE FROM words WHERE rowid = old.id; END;
        CREATE TRIGGER note_added AFTER INSERT ON records WHEN new.kind = 'note' BEGIN
            UPDATE words SET notes = {_NOTES} = words.rowid)
            WHERE rowid = json_extract(new.body, '$.attempt'); END;
        CREATE TRIGGER note_changed AFTER UPDATE ON records WHEN new.kind = 'note' BEGIN
            UPDATE words SET notes = {_NOTES} = words.rowid)
            WHERE rowid = json_extract(new.body, '$.attempt'); END;
        CREATE TRIGGER note_removed AFTER DELETE ON records WHEN old.kind = 'note' BEGIN
            UPDATE words SET notes = {_NOTES} = words.rowid)
            WHERE rowid = json_extract(old.body, '$.attempt'); END;
        """,
    ),
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


def next_step(connection: sqlite3.Connection) -> str | None:
    """The first step that an earlier log lacks; None where it lacks none, or is new."""
    taken = applied(connection) if is_log(connection) else set()
    return next((name for name, _ in MIGRATIONS if taken and name not in taken), None)


def is_log(connection: sqlite3.Connection) -> bool:
    """Whether any step was ever taken."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'migrations'"
    return connection.execute(query).fetchone() is not None


def newer(connection: sqlite3.Connection) -> str | None:
    """The last step of a database that this version does not know; None where it knows all."""
    known = {name for name, _ in MIGRATIONS}
    taken = applied(connection) if is_log(connection) else set()
    return max(taken - known, default=None)


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
