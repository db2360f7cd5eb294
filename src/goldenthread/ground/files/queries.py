"""Reading what is known of kept files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from goldenthread.ground.files.disk import place
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.purposes import purposes
from goldenthread.ground.people.actor import Actor, require


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a kept file. ``by`` is the account that brought it; None for a job's own."""

    id: str
    name: str
    size: int
    sha256: str
    media_type: str
    purpose: str
    by: int | None
    at: datetime
    delete_after: datetime | None


def kept_file(area: int, id: str) -> Kept | None:  # noqa: A002 - the word everybody uses
    """A kept file of ``area``; None where there is none of that id there."""
    found = KeptFile.objects.filter(area_id=area, pk=id).first()
    return None if found is None else _facts(found)


def every_file() -> tuple[tuple[Path, str], ...]:
    """Where the bytes of each file of every area are, and their SHA-256: for a backup of it all."""
    found = KeptFile.objects.order_by("area_id", "pk").values_list("area_id", "pk", "sha256")
    return tuple((place(area, name), digest) for area, name, digest in found)


def file_for(by: Actor, area: int, id: str) -> Kept | None:  # noqa: A002
    """A kept file for somebody who asks for it; None where there is none. Raises NotAllowed."""
    facts = kept_file(area, id)
    if facts is not None:
        require(by, purposes()[facts.purpose].may, area=area)
    return facts


def _facts(found: KeptFile) -> Kept:
    return Kept(
        id=found.pk,
        name=found.name,
        size=found.size,
        sha256=found.sha256,
        media_type=found.media_type,
        purpose=found.purpose,
        by=found.by_id,
        at=found.at,
        delete_after=found.delete_after,
    )
