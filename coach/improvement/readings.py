"""Narrow views of the log: what ten thousand takes say, without reading their words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from coach.areas import AREAS
from coach.improvement.entries import Level, Summary
from coach.improvement.store import Store
from coach.questions.question import plain

MOST = 60  # takes an area that a standing looks back on


class Readings(Store):
    """The readers of a `Log` that parse no transcript and no assessment."""

    def levels(
        self, most: int = MOST, before: datetime | None = None
    ) -> dict[str, tuple[Level, ...]]:
        """What the last takes showed of each area that a take showed anything of.

        A take that tells the words of an earlier one to another question shows nothing new.

        Takes are numbered as they begin, so that the last are those with the highest numbers.

        Args:
            most: takes an area.
            before: only takes that began earlier.

        Returns:
            By area id, the oldest first.
        """
        last = self._last_before(before) if before else _ALL
        return {
            area: tuple(sorted(found, key=lambda level: level.when))
            for area in AREAS
            if (found := self._levels(_LAST, area, last, most))
        }

    def first_levels(self, most: int) -> dict[str, tuple[Level, ...]]:
        """What the first takes showed of each area; otherwise as `levels`."""
        return {area: found for area in AREAS if (found := self._levels(_FIRST, area, _ALL, most))}

    def level_counts(self) -> dict[str, int]:
        """How many takes showed something of each area."""
        return dict(
            self._rows(
                "SELECT area, COUNT(*) FROM findings"
                f" WHERE attempt NOT IN ({_RETOLD}) GROUP BY area"
            )
        )

    def summaries(self, question: str | None = None) -> tuple[Summary, ...]:
        """Every assessed take, or those of one question by its id; the oldest first."""
        only, values = (" AND question_id = ?", (question,)) if question else ("", ())
        rows = self._rows(
            "SELECT id, question_id, started, score, seconds FROM attempts"
            f" WHERE state = 'assessed'{only} ORDER BY started, id",
            *values,
        )
        return tuple(
            Summary(number, question, datetime.fromisoformat(started), score, seconds)
            for number, question, started, score, seconds in rows
        )

    def kinds(self) -> dict[int, str]:
        """The kind of question of every assessed take, by the take's number."""
        return dict(
            self._rows(
                "SELECT id, json_extract(question, '$.kind') FROM attempts WHERE state = 'assessed'"
            )
        )

    def spoken_by_sitting(self) -> dict[int, list[tuple[str, datetime]]]:
        """The question's id and the start of every spoken take that was judged, in order."""
        found: dict[int, list[tuple[str, datetime]]] = {}
        for sitting, question, started in self._rows(
            "SELECT sitting, question_id, started FROM attempts"
            " WHERE state = 'assessed' AND seconds IS NOT NULL ORDER BY id"
        ):
            found.setdefault(sitting, []).append((question, datetime.fromisoformat(started)))
        return found

    def retold(self) -> dict[int, int]:
        """By the number of a take that says the words of an earlier one, that of the earlier."""
        pairs = "SELECT json_extract(body, '$.attempt'), json_extract(body, '$.take')"
        return dict(self._rows(f"{pairs} {_TOLD_AGAIN}"))

    def takes_of(self, sitting: int) -> tuple[int, ...]:
        """The numbers of a sitting's takes that count, judged or not, in order."""
        rows = self._rows(
            "SELECT id FROM attempts WHERE sitting = ? AND state != 'discarded' ORDER BY id",
            sitting,
        )
        return tuple(number for (number,) in rows)

    def take_before(self, question: str, number: int) -> int | None:
        """The number of the last judged take of a question, of those before the one numbered."""
        ((found,),) = self._rows(
            "SELECT MAX(id) FROM attempts WHERE question_id = ? AND id < ? AND state = 'assessed'",
            question,
            number,
        )
        return found

    def with_phrases(self, phrases: Sequence[str], before: int) -> tuple[tuple[int, str, str], ...]:
        """Judged takes in which any of these words stand in a row, the oldest first.

        Args:
            before: a take's number; only earlier ones.

        Returns:
            Number, the question's id, and what was said.
        """
        wanted = " OR ".join(f'"{phrase.replace(chr(34), " ")}"' for phrase in phrases)
        rows = self._rows(
            "SELECT attempts.id, question_id, said FROM words"
            " CROSS JOIN attempts ON attempts.id = words.rowid"
            " WHERE words MATCH ? AND words.rowid < ? AND state = 'assessed'"
            " ORDER BY words.rowid",
            f"said : ({wanted})",
            before,
        )
        return tuple(rows)

    def last_said(self, question: str) -> str:
        """What was last answered to a question by its id, put aside or not; empty for nothing."""
        rows = self._rows(
            "SELECT said FROM attempts JOIN words ON words.rowid = attempts.id"
            " WHERE question_id = ? ORDER BY attempts.id DESC LIMIT 1",
            question,
        )
        return (rows[0][0] or "") if rows else ""

    def rejection_names(self) -> tuple[tuple[int, str, str, date], ...]:
        """Number, company, role and day of every rejection, the newest first."""
        rows = self._rows(
            "SELECT id, company, role, date FROM rejections ORDER BY date DESC, id DESC"
        )
        return tuple((*named, date.fromisoformat(day)) for *named, day in rows)

    def could_answer(self) -> dict[str, int]:
        """Questions that the user could have answered better, with the latest rejection's number.

        Returns:
            By the question's plain words.
        """
        rows = self._rows(
            "SELECT each.value, r.id FROM rejections r,"
            " json_each(r.details, '$.could_answer') each ORDER BY r.id"
        )
        return {plain(words): number for words, number in rows}

    def _last_before(self, moment: datetime) -> int:
        ((number,),) = self._rows(
            "SELECT COALESCE(MAX(id), 0) FROM attempts WHERE started < ?",
            moment.astimezone(UTC).isoformat(),
        )
        return number

    def _levels(self, query: str, area: str, last: int, most: int) -> tuple[Level, ...]:
        rows = self._rows(query, area, last, most)
        return tuple(Level(datetime.fromisoformat(started), met) for started, met in rows)


_ALL = 2**63 - 1  # no take has a higher number
_TOLD_AGAIN = (  # as long as the earlier take is there
    "FROM records WHERE kind = 'retold' AND json_extract(body, '$.attempt') IS NOT NULL"
    " AND json_extract(body, '$.take') IN (SELECT id FROM attempts)"
)
_RETOLD = f"SELECT json_extract(body, '$.attempt') {_TOLD_AGAIN}"
_LAST = (
    "SELECT a.started, f.met FROM findings f JOIN attempts a ON a.id = f.attempt"
    f" WHERE f.area = ? AND f.attempt <= ? AND a.state = 'assessed' AND a.id NOT IN ({_RETOLD})"
    " ORDER BY f.attempt DESC LIMIT ?"
)
_FIRST = _LAST.replace("DESC", "ASC")
