"""Reading areas."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.ground.area.models import Area


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area as pages show it. ``mfa_roles`` are the roles that must sign in with a second factor."""

    id: int
    slug: str
    name: str
    colour: str
    senco: str
    mfa_roles: frozenset[str]


def area_called(slug: str) -> AreaFacts | None:
    """The area at ``slug``, if there is one."""
    found = Area.objects.filter(slug=slug).first()
    return None if found is None else _facts(found)


def every_area() -> tuple[int, ...]:
    """The ids of all areas of this installation."""
    return tuple(Area.objects.order_by("pk").values_list("pk", flat=True))


def _facts(area: Area) -> AreaFacts:
    return AreaFacts(
        id=area.pk,
        slug=area.slug,
        name=area.name,
        colour=area.colour,
        senco=area.senco,
        mfa_roles=frozenset(area.mfa_roles),
    )
