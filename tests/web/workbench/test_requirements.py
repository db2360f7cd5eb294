"""Requirements about results, each carried out in the application: figures brought in, built, and read.

The numbers are those a council and a department printed; the sentences are ours.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.thread.made import NOW, answers, brought_in, ready, simple
from tests.thread.published import SWINDON
from tests.thread.published import brought_in as published
from tests.web.workbench.reading import Page, read

from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.survey import reading
from goldenthread.thread.survey.commands import SurveyNews, accept, decide, make_survey, set_groups
from goldenthread.thread.survey.models import Survey, Wave
from goldenthread.thread.survey.plans import choice_from_plain

pytestmark = pytest.mark.django_db

LOCAL_OFFER = ("lo-families", "lo-professionals", "lo-using", "lo-contributing", "lo-health")
BANDS = {
    "agree": "Agree or strongly agree",
    "neither": "Neither",
    "disagree": "Disagree or strongly disagree",
}


@pytest.fixture
def printed(by: Actor) -> str:
    """The council's three waves, known only by what it printed."""
    return published(by)


def page(client: Client, survey: str, path: str = "") -> Page:
    answer = client.get(f"/anyshire/results/{survey}/{path}")
    assert answer.status_code == 200, path
    return read(answer.content.decode())


def text(client: Client, survey: str, path: str) -> list[list[str]]:
    answer = client.get(f"/anyshire/results/{survey}/{path}")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def survey_of(by: Actor, waves: dict[int, io.BytesIO], groups: list[tuple[str, str]]) -> str:
    """A survey with these waves of answers, built."""
    slug = make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    for year, stream in waves.items():
        ready(by, slug, brought_in(by, slug, str(year), stream, year))
    version = Survey.objects.get(slug=slug).version
    set_groups(by=by, now=NOW, survey=slug, version=version, groups=groups, mix="")
    built(by, slug)
    return slug


def built(by: Actor, survey: str) -> None:
    number = ask_for_build(by=by, now=NOW, survey=survey)
    build.make_numbered(by.area, survey, number, lambda: NOW)


def test_sw_05_a_result_stands_beside_the_wave_before_and_the_one_before_that(
    client: Client, printed: str
) -> None:
    shown = page(client, printed, "items/lo-professionals/")
    waves = {row.name: row.value for row in shown.rows if row.question == "How does each wave stand?"}
    assert waves == {"2023 (published)": "78%", "2021 (published)": "67%", "2019 (published)": "70%"}
    first = page(client, printed, "items/lo-professionals/?with=2019")
    assert "cannot be compared with 2019" in first.headline


def test_sw_06_response_totals_and_their_change(client: Client, printed: str) -> None:
    totals = page(client, printed, "who/").grid("Answers in each wave")
    assert totals.row("2023 (published)")["Answered"] == "159"
    assert totals.row("2021 (published)")["Answered"] == "187"
    assert totals.row("2023 (published)")["Change"] == "−28, −15.0%"


def test_sw_07_a_rate_only_where_somebody_counted_and_no_word_of_more(client: Client, by: Actor) -> None:
    waves = {2025: simple({"Schools": (30, 50), "Health": (20, 41)})}
    survey = survey_of(by, waves, [("where-do-you-work", "Area of work")])
    uncounted = page(client, survey, "who/")
    assert "no response rate" in uncounted.words
    install_lists(by=by, now=NOW)
    day = date(2025, 5, 1)
    add_count(by=by, now=NOW, given=CountGiven(400, day, "Staff register"))
    add_count(by=by, now=NOW, given=CountGiven(82, day, "Staff register", work="health"))
    built(by, survey)
    counted = page(client, survey, "who/")
    assert counted.headline == "91 of about 400 people answered (23%)."
    assert counted.words.count("91 of about 400 people answered") == 1
    health = counted.grid("Answers by area of work").row("Health")
    assert (health["2025"], health["Headcount"], health["Response rate"]) == ("41", "82", "50%")
    paths = ("", "who/", "items/i-can-use-signs/")
    assert not any("representative" in page(client, survey, path).words.lower() for path in paths)


def test_sw_08_areas_of_work_with_zero_rows_and_a_total_that_does_not_add(
    client: Client, printed: str
) -> None:
    found = page(client, printed, "who/").grid("Answers by area of work")
    now = [66, 4, 48, 21, 3, 11, 3, 0, 0, 0, 0, 3]
    before = [101, 22, 22, 17, 10, 8, 3, 1, 1, 1, 1, 1]
    assert [int(row[1]) for row in found.rows] == [*now, 159]
    assert [int(row[3]) for row in found.rows] == [*before, 187]
    assert found.row("Parenting Hub")["2023, %"] == "0%"
    assert found.note == "2021: the rows add to 188, not 187."


def test_sw_09_stages_stand_apart_with_their_base(client: Client, printed: str) -> None:
    stages = page(client, printed).grid("Stage of education")
    assert [row[1] for row in stages.rows] == ["24%", "29%", "27%", "20%", "144 to 159"]
    assert stages.rows[-1][0] == "Base"


