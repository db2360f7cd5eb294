"""Which items a published wave's figures file speaks of; the figures themselves are read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.definition.csv_rows import read_table


@dataclass(frozen=True, slots=True)
class Printed:
    """What a figures file names in one wave: items (or ids, where it has no items) and groups."""

    items: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def names(self, item: str, sources: tuple[str, ...] = ()) -> bool:
        """Whether a figure is there for ``item``, or for one of the groups it stands on."""
        return any(name in self.items or name in self.groups for name in (item, *sources))


def printed_in(path: Path, wave: str) -> Printed:
    """What the figures file at ``path`` names; rows of other waves, or too short or long, are left alone.

    Raises ``Refusal`` where the file cannot be read at all.
    """
    rows = read_table(path, "figures").rows
    ours = [row for row in rows if row.text("wave") in ("", wave) and not row.ragged]
    return Printed(
        items=frozenset(row.text("item") or row.text("id") for row in ours),
        groups=frozenset(row.text("group") for row in ours if row.text("group")),
    )
