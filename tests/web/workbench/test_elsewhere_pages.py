"""Bringing a file's questions in on the pages, and taking them away, without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.analysis.definition.formats.lss.laid import Asked, Laid
from tests.analysis.definition.formats.made import unnamed
from tests.analysis.definition.written import HEAD, SECTION, single
from tests.ground.made import area, member
from tests.web.made import signed_in

from goldenthread.analysis.definition.formats.take import Format, give, take
from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.ground.audit.models import Event
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import read_draft

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
QUESTIONS = "/anyshire/surveys/team/asked/2027/questions/"
ELSEWHERE = f"{QUESTIONS}elsewhere/"
OURS = HEAD + SECTION + single("q1", more='item = "place"') + single("q2")
PLACE = Asked("L", "place", "Where do you work?", answers=(("s", "A school"), ("n", "A nursery")))
LOSSY = Laid([[PLACE, Asked("R", "rank", "What first?")]], said={"surveyls_endtext": "Bye"}).bytes()


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def page(lead: Actor) -> Client:
    make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    begin(lead, "2027", NOW)
    return signed_in(lead)


def begin(lead: Actor, label: str, day: datetime, text: str = "") -> None:
    plan = Plan(label, day.date(), (day + timedelta(days=20)).date())
    commands.begin(by=lead, now=NOW, survey="team", plan=plan, questionnaire=text)


def bring(client: Client, name: str, content: bytes, version: int | None = None) -> str:
    """Choose a file on the page; the page that follows."""
    seen = Asking.objects.get(wave__code="2027").version if version is None else version
    file = SimpleUploadedFile(name, content)
    return client.post(ELSEWHERE, {"version": seen, "file": file}, follow=True).content.decode()


def draft() -> Questionnaire:
    return read_draft(Asking.objects.get(wave__code="2027").draft, title="x", name="x").whole


@pytest.mark.parametrize("kind", Format)
def test_a_file_of_any_format_becomes_the_draft_and_comes_out_the_same(page: Client, kind: Format) -> None:
    whole = take("ours.toml", OURS.encode()).whole
    said = bring(page, f"team{kind}", give(whole, kind).data)
    assert f"2 questions came in with team{kind}" in said
    assert "Nothing was left out." in said
    assert unnamed(draft()) == unnamed(whole)
    for wanted in Format:
        answer = page.get(f"{ELSEWHERE}{wanted.removeprefix('.')}/")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="team-2027{wanted}"'
        assert "no-store" in answer.headers["Cache-Control"]
        assert unnamed(take(f"x{wanted}", answer.content).whole) == unnamed(whole)


def test_what_was_left_out_is_listed_and_the_change_can_be_taken_back(page: Client) -> None:
    bring(page, "ours.toml", OURS.encode())
    before = draft()
    said = bring(page, "staff survey.lss", LOSSY)
    assert "1 question came in with staff survey.lss" in said
    assert "<li>Question “rank”: left out: a ranking cannot be held</li>" in said
    assert "<li>Left out: the words after the last question</li>" in said
    assert Event.objects.latest("pk").words == "took in “staff survey.lss”, 1 question"
    version = Asking.objects.get().version
    page.post(f"{QUESTIONS}undo/", {"version": version})
    assert draft() == before


def test_a_question_in_the_words_of_the_last_wave_stays_its_item(page: Client, lead: Actor) -> None:
    earlier = OURS.replace("Text of q1?", "Where do you work?")
    begin(lead, "2026", NOW - timedelta(days=400), earlier)
    bring(page, "staff.lss", LOSSY)
    assert [question.item for question in draft().questions] == ["place"]
    bring(page, "own.toml", earlier.replace('item = "place"', 'item = "apart"').encode())
    assert [question.item for question in draft().questions] == ["apart", "q2"], "a file of ours says itself"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.lss", b"<html></html>", "a.lss is XML, but no survey of LimeSurvey"),
        ("a.docx", b"PK\x03\x04", "a.docx: a questionnaire&#x27;s file name ends in"),
        ("<b>.toml", b"id = ", "&lt;b&gt;.toml is not valid TOML"),
        ("a.toml", OURS.replace("kind", "kin").encode(), "unknown key “kin”; did you mean “kind”?"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing_and_is_told_why(
    page: Client, name: str, content: bytes, said: str
) -> None:
    bring(page, "ours.toml", OURS.encode())
    before = Asking.objects.get().version
    assert said in bring(page, name, content)
    assert Asking.objects.get().version == before
    assert (
        "Choose a file for “The questionnaire file”."
        in page.post(ELSEWHERE, {"version": before}).content.decode()
    )


def test_who_was_overtaken_is_told_and_may_send_again(page: Client) -> None:
    bring(page, "ours.toml", OURS.encode())
    said = bring(page, "again.toml", OURS.encode(), version=1)
    assert "Somebody changed the questions meanwhile." in said
    assert f'name="version" value="{Asking.objects.get().version}"' in said


def test_the_questions_of_an_open_wave_stand_and_can_be_taken_away(page: Client, lead: Actor) -> None:
    bring(page, "ours.toml", OURS.encode())
    version = Asking.objects.get().version
    commands.open_wave(by=lead, now=NOW, survey="team", wave="2027", version=version)
    assert "The questionnaire file" not in page.get(ELSEWHERE).content.decode()
    assert "its questions stand as they are" in bring(page, "staff.lss", LOSSY)
    assert page.get(f"{ELSEWHERE}lss/").status_code == 200


def test_what_is_to_be_mended_comes_first_for_other_programs(page: Client) -> None:
    twice = Asked("L", "a", "Which?", answers=(("a", "Same"), ("b", "Same")))
    said = bring(page, "twice.lss", Laid([[twice]]).bytes())
    assert "To be mended before they can be asked" in said
    assert page.get(f"{ELSEWHERE}toml/").status_code == 200
    refused = page.get(f"{ELSEWHERE}lss/", follow=True).content.decode()
    assert "Mend first what is listed with the questions: question “a”: “same” stands for" in refused
    assert page.get(f"{ELSEWHERE}docx/").status_code == 404


def test_nobody_without_the_right_to_change_brings_anything_in(page: Client, lead: Actor) -> None:
    bring(page, "ours.toml", OURS.encode())
    reader = signed_in(member(lead.area, "moderator"))
    assert "Bring the questions in" not in reader.get(ELSEWHERE).content.decode()
    assert reader.get(f"{ELSEWHERE}xlsx/").status_code == 200
    file = SimpleUploadedFile("staff.lss", LOSSY)
    assert reader.post(ELSEWHERE, {"version": 2, "file": file}).status_code == 403
    other = signed_in(member(area("elsewhere"), "lead"))
    assert other.get(ELSEWHERE).status_code == 404
