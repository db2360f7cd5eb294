"""TOML tables read by key and type, with every fault noted at its place."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from goldenthread.analysis.definition.remedies import remedy
from goldenthread.analysis.definition.words import listed, meant, quoted
from goldenthread.analysis.problem import Refusal

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(slots=True)
class Faults:
    """The faults found in one file, in the order they were met."""

    file: str
    lines: list[str] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        """Note one fault; ``place`` may be empty where the whole file is meant."""
        self.lines.append(f"{place}: {message}" if place else message)

    def adopt(self, other: Faults) -> None:
        """Take over the faults of a file this one refers to."""
        lines = (f"{other.file}, {line}" for line in other.lines)
        self.lines.extend(line for line in lines if line not in self.lines)

    def refuse(self) -> None:
        """Raise one ``Refusal`` naming every fault, if there are any."""
        if self.lines:
            count = "1 fault" if len(self.lines) == 1 else f"{len(self.lines)} faults"
            raise Refusal("\n".join([f"{self.file} cannot be used: {count}.", *self.lines]))


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table. Every reader notes a fault and returns a harmless value instead of raising."""

    values: Mapping[str, object]
    place: str
    faults: Faults

    def fault(self, message: str) -> None:
        """Note a fault of this table."""
        self.faults.add(self.place, message)

    def at(self, place: str) -> Table:
        """The same table under a better name."""
        return Table(self.values, place, self.faults)

    def called(self, noun: str, key: str = "id") -> tuple[Table, str]:
        """The same table placed by its name ("wave “2025”"), and the name; "" where it has none."""
        name = self.name(key)
        return (self.at(f"{noun} {quoted(name)}") if name else self), name

    def inner(self, step: str) -> str:
        """The place of something inside this table."""
        return f"{self.place}, {step}" if self.place else step

    def only(self, *known: str) -> None:
        """Name every key that is not one of ``known``: mostly slips of the pen."""
        for key in self.values:
            if key not in known:
                self.fault(f"unknown key {quoted(key)}{meant(key, known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Text; without a default the key must be there and not be empty."""
        value = self.values.get(key)
        if isinstance(value, str):
            return self._filled(key, value, default)
        return self._absent_or_wrong(key, value, default, "text")

    def name(self, key: str, default: str | None = None) -> str:
        """Text or a whole number, kept as text: ids, codes and question numbers."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(key, default)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts or whole numbers, kept as texts; absent is empty."""
        found = []
        for position, value in enumerate(self._list(key), start=1):
            if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
                found.append(str(value))
            else:
                self.fault(f"{quoted(key)}, number {position} must be text, not {described(value)}")
        return tuple(found)

    def paths(self, key: str) -> tuple[str, ...]:
        """A list of file names: at least one, and each some text."""
        names = tuple(value for value in self._list(key) if isinstance(value, str) and value.strip())
        if not names or len(names) < len(self._list(key)):
            self.fault(f"{quoted(key)} must be the name of a file, or a list of such names")
        return names

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false; ``default`` where absent or faulty."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, value, "true or false")
        return default

    def whole(self, key: str, least: int = 0, most: int | None = None) -> int | None:
        """A whole number from ``least`` to ``most``, or None where absent or faulty."""
        number = self.number(key)
        if number is None:
            return None
        if number != int(number) or number < least or (most is not None and number > most):
            upper = f" to {most}" if most is not None else " or more"
            self.fault(f"{quoted(key)} must be a whole number, {least}{upper}, not {number:g}")
            return None
        return int(number)

    def number(self, key: str) -> float | None:
        """A finite number, or None where absent or faulty."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return value
        self._wrong(key, value, "a number")
        return None

    def day(self, key: str) -> date | None:
        """A TOML date or the same as text, or None where absent or faulty."""
        value = self.values.get(key)
        found = _iso_day(value) if isinstance(value, str) else value
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        if value is not None:
            self._wrong(key, value, "a date such as 2025-06-02")
        return None

    def choice(self, key: str, kind: type[Choice], default: Choice | None) -> Choice | None:
        """One of the words of ``kind``; None where it is missing without a default, or unknown."""
        known = [member.value for member in kind]
        word = self.text(key, None if default is None else default.value)
        if word in known:
            return kind(word)
        if word:
            message = f"{quoted(key)} is {quoted(word)}, but must be {listed(map(quoted, known), 'or')}"
            self.fault(message)
        return None

    def table(self, key: str) -> Table:
        """The table under ``key``; absent is empty."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, value, "a table")
        return Table(value if isinstance(value, dict) else {}, self.inner(key), self.faults)

    def tables(self, key: str, noun: str) -> Iterator[Table]:
        """The list of tables under ``key``, each placed as "noun 1", "noun 2"; absent is empty."""
        for position, value in enumerate(self._list(key), start=1):
            place = self.inner(f"{noun} {position}")
            if isinstance(value, dict):
                yield Table(value, place, self.faults)
            else:
                self.faults.add(place, f"must be a table, not {described(value)}")

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self._wrong(key, value, "a list")
        return []

    def _filled(self, key: str, value: str, default: str | None) -> str:
        if default is None and not value.strip():
            self.fault(f"{quoted(key)} is empty")
        return value

    def _absent_or_wrong(self, key: str, value: object, default: str | None, kind: str) -> str:
        if value is not None:
            self._wrong(key, value, kind)
        elif default is None:
            self.fault(f"{quoted(key)} is missing")
        return default or ""

    def _wrong(self, key: str, value: object, kind: str) -> None:
        self.fault(f"{quoted(key)} must be {kind}, not {described(value)}")


def described(value: object) -> str:
    """What a TOML value is, in words: "the number 3", "a list"."""
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else quoted(value)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def load_toml(path: Path) -> Table:
    """The whole file as one table. Raises ``Refusal`` where it is no readable TOML."""
    return parse_toml(_utf8(path), str(path))


def parse_toml(text: str, file: str) -> Table:
    """The text of ``file`` as one table. Raises ``Refusal`` where it is no TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{file} is not valid TOML: {_plain(error)}{remedy(text, str(error))}.") from None
    except RecursionError:
        raise Refusal(f"{file} nests its tables too deeply to be read.") from None
    return Table(values, "", Faults(file))


def _utf8(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{path} is not UTF-8 text; save it as UTF-8 and try again.") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {_reason(error)}.") from None


def _plain(error: Exception) -> str:
    text = str(error)
    return text[:1].lower() + text[1:].rstrip(".")


def _reason(error: OSError) -> str:
    words = {FileNotFoundError: "there is no such file", IsADirectoryError: "it is a folder"}
    return words.get(type(error), (error.strerror or str(error)).lower())
