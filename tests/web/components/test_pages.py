"""The frame of every page, the footer's pages, and the pages that say that something went wrong."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from goldenthread.web.access import refused
from goldenthread.web.components import samples
from goldenthread.web.components.gallery import Sample
from goldenthread.web.components.pages import statements

FOOTER = ("/accessibility/", "/privacy/", "/numbers/", "/help/")
PAGES = (*FOOTER, "/components/", "/components/?wrong=1", "/components/front-page/", "/components/finding/")
A_YEAR = 365


def asked(path: str = "/") -> RequestFactory:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request  # type: ignore[return-value]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def heads(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole(client: Client, address: str) -> None:
    html = text(client.get(address))
    assert '<html lang="en-GB">' in html
    levels = heads(html)
    below = levels[levels.index(1) :]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(below))
    assert all(f'href="{link}"' in html for link in FOOTER)
    assert re.search(r'<a class="gt-skip" href="#main">', html)
    assert html.count('id="main"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_carries_no_style_or_script_of_its_own(client: Client, address: str) -> None:
    html = text(client.get(address))
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", html)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|javascript:", html)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', html)


@pytest.mark.django_db
def test_every_page_has_a_title_of_its_own(client: Client) -> None:
    titles = [title(text(client.get(address))) for address in PAGES]
    assert len(set(titles)) == len(titles)
    assert title(text(client.get("/components/finding/"))) == (
        "Item D1, planning for adult life - Golden Thread, Anyshire"
    )
    assert title(text(client.get("/help/"))) == "Help - Golden Thread"


@pytest.mark.django_db
def test_a_form_sent_with_mistakes_says_so_first(client: Client) -> None:
    html = text(client.get("/components/?wrong=1"))
    assert title(html).startswith("Error: Components")
    assert html.index("govuk-error-summary") < html.index("<h1")
    assert 'tabindex="-1" autofocus' in html


@pytest.mark.django_db
def test_the_words_of_a_view_are_problems_too() -> None:
    html = render_to_string("column.html", {"problems": [{"text": "Two people changed it.", "href": ""}]})
    assert title(html).startswith("Error: ")
    assert "Two people changed it." in html
    assert "Error: " not in title(render_to_string("column.html", {"form": Sample()}))


def test_an_area_has_its_name_its_colour_and_its_way_home() -> None:
    area = SimpleNamespace(name="Otherton", slug="otherton", colour="#7A1F5C")
    html = render_to_string("base.html", {"area": area, "nav": samples.nav(), "rail": samples.rail("Need")})
    assert '<link rel="stylesheet" href="/look/7a1f5c.css">' in html
    assert '<a class="gt-area" href="/otherton/">' in html
    assert title(html).endswith("- Golden Thread, Otherton")
    assert html.count('aria-current="true"') == 1
    assert "gt-bench--home" not in html


def test_a_page_without_a_rail_has_the_whole_width() -> None:
    assert "gt-bench--home" in render_to_string("base.html", {})
    assert "gt-rail" not in render_to_string("base.html", {})


@pytest.mark.django_db
def test_the_accessibility_statement_has_the_parts_the_law_asks_for(client: Client) -> None:
    html = re.sub(r"\s+", " ", text(client.get("/accessibility/")))
    for part in (
        *("is committed to making it accessible", "partially compliant", "2.2", "level AA"),
        *("If you cannot use part of it", "Write to", "If you find a fault", "not happy with how we answer"),
        *("Equality and Human Rights Commission enforces", "SI 2018/952", "prepared on", "last reviewed on"),
    ):
        assert part in html, part
    for problem in statements()["accessibility"]["problem"]:
        assert problem["what"] in html
        assert problem["because"]


def test_the_statement_was_reviewed_within_a_year() -> None:
    reviewed = statements()["accessibility"]["reviewed"]
    assert (date.today() - reviewed).days <= A_YEAR  # noqa: DTZ011 - a day, wherever the build runs


@pytest.mark.django_db
def test_the_privacy_notice_says_what_it_must(client: Client) -> None:
    html = re.sub(r"\s+", " ", text(client.get("/privacy/")))
    for part in (
        "controller",
        "public task",
        "strictly necessary",
        "see what is held",
        "within 30 days",
        "164A",
    ):
        assert part in html, part


@pytest.mark.django_db
def test_the_contact_is_the_one_the_installation_names(client: Client, settings: object) -> None:
    settings.CONTACT = "send@anyshire.example"  # type: ignore[attr-defined]
    assert '<a href="mailto:send@anyshire.example">' in text(client.get("/help/"))


def test_a_fault_of_ours_needs_no_database_and_no_context() -> None:
    answer = defaults.server_error(asked())
    assert answer.status_code == 500
    assert "Something went wrong here" in text(answer)
    assert title(text(answer)) == "Something went wrong here - Golden Thread"


def test_what_could_not_be_read_needs_none_either() -> None:
    answer = defaults.bad_request(asked(), Exception("secret"))
    assert answer.status_code == 400
    assert "We could not read what was sent" in text(answer)
    assert "secret" not in text(answer)


def test_a_page_that_is_not_there() -> None:
    answer = defaults.page_not_found(asked(), Http404("secret"))
    assert answer.status_code == 404
    assert "There is no such page" in text(answer)
    assert "secret" not in text(answer)


def test_a_role_that_does_not_allow_it() -> None:
    answer = refused(asked(), "results.build")
    assert answer.status_code == 403
    assert "Your role does not allow this" in text(answer)
    assert "results.build" in text(answer)
    assert "Your role does not allow this" in text(defaults.permission_denied(asked(), Exception("secret")))


@pytest.mark.django_db
def test_a_form_without_its_token() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/account/login/", {"login": "a@b.example", "password": "x"}
    )
    assert answer.status_code == 403
    assert "The page was open too long" in text(answer)


def test_a_file_that_is_too_large() -> None:
    html = render_to_string("too_large.html", {"limit": "200 MB", "why": "staff.csv is larger than 200 MB."})
    assert "The file is too large" in html
    assert "We take files of up to 200 MB." in html
    assert "staff.csv is larger than 200 MB." in html
