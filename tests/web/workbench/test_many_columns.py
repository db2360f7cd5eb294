"""Where a file has more questions than one page decides: some at a time, recognised ones where asked for."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.thread.made import answers, brought_in
from tests.web.workbench.reading import form, read

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import reading
from goldenthread.thread.survey.models import Wave

pytestmark = pytest.mark.django_db

COLUMNS = "/anyshire/surveys/staff-survey/waves/2025/columns/"
UNKNOWN = ["Poor", "Fair", "Good", "Excellent"]
KNOWN = ["Disagree", "Agree"]


@pytest.fixture
def wide(by: Actor, survey: str) -> None:
    """Twenty-three questions on a scale that nobody knows, and two on one that is known."""
    heads = [*(f"How good is part {n}?" for n in range(23)), "I can sign", "I can draw"]
    rows = [[*(UNKNOWN[(n + m) % 4] for m in range(23)), *[KNOWN[n % 2]] * 2] for n in range(40)]
    brought_in(by, survey, "2025", answers(heads, rows))


def wave() -> Wave:
    return Wave.objects.get(code="2025")


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{COLUMNS}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def asked(html: str) -> list[str]:
    """The questions whose fields are on the page."""
    return re.findall(r'<select[^>]* name="kind-([^"]+)"', html)


@pytest.mark.usefixtures("wide")
def test_ten_are_decided_at_a_time_and_nothing_is_read_before_the_last(client: Client) -> None:
    first = page(client)
    assert read(first).headline == "23 columns of 2025 want your eye"
    assert "And 13 more, once these are decided." in first
    assert len(asked(first)) == 10
    sent = form(first) | {"label-column-a": "My own name"}
    answer = client.post(COLUMNS, sent, follow=True)
    assert read(answer.content.decode()).headline == "13 columns of 2025 want your eye"
    assert "Kept. 13 more columns want your eye." in answer.content.decode()
    assert (wave().state, wave().choices[0]["label"]) == ("mapping", "My own name")
    client.post(COLUMNS, form(page(client)))
    last = page(client)
    assert len(asked(last)) == 3
    assert "Read the answers this way" in last
    client.post(COLUMNS, form(last))
    assert wave().state == "checking"
    assert wave().choices[0]["label"] == "My own name"
    reading.check(wave().pk)
    assert wave().problems.count() == 0


@pytest.mark.usefixtures("wide")
def test_a_recognised_question_is_changed_where_it_is_opened_and_the_rest_stay(client: Client) -> None:
    for _ in range(3):
        client.post(COLUMNS, form(page(client)))
    before = wave().choices
    html = page(client)
    assert asked(html) == []
    link = re.search(r'href="(\?open=[^"#]+)#column-column-x"', html)
    assert link is not None
    opened = page(client, link[1])
    assert asked(opened) == ["column-x"]
    client.post(COLUMNS, form(opened) | {"good-column-x": "no"})
    after = wave().choices
    assert [new for new, old in zip(after, before, strict=True) if new != old] == [
        {**before[23], "good": False}
    ]


@pytest.mark.usefixtures("wide")
def test_what_was_typed_comes_back_with_what_is_wrong(client: Client) -> None:
    sent = form(page(client)) | {f"side-column-b-{n}": "low" for n in range(4)}
    answer = client.post(COLUMNS, sent | {"label-column-c": "My own name"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "needs at least one answer in its low half and one in its high half" in html
    assert (len(asked(html)), form(html)["label-column-c"]) == (10, "My own name")


@pytest.mark.usefixtures("wide")
def test_whoever_decides_second_sees_both_among_many(client: Client) -> None:
    mine, theirs = (form(page(client)) | {"label-column-b": name} for name in ("Mine", "Theirs"))
    client.post(COLUMNS, theirs)
    answer = client.post(COLUMNS, mine)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert form(html)["label-column-b"] == "Mine"
    assert "called “Theirs”" in html
