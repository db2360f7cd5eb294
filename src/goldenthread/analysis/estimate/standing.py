"""What no group of 1 to 9 people can be part of, because too much else stands on it (rule D2).

Sums of groups (see ``spans``) that come to 0 for some people come to 0 for all who follow from those. Take
a set of people from whom everybody follows, then from the rest another, nine times. A sum that comes to 1
for at most nine people comes to 0 throughout one of the nine sets, or throughout what is left over: ten
sets that do not meet, and from each of them the left-over people follow. So the sum comes to 0 for all
of those, and for whoever follows from them. The others are looked at again by themselves, until no one is
left over. (In graphs these sets are the forests of Nagamochi and Ibaraki 1992.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_CHUNK = 32
"""Rows looked at together: so few that no matrix is worth sharing out among processors."""

_NEGLIGIBLE = 1e-10
"""A squared length that is 0 but for rounding; rows begin with one of 1 or more."""

_LOOSE = 1e-7
"""An eigenvalue this much smaller than the largest is taken for 0: then less is ruled out, not more."""


def all_stands(places: Ints, people: Floats, smallest: int) -> bool:
    """Whether the sets are found at once, so that nobody is free: ``free_of`` need not be asked.

    ``places`` has for each kind its level's place in each grouping; 0 where that is not shown. One of
    each level of the largest grouping (those not shown are one) stands for it, and only differences from
    that are worked on: levels and "everybody" come to the same as levels and "not shown".
    """
    mixed = np.random.default_rng(0).permutation(len(people))  # any order does, but one that favours no level
    places, people = places[mixed], people[mixed]
    largest = max(range(places.shape[1]), key=lambda grouping: len(np.unique(places[:, grouping])))
    key = places[:, largest]
    rows = member_of(np.delete(places, largest, axis=1), int(places.max()) + 1)[:, 1:]
    rows = rows[:, rows.any(axis=0)]
    every = len(_with_one_of_each(rows, key, None))
    if len(_with_one_of_each(rows[people >= smallest], key[people >= smallest], every)) == every:
        return True
    left = np.minimum(people, smallest)
    for _ in range(smallest - 1):
        kinds = _spread(key, left)
        taken = kinds[_with_one_of_each(rows[kinds], key[kinds], every)]
        if len(taken) < every:
            return False
        left[taken] -= 1
    kinds = np.flatnonzero(left > 0)
    return len(_with_one_of_each(rows[kinds], key[kinds], every)) == every


def _spread(key: Ints, left: Floats) -> Ints:
    """The kinds with anybody left: one of each level in turn, the fullest levels first."""
    kinds = np.flatnonzero(left > 0)
    full = np.bincount(key[kinds], left[kinds], minlength=1)[key[kinds]]
    by_level = np.argsort(key[kinds], kind="stable")
    begins = np.searchsorted(key[kinds][by_level], key[kinds])
    turn = np.empty(len(kinds), dtype=np.intp)
    turn[by_level] = np.arange(len(kinds)) - begins[by_level]
    return np.asarray(kinds[np.lexsort((-full, turn))], dtype=np.intp)


def member_of(places: Ints, groups: int) -> Floats:
    """A row for each kind: 1 for everybody and for each of its levels."""
    member = np.zeros((len(places), groups))
    for column in places.T:
        member[np.arange(len(places)), column] = 1
    member[:, 0] = 1
    return member


def _with_one_of_each(rows: Floats, key: Ints, most: int | None) -> NDArray[np.intp]:
    """The first row of each level, and the rows from which the differences of all others follow."""
    if not len(key):
        return key
    _, first, at = np.unique(key, return_index=True, return_inverse=True)
    wanted = rows.shape[1] if most is None else max(most - len(first), 0)
    return np.concatenate([first, np.array(_set(rows - rows[first][at], wanted)[0], dtype=np.intp)])


def free_of(member: Floats, people: Floats, smallest: int) -> Floats:
    """The rows of ``member`` (kinds by groups) in terms of what is still free; 0 for kinds ruled out.

    ``people`` says how many each kind has. No sum that comes to 1 for 1 to ``smallest`` - 1 people, and to
    0 for all others, is lost by it.
    """
    rows = member @ _beyond(member[people >= smallest])
    while True:
        rows[(rows**2).sum(axis=1) < _NEGLIGIBLE] = 0
        over = _left_over(rows, people, smallest)
        if not over.shape[1]:
            return rows
        rows = rows - (rows @ over) @ over.T


def _beyond(large: Floats) -> Floats:
    """Columns that span what the kinds of ``smallest`` people and more leave free."""
    values, vectors = np.linalg.eigh(large.T @ large)
    free: Floats = vectors[:, values <= _LOOSE * max(values[-1], 1)]
    return free


def _left_over(rows: Floats, people: Floats, smallest: int) -> Floats:
    """Columns that span what is left after ``smallest`` - 1 sets from each of which the rest follow."""
    left = np.where((rows**2).sum(axis=1) > 0, people, 0)
    most = rows.shape[1]
    for _ in range(smallest - 1):
        kinds = np.flatnonzero(left > 0)
        if not len(kinds):
            return np.zeros((rows.shape[1], 0))
        taken, _ = _set(rows[kinds], most)
        left[kinds[taken]] -= 1
        most = len(taken)
    return _set(rows[left > 0], most)[1]


def _set(rows: Floats, most: int) -> tuple[list[int], Floats]:
    """Rows (at most ``most``) from which all the others follow, and columns that span them."""
    taken: list[int] = []
    known = np.zeros((min(most, rows.shape[1]), rows.shape[1]))
    for start in range(0, len(rows), _CHUNK):
        if len(taken) == most:
            break
        _take(rows[start : start + _CHUNK], start, taken, known)
    return taken, known[: len(taken)].T


def _take(rows: Floats, start: int, taken: list[int], known: Floats) -> None:
    """Add to ``taken`` those of some rows that do not follow, the least settled of them first."""
    own = known[: len(taken)]
    rest = rows - (rows @ own.T) @ own
    while len(taken) < len(known):
        length = (rest**2).sum(axis=1)
        row = int(length.argmax())
        if length[row] < _NEGLIGIBLE:
            return
        own = known[: len(taken)]
        column = rest[row] - (own @ rest[row]) @ own
        column /= np.sqrt(column @ column)
        known[len(taken)] = column
        taken.append(start + row)
        rest -= np.outer(rest @ column, column)
