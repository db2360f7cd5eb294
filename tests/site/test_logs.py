"""What is logged can be read by a machine, says what happened, and names nobody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.ground.made import area, member
from tests.web.made import signed_in

from goldenthread.site import logs

NAME = "rowan.birch@anyshire.example"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the formatter writes of everything that is logged meanwhile."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for each in loggers:
        each.addHandler(handler)
    ours = logging.getLogger(logs.OURS)
    level = ours.level
    ours.setLevel(logging.INFO)  # whatever LOG_LEVEL these tests were started with
    yield stream
    ours.setLevel(level)
    for each in loggers:
        each.removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.django_db
def test_an_answer_is_one_line_with_the_pattern_of_its_address(written: io.StringIO) -> None:
    client = signed_in(member(area("anyshire"), "lead"))
    client.get(f"/anyshire/surveys/?q={NAME}")
    (line,) = [each for each in lines(written) if each["from"] == "goldenthread.request"]
    assert line["route"] == "/<slug:area>/surveys/"
    assert (line["method"], line["status"], line["event"]) == ("GET", 200, "answered")
    assert line["ms"] >= 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", f"/{NAME}/"),
        ("get", f"/join/{NAME}/"),
        ("get", f"/accounts/{NAME}\n\r/"),
        ("post", f"/account/login/?next=/{NAME}"),
    ],
)
def test_nothing_of_an_address_or_a_form_is_written(written: io.StringIO, method: str, address: str) -> None:
    data = {"login": NAME, "password": NAME}
    getattr(Client(), method)(address, data if method == "post" else None, REMOTE_ADDR="203.0.113.9")
    assert lines(written)
    assert NAME not in written.getvalue()
    assert "203.0.113.9" not in written.getvalue()


@pytest.mark.django_db
def test_when_somebody_answers_is_not_written(written: io.StringIO) -> None:
    Client().get("/s/abcdef/")
    Client().post("/s/abcdef/", {"do": "start"})
    assert lines(written) == []


def test_a_fault_is_written_as_its_kind_and_where_it_arose(written: io.StringIO) -> None:
    try:
        int(NAME)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", f"/join/{NAME}/")
    (line,) = lines(written)
    assert line["event"] == "Internal Server Error: %s"
    assert line["exception"] == "builtins.ValueError"
    assert line["passed"][-1].startswith("tests/site/test_logs.py:")
    assert NAME not in written.getvalue()


def test_words_already_filled_in_by_others_are_left_out(written: io.StringIO) -> None:
    logging.getLogger("someone.else").error(f"could not find {NAME}")
    (line,) = lines(written)
    assert line["event"] == "said something"


def test_the_work_of_the_worker_is_named(written: io.StringIO) -> None:
    logging.getLogger("django_tasks").error(
        "Task id=%s path=%s state=%s", "7", "thread.survey.check", "FAILED"
    )
    (line,) = lines(written)
    assert line["event"] == "Task id=7 path=thread.survey.check state=FAILED"


def test_a_level_that_is_none_is_said_in_words() -> None:
    with pytest.raises(ValueError, match=r"LOG_LEVEL is “loud”: it can be debug, info"):
        logs.settings("loud")