def test_sw_11_what_was_reworded_is_marked_wherever_it_is_compared(client: Client, by: Actor) -> None:
    old, new = "I can use signs", "I can use signs and symbols"
    slug = make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    for year, question, yes in ((2023, old, 30), (2025, new, 80)):
        code = brought_in(
            by, slug, str(year), simple({"Schools": (yes, 120), "Health": (9, 30)}, question), year
        )
        ready(by, slug, code, {question: "signs"})
    version = Survey.objects.get(slug=slug).version
    groups = [("where-do-you-work", "Place")]
    set_groups(by=by, now=NOW, survey=slug, version=version, groups=groups, mix="")
    built(by, slug)
    assert "; reworded since." in page(client, slug).words
    shown = page(client, slug, "items/signs/?by=where-do-you-work")
    assert "reworded since" in shown.headline
    assert shown.grid("Changes, everybody").rows[0][2].endswith("; reworded")
    assert all(
        "; reworded" in row[5] for row in shown.grid("Changes by place").rows if "answers" not in row[5]
    )
    asked = shown.grid("How it was asked")
    assert asked.row("Words") == {"Part": "Words", "2025": f"“{new}”", "2023": f"“{old}”"}
    assert asked.row("Since the wave before")["2025"] == "Reworded in 2025"
    told = [cell for row in text(client, slug, "items/signs/csv/") for cell in row]
    assert any(cell.endswith("; reworded") for cell in told)


def printed_shares(year: int) -> dict[tuple[str, str], str]:
    """The Local Offer's bands of one wave as the report printed them, in whole per cents."""
    with (SWINDON.parent / f"figures-{year}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["item"] in LOCAL_OFFER]
    return {(row["item"], row["answer"]): f"{int(Decimal(row['percent']) + Decimal('0.5'))}%" for row in rows}


def test_sw_18_every_local_offer_figure_now_and_before(client: Client, printed: str) -> None:
    """15 figures of now and 21 of before; where a count is certain it stands beside the share."""
    wanted = {
        (*key, year): share for year in (2019, 2021, 2023) for key, share in printed_shares(year).items()
    }
    assert Counter(year == 2023 for *_, year in wanted) == {True: 15, False: 21}
    waves = {item: page(client, printed, f"items/{item}/").grid("Every wave") for item in LOCAL_OFFER}
    for (item, band, year), share in wanted.items():
        shown = waves[item].row(BANDS[band])[f"{year} (published)"]
        assert shown.rpartition(" ")[2].strip("()") == share, (item, band, year)
    arrows = [r.value for item in LOCAL_OFFER for r in page(client, printed, f"items/{item}/").rows]
    assert sum(value in ("Rose better", "Too few to tell") for value in arrows) == 5


def test_sw_23_direction_and_good_are_two_words_and_noise_is_marked(client: Client, printed: str) -> None:
    """Of the 28 changes 21 are too few to tell (method 5 to 8, which wins over a count of 18)."""
    lists = page(client, printed).words
    marked = Counter(re.findall(r"(Too few to tell|Rose better|Fell worse)(?=\d+%)", lists))
    assert marked == {"Too few to tell": 21, "Fell worse": 6, "Rose better": 1}


def test_sw_23_disagreement_that_fell_is_good(client: Client, by: Actor) -> None:
    """Less of it is better, as somebody said when its column was looked at."""
    slug = make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    for year, yes in ((2023, 100), (2025, 40)):
        stream = simple({"Schools": (yes, 120)}, "Families tell it again")
        code = brought_in(by, slug, str(year), stream, year)
        wave = Wave.objects.get(survey__slug=slug, code=code)
        choices = [replace(choice_from_plain(plain), good=False) for plain in wave.choices]
        decide(by=by, now=NOW, survey=slug, wave=code, version=wave.version, choices=choices)
        reading.check(wave.pk)
        wave.refresh_from_db()
        accept(by=by, now=NOW, survey=slug, wave=code, version=wave.version)
    built(by, slug)
    rows = page(client, slug, "items/families-tell-it-again/").rows
    assert [row.value for row in rows if row.name == "As answered"] == ["Fell better"]


def test_sw_26_training_interests_are_ranked_and_survive_as_text(client: Client, by: Actor) -> None:
    ticked = {"Autism": 40, "Speech": 25, "The law": 12, "Money": 3}
    rows = [[";".join(name for name, n in ticked.items() if person < n)] for person in range(60)]
    survey = survey_of(by, {2025: answers(["Which training would you choose?"], rows)}, [])
    item = "which-training-would-you-choose"
    shown = page(client, survey, f"items/{item}/")
    assert [row.name for row in shown.rows] == list(ticked)
    table = shown.grid("Which training would you choose?")
    assert [row[:3] for row in table.rows] == [
        (name, f"{n} ({int(100 * n / 40 + 0.5)}%)", "40") for name, n in ticked.items()
    ]
    lines = text(client, survey, f"items/{item}/csv/")
    assert [line[:2] for line in lines if line and line[0] in ticked] == [list(r[:2]) for r in table.rows]


def test_cpd_17_under_the_floor_a_count_is_shown_or_nothing(client: Client, by: Actor) -> None:
    """Groups of 4, 14, 16 and 19: the smallest is hidden with a second, the others carry their count."""
    groups = {"Large": (60, 90), "A": (2, 4), "B": (7, 14), "C": (8, 16), "D": (11, 19)}
    survey = survey_of(by, {2025: simple(groups)}, [("where-do-you-work", "Place")])
    numbers = page(client, survey, "items/i-can-use-signs/?by=where-do-you-work").grid("The same numbers")
    assert numbers.row("A")["Base"] == numbers.row("B")["Base"] == "[c]"
    assert "[c] hidden to protect people" in numbers.note
    for name, (yes, people) in (("C", (8, 16)), ("D", (11, 19))):
        row = numbers.row(name)
        assert row["Agree or strongly agree"].startswith(f"{yes} (")
        assert row["Base"] == str(people)
        assert row["Range"].endswith("[u]")
    assert "[u] too few answers to rely on" in numbers.note
