"""The pages on which a wave is corrected: its columns, its problems, its figures, its file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.ground.made import member
from tests.thread.made import NOW, answers, brought_in, ready, simple
from tests.web.made import signed_in
from tests.web.workbench.reading import form

from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, queries, reading
from goldenthread.thread.survey.keeping import UNFORESEEN
from goldenthread.thread.survey.models import Survey, Wave

pytestmark = pytest.mark.django_db

QUALITY = ["Poor", "Fair", "Good", "Excellent"]
SURVEY = "/anyshire/surveys/staff-survey/"
SHEET = Path(__file__).parents[3] / "examples" / "anyshire"


def get(client: Client, rest: str, status: int = 200) -> str:
    answer = client.get(f"/anyshire/surveys/staff-survey/{rest}", follow=True)
    assert answer.status_code == status, rest
    return answer.content.decode()


def post(client: Client, rest: str, data: dict[str, object], status: int = 302) -> str:
    answer = client.post(f"/anyshire/surveys/staff-survey/{rest}", data)
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:3000])
    return answer.content.decode()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def wave(code: str = "2025") -> Wave:
    return Wave.objects.get(code=code)


def test_a_scale_of_its_own_is_put_in_order_and_parted_on_the_page(
    client: Client, by: Actor, survey: str
) -> None:
    brought_in(by, survey, "2025", answers(["How good?", "n"], [[each, "x"] for each in QUALITY * 5]))
    page = get(client, "waves/2025/columns/")
    assert "no scale that we know" in page
    assert "<b>Low half:</b> Poor or Fair." in page
    sent = form(page)
    assert [sent[f"place-column-a-{n}"] for n in range(4)] == ["1", "2", "3", "4"]
    sent |= {
        "side-column-a-0": "high",
        "place-column-a-0": "4",
        "side-column-a-3": "low",
        "place-column-a-3": "1",
    }
    sent |= {"side-column-a-1": "middle", "side-column-a-2": "outside"}
    post(client, "waves/2025/columns/", sent)
    choice = wave().choices[0]
    assert choice["order"] == ["Excellent", "Fair", "Poor"]
    assert choice["sides"] == ["low", "middle", "high"]
    assert choice["outside"] == ["Good"]
    reading.check(wave().pk)
    again = get(client, "waves/2025/columns/")
    assert "<b>Not counted:</b> Good." in again


def test_a_scale_without_a_high_half_is_said_and_nothing_typed_is_lost(
    client: Client, by: Actor, survey: str
) -> None:
    brought_in(by, survey, "2025", answers(["How good?", "n"], [[each, "x"] for each in QUALITY * 5]))
    sent = form(get(client, "waves/2025/columns/"))
    sent |= {f"side-column-a-{n}": "low" for n in range(4)} | {"label-column-a": "My own name"}
    page = post(client, "waves/2025/columns/", sent, 409)
    assert "needs at least one answer in its low half and one in its high half" in page
    assert 'value="My own name"' in page
    assert wave().state == "mapping"


def test_a_list_that_becomes_a_scale_is_asked_for_its_order(client: Client, by: Actor, survey: str) -> None:
    brought_in(
        by, survey, "2025", answers(["Colour?", "n"], [[each, "x"] for each in ["Red", "Blue", "Grey"] * 9])
    )
    sent = form(get(client, "waves/2025/columns/")) | {"kind-column-a": "scale", "scale-column-a": "own"}
    page = post(client, "waves/2025/columns/", sent, 200)
    assert "Say in which order the answers of “Colour?” go" in page
    assert 'name="side-column-a-2"' in page
    post(client, "waves/2025/columns/", form(page))
    assert wave().choices[0]["kind"] == "scale"


def test_whoever_decides_second_sees_both_and_may_save_theirs(client: Client, by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    mine = form(get(client, "waves/2025/columns/")) | {"label-column-b": "Mine"}
    theirs = form(get(client, "waves/2025/columns/")) | {"label-column-b": "Theirs"}
    post(client, "waves/2025/columns/", theirs)
    page = post(client, "waves/2025/columns/", mine, 409)
    assert 'value="Mine"' in page
    assert "called “Theirs”" in page
    post(client, "waves/2025/columns/", form(page))
    assert wave().choices[1]["label"] == "Mine"


def with_strays(by: Actor, survey: str) -> None:
    rows = [["Agree", "x"]] * 90 + [["Stongly agree", "x"]] * 2 + [["?", "x"]]
    ready(by, survey, brought_in(by, survey, "2025", answers(["I can sign", "n"], rows)))


def test_a_stray_value_is_read_as_chosen_and_taken_back_on_the_page(
    client: Client, by: Actor, survey: str
) -> None:
    with_strays(by, survey)
    page = get(client, "waves/2025/problems/")
    assert "3 answers or rows of 2025 could not be read" in page
    assert "Read “Stongly agree” as" in page
    options = re.findall(r"Read it as “([^”]+)”", page)
    assert options[0] == "Strongly agree", "the answer spelt most like it comes first"
    sent = {"do": "recode", "version": wave().version, "as-0": "answer:strongly-agree"}
    sent |= {"question-0": "column-a", "value-0": "Stongly agree", "question-1": "column-a", "value-1": "?"}
    post(client, "waves/2025/problems/", {**sent, "as-1": ""})
    reading.check(wave().pk)
    page = get(client, "waves/2025/problems/")
    assert "“Stongly agree” is read as “Strongly agree”." in page
    assert "1 answer or row of 2025 could not be read" in page
    undo = {"do": "undo", "version": wave().version, "question": "column-a", "value": "Stongly agree"}
    post(client, "waves/2025/problems/", undo)
    reading.check(wave().pk)
    assert "is read as" not in get(client, "waves/2025/problems/")


def test_a_choice_made_on_a_stale_page_stays_chosen(client: Client, by: Actor, survey: str) -> None:
    with_strays(by, survey)
    sent = {"do": "recode", "version": 1, "question-0": "column-a", "value-0": "?", "as-0": "none"}
    page = post(client, "waves/2025/problems/", sent, 200)
    assert "Somebody changed this" in page
    assert '<option value="none" selected>' in page


def test_every_row_of_every_problem_is_taken_away(client: Client, by: Actor, survey: str) -> None:
    with_strays(by, survey)
    answer = client.get("/anyshire/surveys/staff-survey/waves/2025/problems/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.count("Stongly agree") == 2
    assert 'attachment; filename="problems-2025.csv"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("strays", "words"),
    [
        (["Stongly agree"] * 2, "Every row it was found in (CSV)"),
        (["x", "y"], "All 2 kinds, in every row (CSV)"),
    ],
)
def test_kinds_of_problems_are_counted_in_words_that_read_well(
    client: Client, by: Actor, survey: str, strays: list[str], words: str
) -> None:
    rows = [["Agree", "z"]] * 90 + [[stray, "z"] for stray in strays]
    ready(by, survey, brought_in(by, survey, "2025", answers(["I can sign", "n"], rows)))
    assert words in get(client, "waves/2025/problems/")


def test_when_all_was_read_the_survey_asks_only_to_use_it(client: Client, by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    post(client, "waves/2025/columns/", form(get(client, "waves/2025/columns/")))
    reading.check(wave().pk)
    page = get(client, "")
    assert "Use this wave" in page
    assert "could not be read" not in page


def test_progress_is_told_and_the_page_looks_again(client: Client, by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    Wave.objects.update(state="reading", step="Reading the rows", percent=40)
    page = get(client, "")
    assert "2025 is being read" in page
    assert "Reading the rows, 40%" in page
    assert '<progress aria-label="2025 is being read" max="100" value="40">' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_what_failed_unforeseen_is_read_again_by_a_button(client: Client, by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    Wave.objects.update(state="failed", said=UNFORESEEN)
    page = get(client, "")
    assert "Reading failed</strong>" in page
    assert "failed on something that nobody foresaw" in page
    assert "Read it again" in page
    assert "Read it again" not in signed_in(member(by.area, "moderator")).get(SURVEY).content.decode()
    post(client, "waves/2025/read-again/", {"version": wave().version})
    assert "2025 is being read" in get(client, "")
    post(client, "waves/2025/read-again/", {"version": wave().version})
    assert "is not to be read again" in get(client, "")


def test_a_file_that_is_no_table_is_not_offered_to_be_read_again(
    client: Client, by: Actor, survey: str
) -> None:
    brought_in(by, survey, "2025", io.BytesIO(b"%PDF-1.7 not a table"))
    page = get(client, "")
    assert "Could not be used" in page
    assert "Read it again" not in page


def test_a_corrected_file_comes_in_by_the_page(client: Client, by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    assert "2025.csv, 50 people" in get(client, "waves/2025/replace/")
    data = {"version": wave().version, "file": upload("new.csv", simple({"School": (30, 60)}).getvalue())}
    post(client, "waves/2025/replace/", data)
    reading.look_again(wave().pk)
    reading.check(wave().pk)
    page = get(client, "")
    assert "50 people before, 60 now." in page
    stale = {"version": 1, "file": upload("new.csv", b"a,b\n1,2\n")}
    assert "Somebody changed this" in post(client, "waves/2025/replace/", stale, 200)


@pytest.mark.usefixtures("survey")
def test_a_questionnaire_comes_in_with_the_answers(client: Client) -> None:
    text = (SHEET / "questionnaire-2025.toml").read_bytes()
    data = {
        "label": "2025",
        "questionnaire": upload("sheet.toml", text),
        "file": upload("a.csv", b"x,y\n1,2\n"),
    }
    post(client, "add/", data)
    assert (wave().questionnaire_name, wave().state) == ("sheet.toml", "reading")
    reading.look_at(wave().pk)
    assert wave().state == "failed"
    assert "no heading matches a question of the questionnaire" in get(client, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            b'id = "a"\ntitle = "x"\n[[sections]]\nid = "s"\ntitel = "y"\n',
            "line 5, section “s”: unknown key “titel”",
        ),
        (b'id = "a"\ntitle = \n', "line 2"),
        (b"\xff\xfe\x00", "sheet.toml is no text in UTF-8"),
    ],
)
@pytest.mark.usefixtures("survey")
def test_a_questionnaire_with_faults_names_file_line_and_field(
    client: Client, text: bytes, said: str
) -> None:
    data = {
        "label": "2025",
        "questionnaire": upload("sheet.toml", text),
        "file": upload("a.csv", b"x,y\n1,2\n"),
    }
    page = post(client, "add/", data, 200)
    assert said in page
    assert "sheet.toml" in page
    assert not Wave.objects.exists()
    assert not KeptFile.objects.exists()


def test_figures_are_typed_checked_and_accepted(client: Client, by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (60, 100)})))
    table = "I can use signs\tAgree\t33 %\t10\nNobody asks this\tYes\t50\t10"
    data = {"label": "2021", "source": "Report", "answered": "10", "table": table}
    answer = client.post("/anyshire/surveys/staff-survey/add-figures/", data, follow=True)
    assert "are being checked" in answer.content.decode()
    reading.look_at(wave("2021").pk)
    page = get(client, "waves/2021/figures/")
    assert "1 of 2 figures of 2021 cannot be true as printed" in page
    assert "No whole number out of 10 is this percentage." in page
    assert "30 %" in page
    assert "Questions that no other wave asks in these words" in page
    place = {
        "do": "place",
        "version": wave("2021").version,
        "question": "Nobody asks this",
        "item": "i-can-use-signs",
    }
    post(client, "waves/2021/figures/", place)
    reading.check(wave("2021").pk)
    assert "that no other wave asks" not in get(client, "waves/2021/figures/")
    post(client, "waves/2021/figures/", {"version": wave("2021").version})
    assert wave("2021").state == "ready"


@pytest.mark.usefixtures("survey")
def test_a_table_to_fill_in_can_be_typed_straight_back(client: Client) -> None:
    answer = client.get("/anyshire/surveys/staff-survey/add-figures/template/")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0] == "question,answer,percent,n"
    client.post(
        "/anyshire/surveys/staff-survey/add-figures/", {"label": "2021", "source": "x", "table": text}
    )
    reading.look_at(wave("2021").pk)
    assert [row["verdict"] for row in wave("2021").printed["rows"]] == ["possible"] * 3


def test_the_reason_for_hiding_nothing_is_asked_for_only_where_it_applies(client: Client) -> None:
    asked = "Why does nothing need hiding?"
    path = "/anyshire/surveys/new/"
    assert asked not in client.get(path).content.decode()
    sent = {"title": "Open", "people": "staff", "preset_name": "open-data"}
    page = client.post(path, sent).content.decode()
    assert asked in page
    assert "Say why nothing needs hiding" in page
    assert client.post(path, {**sent, "because": "The answers are open data."}).status_code == 302
    assert Survey.objects.get(slug="open").preset_because == "The answers are open data."


def workbook(*sheets: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    for sheet in book:
        sheet.append(["Where?", "I can sign"])
        for _ in range(9):
            sheet.append(["School", "Agree"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "photo.csv",
            b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
            "photo.csv is a picture: save the answers as .xlsx or CSV.",
        ),
        ("locked.xlsx", OLE, "locked.xlsx is an old .xls workbook, or one protected by a password"),
        ("empty.csv", b"\n\n", "empty.csv is empty: it has no headings and no answers."),
        (
            "headings.csv",
            b"Where?,I can sign\n",
            "headings.csv has headings but no row of answers under them.",
        ),
        ("twice.csv", b"A,A\n1,2\n", "columns A and B have the same heading “A”"),
    ],
)
def test_a_wrong_file_is_a_clear_sentence_on_the_survey(
    client: Client, by: Actor, survey: str, name: str, data: bytes, said: str
) -> None:
    commands.bring_in(
        by=by,
        now=NOW,
        survey=survey,
        news=commands.WaveNews("2025"),
        stream=io.BytesIO(data),
        file_name=name,
    )
    reading.look_at(wave().pk)
    page = get(client, "")
    assert said in page
    assert "Replace its file" in page
    assert (wave().seen, wave().choices) == ([], [])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wide.csv", "Where?,I can sign\n" + "Schoöl,Agree\n" * 9),
        ("utf16.csv", ("Where?;I can sign\n" + "Schoöl;Agree\n" * 9).encode("utf-16")),
        ("old.csv", ("Where?;I can sign\n" + "Schoöl;Agree\n" * 9).encode("cp1252")),
        ("semi.csv", ("Where?;I can sign\n" + "Schoöl;Agree\n" * 9).encode()),
        ("two.xlsx", workbook("Answers", "Notes")),
    ],
)
@pytest.mark.usefixtures("survey")
def test_every_usual_kind_of_file_is_read(client: Client, name: str, data: str | bytes) -> None:
    given = data.encode() if isinstance(data, str) else data
    post(client, "add/", {"label": "2025", "file": upload(name, given)})
    reading.look_at(wave().pk)
    assert (wave().state, wave().people) == ("mapping", 9)


def test_a_table_of_16384_columns_is_read_or_refused_in_words(client: Client, by: Actor, survey: str) -> None:
    headings = [f"Question number {n}" for n in range(16_384)]
    brought_in(by, survey, "2025", answers(headings, [["Agree"] * 16_384] * 3))
    page = get(client, "")
    assert wave().state == "failed"
    assert "2025.csv has 16,384 columns" in page


def large() -> bytes:
    return b"Where?,I can sign\n" + b"School,Agree\n" * 250_000


def left_on(home: Path) -> list[Path]:
    """Files of anybody's; the look of the pages may stand there too."""
    return [each for each in home.rglob("*") if each.is_file() and home / "look" not in each.parents]


