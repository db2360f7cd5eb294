"""No view, no file and no two builds of the explorer give a group of 1 to 9 people away (D1 to D6, D9).

A survey with small groups is brought in and built; every item is looked at in every way a page can be
asked for; all that the pages tell together is attacked. The same attack finds what an open survey tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from urllib.parse import urlencode

import pytest
from django.test import Client
from facts import Fact
from tests.web.workbench.attack import (
    Told,
    all_or_none,
    beside,
    between,
    given_beside,
    given_by_adding,
    misread,
    told,
    worked_out,
)
from tests.web.workbench.hidden_groups import (
    ITEMS,
    RELINKED,
    WHERE,
    WHOM,
    Known,
    again,
    bring_in,
    built,
    late,
    people,
)
from tests.web.workbench.reading import Page, read

from goldenthread.ground.people.actor import Actor

pytestmark = pytest.mark.django_db

SMALL = ("Council", "Hostel")
WAYS = [
    *product(("", WHERE, WHOM), ("2023", "none"), ("on", "off"), ((),)),
    *product((WHERE,), ("2023",), ("on",), (("council",), ("school", "hostel"), ("-",))),
]


def addresses(build: int, items: Iterable[str] = ITEMS) -> Iterator[tuple[str, str, str]]:
    """(item, earlier wave, address) of every view of a build's items, then of who answered."""
    for item, (by, against, mix, only) in product(items, WAYS):
        asked = [("build", build), ("by", by), ("with", against), ("mix", mix), *(("only", o) for o in only)]
        yield item, against, f"items/{item}/?{urlencode(asked)}"
    yield "", "", f"who/?build={build}"


def everything(
    client: Client, survey: str, build: int, items: Iterable[str] = ITEMS
) -> tuple[Told, list[Page]]:
    """All that a build's pages tell together; no two of them differ."""
    found: Told = {}
    pages = []
    for item, against, address in addresses(build, items):
        page = seen(client, survey, address)
        for key, n in told(page, item, against).items():
            assert found.setdefault(key, n) == n, f"{key}: {address}"
        pages.append(page)
    return found, pages


def seen(client: Client, survey: str, address: str) -> Page:
    answer = client.get(f"/anyshire/results/{survey}/{address}")
    assert answer.status_code == 200, address
    return read(answer.content.decode())


def left_out(pages: list[Page]) -> list[Fact]:
    """Who is in the bases and who is beside them, over all pages of a build."""
    items = (*(item for item, *_ in addresses(1)),)
    return [fact for item, page in zip(items, pages, strict=True) for fact in beside(page, item)]


@pytest.fixture(params=(3, 8, 21))
def waves(request: pytest.FixtureRequest) -> dict[int, list[tuple[str, ...]]]:
    return {2023: people(request.param), 2025: people(request.param + 100)}


def known(waves: dict[int, list[tuple[str, ...]]]) -> dict[str, Known]:
    return {str(year): Known(rows) for year, rows in waves.items()}


def test_every_view_together_gives_no_small_group_away(
    client: Client, by: Actor, waves: dict[int, list[tuple[str, ...]]]
) -> None:
    survey = bring_in(by, waves)
    found, pages = everything(client, survey, built(by, survey))
    assert len(found) > 20
    assert misread(found, known(waves)) == []
    assert not [key for key in found if key[3] in SMALL and key[0]]
    assert min(found.values()) >= 10
    facts = left_out(pages)
    assert worked_out({**found, **given_by_adding(facts)}, known(waves)) == 0
    assert given_beside(facts) == 0
    assert not [row for page in pages for row in all_or_none(page)]


def test_the_attack_finds_the_groups_of_an_open_survey(
    client: Client, by: Actor, waves: dict[int, list[tuple[str, ...]]]
) -> None:
    survey = bring_in(by, waves, preset="open-data")
    found, pages = everything(client, survey, built(by, survey))
    assert misread(found, known(waves)) == []
    assert worked_out(found, known(waves)) > 4
    assert given_beside(left_out(pages)) > 0
    assert [row for page in pages for row in all_or_none(page)]


@pytest.mark.parametrize("more", [late("School", 3), late("Council", 5), late("Clinic", 12)])
def test_two_builds_side_by_side_give_no_few_late_answers_away(
    client: Client, by: Actor, more: list[tuple[str, ...]]
) -> None:
    """Rule D6: both builds stay open, each at its own address, and neither gives the other's people away."""
    before = {2023: people(3), 2025: people(103)}
    after = {2023: before[2023], 2025: [*before[2025], *more]}
    survey = bring_in(by, before)
    one = built(by, survey)
    again(by, survey, 2025, after[2025])
    two = built(by, survey)
    first, second = everything(client, survey, one)[0], everything(client, survey, two)[0]
    assert misread(first, known(before)) == misread(second, known(after)) == []
    items = {key: n for key, n in second.items() if key[0]}
    assert between(first, items, known(before), known(after)) == 0


@pytest.mark.parametrize("preset", ["staff-survey", "open-data"])
def test_two_builds_give_nobody_away_by_a_question_linked_to_another_item(
    client: Client, by: Actor, preset: str
) -> None:
    """Rule D6 again; and the attack sees through the other name, where nothing is hidden."""
    before = {2023: people(3), 2025: people(103)}
    after = {2023: before[2023], 2025: [*before[2025], *late("School", 3)]}
    survey = bring_in(by, before, preset=preset)
    one = built(by, survey)
    again(by, survey, 2025, after[2025], item=RELINKED)
    two = built(by, survey)
    items = (RELINKED, *ITEMS)
    found = [everything(client, survey, one)[0], everything(client, survey, two, items)[0]]
    large = [{key: n for key, n in each.items() if key[0] and key[3] in ("School", "")} for each in found]
    given = between(large[0], large[1], known(before), known(after))
    assert (given > 0) == (preset == "open-data")


def test_two_open_builds_give_late_answers_away(client: Client, by: Actor) -> None:
    before = {2023: people(3), 2025: people(103)}
    after = {2023: before[2023], 2025: [*before[2025], *late("School", 3)]}
    survey = bring_in(by, before, preset="open-data")
    one = built(by, survey)
    again(by, survey, 2025, after[2025])
    first, second = (everything(client, survey, number)[0] for number in (one, built(by, survey)))
    large = [{key: n for key, n in each.items() if key[3] in ("School", "")} for each in (first, second)]
    assert between(large[0], large[1], known(before), known(after)) > 0
