"""Making codes: in memory for people, in the database only as hashes that belong to nobody.

All that a wave's table of hashes could tell by its own order or by who wrote which row is taken from it:
whenever codes are made, the old and the new are written anew together, sorted, in one transaction, with
some among them that nobody holds. Which hash is whose is known to nobody but the mail that carries the code.
"""

from __future__ import annotations

from django.db import connection, transaction

from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking.codes import ballot_of, new_code, typed
from goldenthread.thread.survey.asking.locks import keep_out

NO_USE = (
    "This code was used already, or is not one of this survey. "
    "If you have sent your answers, they are in and there is nothing more to do."
)
TOGETHER = 20
"""New hashes come in multiples of this, so that a few are never alone."""


def mint(asking: int, many: int) -> list[str]:
    """``many`` new codes of a wave, their hashes in the table of those that may be used."""
    codes = [new_code() for _ in range(many)]
    decoys = [new_code() for _ in range(TOGETHER - many % TOGETHER)]
    new = {ballot_of(asking, code) for code in (*codes, *decoys)}
    with transaction.atomic(), connection.cursor() as cursor:
        keep_out(asking)
        cursor.execute("DELETE FROM ballot WHERE asking_id = %s RETURNING hash", [asking])
        rows = [(each, asking) for each in sorted(new | {row[0] for row in cursor.fetchall()})]
        cursor.executemany("INSERT INTO ballot (hash, asking_id) VALUES (%s, %s)", rows)
    return codes


def enter(asking: int, text: str) -> str:
    """The code somebody typed, which may still be used; nothing is changed. Raises Refused, in words.

    A code that was used is deleted, so it cannot be told from one that never was.
    """
    code = typed(text)
    if not is_good(asking, code):
        raise Refused(NO_USE, field="code")
    return code


def is_good(asking: int, code: str) -> bool:
    """Whether a code may still be used. Nothing is changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ballot WHERE hash = %s AND asking_id = %s", [ballot_of(asking, code), asking]
        )
        return cursor.fetchone() is not None
