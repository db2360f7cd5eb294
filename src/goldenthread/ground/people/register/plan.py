"""What taking in a register would do: worked out, frozen, shown, and only then done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from goldenthread.analysis.problem import Problem
from goldenthread.ground.days import said
from goldenthread.ground.people.models import Person, Post
from goldenthread.ground.people.register.read import Row, by_name
from goldenthread.ground.people.register.together import People, Somebody

PERSON = ("reference", "email", "name")
POST = ("tier", "tier_reason", "starts", "ends")


@dataclass(frozen=True, slots=True)
class PostStep:
    """A post that begins (``id`` None) or changes; ``values`` are its columns as they will be."""

    id: int | None
    values: Mapping[str, str | int | date | None]

    def words(self) -> str:
        """What changes of it, in words."""
        days = [(label, self.values[column]) for column, label in _DAYS.items() if column in self.values]
        told = [f"{label} {said(day) if isinstance(day, date) else 'no day'}" for label, day in days]
        return ", ".join([*told, *(["its tier"] if self.values.keys() & {"tier", "tier_reason"} else [])])


@dataclass(frozen=True, slots=True)
class Step:
    """What would happen to one person. ``id`` is None for somebody who is not here yet.

    ``row`` is None for somebody the file does not name: their posts end. ``before`` is what
    ``values`` take the place of.
    """

    id: int | None
    row: int | None
    name: str
    values: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    begins: tuple[PostStep, ...] = ()
    changes: tuple[PostStep, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether it changes anything."""
        return bool(self.values or self.begins or self.changes or self.ends)

    def words(self) -> str:
        """The step in one line, without the name."""
        parts = [
            f"{_LABELS[column]}: {self.before.get(column) or 'none'} → {value}"
            for column, value in self.values.items()
        ]
        parts += [f"a post changes: {post.words()}" for post in self.changes]
        counted = ((self.begins, "begins", "begin"), (self.ends, "ends", "end"))
        parts += [_posts(len(some), one, many) for some, one, many in counted if some]
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of it, with what was left out and why."""

    join: tuple[Step, ...]
    change: tuple[Step, ...]
    leave: tuple[Step, ...]
    same: int
    as_of: date
    problems: tuple[Problem, ...]

    @property
    def anything(self) -> bool:
        """Whether taking the register in would change anything."""
        return bool(self.join or self.change or self.leave)

    @property
    def fingerprint(self) -> str:
        """A short name for exactly these steps, to see whether what was shown is what would be done."""
        return hashlib.sha256(repr((self.join, self.change, self.leave)).encode()).hexdigest()


@dataclass(slots=True)
class _Work:
    posts: Mapping[Person, list[Post]]
    steps: dict[str, list[Step]] = field(default_factory=lambda: {"join": [], "change": [], "same": []})
    named: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def make_plan(
    given: People,
    held: Mapping[Person, list[Post]],
    *,
    file: str,
    as_of: date,
    whole: bool,
    unread: frozenset[str],
) -> Plan:
    """What a register's people would do to those who stand, ``held`` with their posts.

    Where the register is ``whole``, posts it no longer names end on ``as_of``; not those of people in
    rows that could not be read (``unread``) or told apart.
    """
    work = _Work(held)
    by_key = {key: each for each in held for key in _keys(each)}
    kept_back = given.unclear | unread
    for person in given.people:
        ending = as_of if whole and not person.keys & kept_back else None
        _place(person, by_key, work, file, ending)
    absent = [each for each in held if each.pk not in work.named and not _any_keys(each) & kept_back]
    leave = [_leaving(each, held[each], as_of) for each in absent] if whole else []
    return Plan(
        join=tuple(work.steps["join"]),
        change=tuple(work.steps["change"]),
        leave=tuple(each for each in leave if each.anything),
        same=len(work.steps["same"]),
        as_of=as_of,
        problems=tuple(sorted([*given.problems, *work.problems], key=lambda each: each.rows)),
    )


def _keys(person: Person) -> set[str]:
    return {each.casefold() for each in (person.reference, person.email) if each}


def _any_keys(person: Person) -> set[str]:
    return {*_keys(person), by_name(person.name)}


def _place(
    person: Somebody, by_key: Mapping[str, Person], work: _Work, file: str, ending: date | None
) -> None:
    standing = _standing(person, by_key)
    fault = _fault(person, standing, work.named)
    work.named |= {each.pk for each in standing}
    if fault:
        work.problems.append(Problem(file, fault, (person.row,), value=person.name))
        return
    step = _change(person, standing[0], work, ending) if standing else _join(person)
    kind = "change" if standing else "join"
    work.steps[kind if step.anything else "same"].append(step)


def _standing(person: Somebody, by_key: Mapping[str, Person]) -> list[Person]:
    found = (by_key.get(each.casefold()) for each in (person.reference, person.email) if each)
    return list(dict.fromkeys(each for each in found if each))


def _fault(person: Somebody, standing: list[Person], named: set[int]) -> str:
    """Why somebody cannot be told for sure from those who stand; empty where they can."""
    if len(standing) > 1:
        return (
            "the staff reference is that of one person here and the e-mail address that of another; left out."
        )
    if standing and standing[0].pk in named:
        return "the file names the same person of ours before, by another key; left out."
    here = standing[0].reference if standing else ""
    if here and person.reference and here.casefold() != person.reference.casefold():
        return "the e-mail address is here already under another staff reference; left out."
    return ""


def _join(person: Somebody) -> Step:
    values = {column: getattr(person, column) for column in PERSON}
    begins = tuple(PostStep(None, _columns(row)) for row in person.posts)
    return Step(None, person.row, person.name, values, begins=begins)


def _change(person: Somebody, held: Person, work: _Work, ending: date | None) -> Step:
    given = {column: getattr(person, column) for column in PERSON}
    values = {column: value for column, value in given.items() if value and value != getattr(held, column)}
    posts = list(work.posts[held])
    begins, changes = [], []
    for row in person.posts:
        post = _same_post(row, posts)
        if post is None:
            begins.append(PostStep(None, _columns(row)))
            continue
        posts.remove(post)
        if new := _differences(row, post):
            changes.append(PostStep(post.pk, new))
    ends = tuple(each.pk for each in posts if ending and _goes_on(each, ending))
    before = {column: str(getattr(held, column)) for column in values}
    return Step(held.pk, person.row, held.name, values, before, tuple(begins), tuple(changes), ends)


def _same_post(row: Row, posts: list[Post]) -> Post | None:
    """The post that a row is about: of the same start, or one that goes on where a start is not said."""
    alike = [each for each in posts if (each.organisation_id, each.role, each.staff_group) == row.post[:3]]
    exact = next((each for each in alike if each.starts == row.starts), None)
    open_ = next((each for each in alike if each.ends is None and not (each.starts and row.starts)), None)
    return exact or open_


def _differences(row: Row, post: Post) -> dict[str, str | int | date | None]:
    """What a row says otherwise than the post. A tier that somebody here gave stays where it says none."""
    given = {column: getattr(row, column) for column in POST}
    if not row.tier:
        given = {column: given[column] for column in ("starts", "ends")}
    if row.starts is None:
        del given["starts"]
    return {column: value for column, value in given.items() if value != getattr(post, column)}


def _columns(row: Row) -> dict[str, str | int | date | None]:
    shared = ("role", "staff_group", *POST)
    return {"organisation_id": row.organisation, **{column: getattr(row, column) for column in shared}}


def _leaving(held: Person, posts: list[Post], as_of: date) -> Step:
    ends = tuple(each.pk for each in posts if _goes_on(each, as_of))
    return Step(held.pk, None, held.name, {}, ends=ends)


def _goes_on(post: Post, day: date) -> bool:
    return post.ends is None or post.ends > day


def _posts(count: int, one: str, many: str) -> str:
    return f"a post {one}" if count == 1 else f"{count} posts {many}"


_LABELS = {"reference": "staff reference", "email": "e-mail", "name": "name"}
_DAYS = {"starts": "from", "ends": "until"}
