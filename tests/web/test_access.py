"""Every address says who may reach it, and keeps its word: for each role, signed out, and another area.

The proof `urls` asks much more of the same registry (tests/web/states), on two databases.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.ground.made import area, member
from tests.web.made import arguments, signed_in
from tests.web.states.answers import Caller, digests
from tests.web.states.callers import calling
from tests.web.states.declared import wrong_headers
from tests.web.states.inventory import Url, inventory
from tests.web.states.model import address
from tests.web.states.registry import faults, plain_state
from tests.web.states.world import QUICK, make_world

from goldenthread.ground.area.models import Area
from goldenthread.ground.people.roles import permissions, roles
from goldenthread.web.access import ANYONE, NEVER, SIGNED_IN

pytestmark = pytest.mark.django_db

OURS = [url for url in inventory().values() if url.ours]
RULED = [url for url in OURS if url.rule not in (ANYONE, SIGNED_IN)]


def where(url: Url) -> str:
    """The address of things that are not there."""
    return reverse(url.name, kwargs=arguments(url.route))


def test_there_are_addresses_to_ask() -> None:
    assert len(RULED) > 60


def test_every_address_has_its_states_and_a_form_where_it_takes_one() -> None:
    assert faults() == []


@pytest.mark.parametrize("url", OURS, ids=[url.name for url in OURS])
def test_an_address_declares_rules_that_mean_something(url: Url) -> None:
    assert url.rule in {ANYONE, SIGNED_IN, *permissions()}
    assert url.post in {ANYONE, SIGNED_IN, NEVER, *permissions()}
    if url.rule not in (ANYONE, SIGNED_IN):
        assert url.route.startswith("<slug:area>/"), "a page of an area stands under its slug"


OF_THE_AREA = {"home", "settings", "kept-file", "lists-spelling"}
"""What belongs to the area as a whole; a kept file is then asked for by its own purpose."""

LEAFED_THROUGH = {"preview"}
"""Pages whose forms only lead from one to the next: who may see them may send them; nothing is written."""


@pytest.mark.parametrize("url", RULED, ids=[url.name for url in RULED])
def test_an_address_asks_for_a_right_over_what_it_names(url: Url) -> None:
    """So that a rule cannot be loosened without somebody seeing: /anyshire/people/… asks for people.…"""
    named = "area" if url.name in OF_THE_AREA else url.route.split("/")[1]
    right, _, deed = url.rule.partition(".")
    assert right == {"surveys": "survey", "pupils": "lists"}.get(named, named)
    if url.name not in LEAFED_THROUGH:
        assert url.post == NEVER or url.post.partition(".")[2] in ("change", "build")
    assert deed in ("see", "change", "build")


@pytest.mark.parametrize("role", roles())
def test_a_role_reaches_what_it_may_and_is_refused_the_rest(role: str) -> None:
    home = area("anyshire")
    client = signed_in(member(home, role))
    for url in RULED:
        answer = client.get(where(url))
        assert (answer.status_code == 403) is not (url.rule in roles()[role].may), url.name


@pytest.mark.parametrize("role", roles())
def test_a_role_sends_the_forms_it_may_and_is_refused_the_rest(role: str) -> None:
    home = area("anyshire")
    client = signed_in(member(home, role))
    for url in RULED:
        answer = client.post(where(url))
        may = {url.rule, url.post} <= roles()[role].may
        assert (answer.status_code == 405) is (url.post == NEVER), url.name
        assert (answer.status_code == 403) is (url.post != NEVER and not may), url.name


def test_signed_out_people_are_asked_to_sign_in() -> None:
    area("anyshire")
    for url in RULED:
        answer = Client().get(where(url))
        assert answer.status_code == 302, url.name
        assert answer.headers["Location"].startswith("/account/login/"), url.name


def test_another_area_is_not_there_at_all() -> None:
    area("anyshire")
    stranger = signed_in(member(area("otherton"), "lead"))
    for url in RULED:
        assert stranger.get(where(url)).status_code == 404, url.name


def test_a_role_that_must_have_a_second_factor_is_sent_to_set_one_up() -> None:
    home = area("anyshire")
    Area.objects.filter(pk=home).update(mfa_roles=["lead"])
    answer = signed_in(member(home, "lead")).get("/anyshire/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_what_is_neither_read_nor_sent_is_no_method_of_ours(method: str) -> None:
    client = signed_in(member(area("anyshire"), "lead"))
    assert {getattr(client, method)(where(url)).status_code for url in RULED} == {405}


def test_every_answer_has_a_strict_policy_and_is_kept_by_no_cache() -> None:
    caller = Caller("lead", signed_in(member(area("anyshire"), "lead")))
    answers = [(url, caller.ask("get", where(url))) for url in RULED]
    assert {url.name: wrong_headers(answer, url.name) for url, answer in answers} == {
        url.name: [] for url, _ in answers
    }
    colour = Client().get(reverse("area_colour", kwargs={"code": "0a5a61"}))
    assert "public" in colour.headers["Cache-Control"]


def test_a_lead_who_reads_everything_changes_nothing(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    for name, value in QUICK.items():
        setattr(settings, name, value)
    things = make_world(builds=False).things("anyshire")
    caller, before = Caller("lead", calling("lead")), digests()
    for url in RULED:
        at = plain_state(url.name).at
        if set(at.values()) <= {*things, *(value for value in at.values() if value[0] == "=")}:
            answer = caller.ask("get", address(url.name, at, things, slug="anyshire"))
            assert answer.status in (200, 302, 404), url.name  # 404: what is explored of a build
            assert answer.wrote == (), url.name
    assert digests() == before


def test_a_nul_in_what_is_asked_or_sent_is_left_out() -> None:
    client = signed_in(member(area("anyshire"), "lead"))
    assert client.get("/anyshire/people/", {"text": "a\0b", "q": "\0"}).status_code == 200
    answer = client.post(
        "/anyshire/surveys/new/",
        {"title": "Staff\0 survey", "people": "staff", "preset_name": "staff-survey"},
    )
    assert answer.status_code == 302
    assert "Staff survey" in client.get(answer.headers["Location"]).content.decode()
