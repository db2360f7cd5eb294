"""The crosswalk as somebody works through it, and two people at once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.thread.made import NOW, answers, brought_in, ready

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.finding.queries import file_of
from goldenthread.thread.survey import commands, queries, reading
from goldenthread.thread.survey.commands import WaveNews
from goldenthread.thread.survey.models import Link, Wave

pytestmark = pytest.mark.django_db

# requirements.md, L5: twenty items of 2023 with the numbers they had in 2021 (numbers only)
PAIRS = {
    11: (10,),
    29: (42,),
    34: (20,),
    35: (21,),
    41: (27,),
    44: (31,),
    "42+43": (28, 29),
    28: (40,),
    38: (24,),
    45: (32,),
    46: (33,),
    60: (60,),
    55: (55,),
    58: (58,),
    36: (22,),
    "18+19": (17, 18),
    20: (19,),
    50: (50,),
    51: (51,),
    "21+22": (34, 35),
}


def get(client: Client, rest: str) -> str:
    answer = client.get(f"/anyshire/surveys/staff-survey/{rest}", follow=True)
    assert answer.status_code == 200, rest
    return answer.content.decode()


def items(page: str) -> list[str]:
    return re.findall(r'crosswalk/([^"/]+)/"', page)


WORDS = {
    "2023": ["I can use signs with children", "I know whom to ask", "Only then"],
    "2025": ["I can use signs or symbols with children", "I know whom to ask", "Only now"],
}


@pytest.fixture
def two(by: Actor, survey: str) -> str:
    for year, headings in WORDS.items():
        rows = [["Agree"] * 3] * 40 + [["Disagree"] * 3] * 20
        ready(by, survey, brought_in(by, survey, year, answers(headings, rows), int(year)))
    return survey


@pytest.mark.usefixtures("two")
def test_the_list_is_narrowed_and_says_how_many_each(client: Client) -> None:
    page = get(client, "crosswalk/")
    for words in (
        "Every item (4)",
        "Changed words (1)",
        "Changed, nobody has decided (1)",
        "Not asked in every wave (2)",
        "Decided (0)",
    ):
        assert words in page
    assert items(get(client, "crosswalk/?show=undecided")) == ["i-can-use-signs-with-children"]
    assert items(get(client, "crosswalk/?show=once")) == ["only-now", "only-then"]
    assert items(get(client, "crosswalk/?find=whom")) == ["i-know-whom-to-ask"]


@pytest.mark.usefixtures("two")
def test_changed_words_are_marked_for_eyes_and_ears(client: Client) -> None:
    for path in ("crosswalk/?show=changed", "crosswalk/i-can-use-signs-with-children/"):
        page = get(client, path)
        assert '<ins class="gt-ins"><span class="gt-hidden">put in: </span>or symbols' in page
    assert "The words changed between 2023 and 2025" in page


ITEM = "crosswalk/i-can-use-signs-with-children/"


def judged(comparable: str, because: str, was: str = "") -> dict[str, str]:
    return {"do": "judge", "pair": "2023/2025", "comparable": comparable, "because": because, "was": was}


@pytest.mark.usefixtures("two")
def test_whoever_decides_second_sees_both_and_loses_nothing(client: Client) -> None:
    path = f"/anyshire/surveys/staff-survey/{ITEM}"
    assert client.post(path, judged("yes", "Theirs.")).status_code == 302
    answer = client.post(path, judged("no", "Mine, at length."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this first" in page
    assert "Theirs." in page
    assert "Mine, at length." in page
    assert Link.objects.get().because == "Theirs."
    sent = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', page))
    assert client.post(path, sent).status_code == 302
    assert (Link.objects.get().comparable, Link.objects.get().because) == (False, "Mine, at length.")


@pytest.mark.usefixtures("two")
def test_two_people_linking_one_question_see_both(client: Client, by: Actor) -> None:
    wave = Wave.objects.get(code="2025")
    asked = wave.seen[2]["id"]
    path = "/anyshire/surveys/staff-survey/crosswalk/only-then/"
    place = f"2025/{asked}:|only-now"
    assert place in get(client, "crosswalk/only-then/")
    commands.link(
        by=by,
        now=NOW,
        survey="staff-survey",
        place=queries.Place("2025", asked, "", ""),
        was="only-now",
        item="something-else",
    )
    answer = client.post(path, {"do": "link", "place": place})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "about “Only now”" in page
    assert "about “Only then”" in page
    sent = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', page))
    assert client.post(path, sent).status_code == 302
    rows = {row.item: len(row.places) for row in queries.crosswalk(by.area, "staff-survey")}
    assert rows["only-then"] == 2


@pytest.mark.usefixtures("two")
def test_two_people_may_work_on_different_items_at_once(client: Client) -> None:
    """Deciding one item gets nobody in the way of another."""
    first, second = get(client, ITEM), get(client, "crosswalk/i-know-whom-to-ask/")
    assert first
    assert second
    base = "/anyshire/surveys/staff-survey/"
    part = re.search(r'name="place" value="([^"]+)"', second)
    assert part
    assert client.post(f"{base}{ITEM}", judged("yes", "Fine.")).status_code == 302
    answer = client.post(f"{base}crosswalk/i-know-whom-to-ask/", {"do": "part", "place": part[1]})
    assert answer.status_code == 302


def numbered(year: str, numbers: dict[int, str], reword: int | None = None, *, other: bool = False) -> str:
    """A questionnaire with these question numbers and items."""
    own = ', { code = "o", label = "Something else", other = true }' if other else ""
    answered = f'{{ code = "a", label = "Agree", net = "said" }}, {{ code = "d", label = "Disagree" }}{own}'
    asked = "\n".join(
        f'''[[sections.questions]]
id = "q{number}"
number = {number}
kind = "single"
text = "Invented question about {item}{" in other words" if number == reword else ""}"
item = "{item}"
label = "About {item}"
answers = [{answered}]
nets = [{{ id = "said", label = "Agree", side = "high" }}]
headline = "said"'''
        for number, item in numbers.items()
    )
    return f'id = "v{year}"\ntitle = "Survey {year}"\n[[sections]]\nid = "s"\ntitle = "All"\n{asked}\n'


def brought(by: Actor, survey: str, year: int, text: str, numbers: dict[int, str]) -> None:
    rows = [["Agree"] * len(numbers)] * 40 + [["Disagree"] * len(numbers)] * 20
    commands.bring_in(
        by=by,
        now=NOW,
        survey=survey,
        news=WaveNews(str(year), closes=NOW.date().replace(year=year), questionnaire=text),
        stream=answers([f"q{number}" for number in numbers], rows),
        file_name=f"{year}.csv",
    )
    wave = Wave.objects.get(code=str(year))
    reading.look_at(wave.pk)
    wave.refresh_from_db()
    commands.accept(by=by, now=NOW, survey=survey, wave=str(year), version=wave.version)


def single_pairs() -> dict[int, int]:
    """Question of 2023 to question of 2021, combined items part by part."""
    found: dict[int, int] = {}
    for now_, then in PAIRS.items():
        numbers = [int(each) for each in str(now_).split("+")]
        found |= dict(zip(numbers, then, strict=True))
    return found


def test_sw_12_each_of_twenty_pairs_opens_its_question_of_the_wave_before(
    client: Client, by: Actor, survey: str
) -> None:
    """SW-12: opening question 29 of 2023 opens question 42 of 2021, and so the other nineteen."""
    assert len(PAIRS) == 20
    pairs = single_pairs()
    now_ = {new: f"item-{new}" for new in pairs}
    then = {old: f"item-{new}" for new, old in pairs.items()}
    brought(by, survey, 2021, numbered("2021", then), then)
    brought(by, survey, 2023, numbered("2023", now_), now_)
    page = get(client, "waves/2023/questions/Q29/")
    assert "2023, question 29" in page
    assert "2021, question 42" in page
    for new, old in pairs.items():
        page = get(client, f"waves/2023/questions/{new}/")
        assert f"2023, question {new}<" in page
        assert f"2021, question {old}<" in page
    listed = get(client, "crosswalk/?find=Q29")
    assert "waves/2021/questions/42/" in listed
    assert client.get("/anyshire/surveys/staff-survey/waves/2023/questions/67/").status_code == 404


def test_sw_11_a_changed_question_is_marked_wherever_it_is_compared(
    client: Client, by: Actor, survey: str
) -> None:
    """SW-11: reworded in the later wave, and its “other” taken out: in the crosswalk, on the item's page
    and in the report."""
    numbers = {1: "signs", 2: "advice"}
    brought(by, survey, 2021, numbered("2021", numbers, other=True), numbers)
    brought(by, survey, 2023, numbered("2023", numbers, reword=1), numbers)
    page = get(client, "crosswalk/?show=changed")
    assert items(page) == ["signs"]
    assert "Changed</strong>" in page
    builds.make_numbered(by.area, survey, ask_for_build(by=by, now=NOW, survey=survey), lambda: NOW)
    explored = client.get("/anyshire/results/staff-survey/items/signs/").content.decode()
    assert "reworded since 2021" in explored or "2023 is not comparable with 2021" in explored
    path = file_of(by.area, survey, 1, "report.html")
    assert path is not None
    report = path.read_text(encoding="utf-8")
    assert "reworded in 2023" in report.lower()
    assert "“other” removed in 2023" in report
    other = client.get("/anyshire/results/staff-survey/items/advice/").content.decode()
    assert "Reworded in 2023" not in other


def test_the_list_names_decided_waves_as_people_do(client: Client, by: Actor, survey: str) -> None:
    for year, label in ((2023, "Spring of 2023"), (2025, "Spring of 2025")):
        stream = answers(["I know whom to ask"], [["Agree"]] * 20)
        ready(by, survey, brought_in(by, survey, label, stream, year))
    sent = judged("no", "Another law.") | {"pair": "spring-of-2023/spring-of-2025"}
    client.post("/anyshire/surveys/staff-survey/crosswalk/i-know-whom-to-ask/", sent)
    assert "Spring of 2023 and Spring of 2025: not comparable" in get(client, "crosswalk/")