@pytest.mark.usefixtures("survey")
def test_a_file_over_the_limit_is_said_by_its_field_and_leaves_nothing(
    client: Client, settings: Settings, home: Path
) -> None:
    settings.LARGEST_UPLOAD = 2 << 20
    page = post(client, "add/", {"label": "2025", "file": upload("large.csv", large())}, 200)
    assert "large.csv is larger than 2 MB, the most that is kept here." in page
    assert left_on(home) == []


@pytest.fixture
def no_room() -> Iterator[None]:
    """A disk that takes no file over a megabyte, by the kernel's own limit."""
    import resource  # noqa: PLC0415 - where there is one

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("survey", "no_room")
def test_a_full_disk_is_said_by_its_field_and_leaves_nothing(client: Client, home: Path) -> None:
    page = post(client, "add/", {"label": "2025", "file": upload("large.csv", large())}, 200)
    assert "There is no room left on the disk, so nothing was kept." in page
    assert left_on(home) == []
    assert not Wave.objects.exists()


@pytest.mark.usefixtures("no_room")
def test_a_full_disk_leaves_the_file_that_stands(client: Client, by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    before = wave()
    data = {"version": before.version, "file": upload("large.csv", large())}
    assert "There is no room left on the disk" in post(client, "waves/2025/replace/", data, 200)
    assert (wave().file, wave().incoming, wave().version) == (before.file, "", before.version)


def test_whoever_sets_the_groups_second_sees_both_and_chooses(client: Client, by: Actor, survey: str) -> None:
    table = answers(
        ["Where do you work?", "What is your role?"], [["School", "Teacher"], ["Nursery", "Aide"]] * 9
    )
    ready(by, survey, brought_in(by, survey, "2025", table))
    work, role = (item for item, _ in queries.groupable(by.area, survey))
    version = Survey.objects.get().version
    post(client, "groups/", {"groups": [work], "mix": "", "version": version})
    for sent in (version, ""):
        page = post(client, "groups/", {"groups": [role], "mix": role, "version": sent}, 409)
        assert "Somebody changed this first" in page
        assert [each["item"] for each in Survey.objects.get().groupings] == [work]
    mine = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    kept = {name: value for name, value in mine if name != "csrfmiddlewaretoken"}
    post(client, "groups/", dict(kept))
    assert [each["item"] for each in Survey.objects.get().groupings] == [role]
    assert Survey.objects.get().mix == role
