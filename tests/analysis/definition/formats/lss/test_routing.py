"""LimeSurvey's equations and conditions mean what they meant there, or are told."""

from __future__ import annotations

import pytest
from tests.analysis.definition.formats.lss.laid import Asked, Laid, lines, read

from goldenthread.analysis.definition.formats.take import take
from goldenthread.analysis.definition.formats.told import told_lines
from goldenthread.analysis.definition.model import All, Answered, AnyOf, Between, Condition, Is, Not

EARLIER = (
    Asked("L", "place", answers=(("s", "School"), ("n", "Nursery"), ("c", "College"))),
    Asked("N", "years"),
    Asked("M", "help", subs=(("t", "Time"), ("a", "Advice")), more={"other": "Y"}),
    Asked(
        "F",
        "sure",
        subs=(("r1", "Signs"), ("r2", "Plans")),
        answers=(("1", "No"), ("2", "So so"), ("3", "Yes")),
    ),
    Asked("S", "words"),
    Asked("Q", "three", subs=(("one", "First"), ("two", "Second"))),
)
SCHOOL, NURSERY = Is("place", ("s",)), Is("place", ("n",))


def condition(text: str) -> Condition | None:
    found = read(*EARLIER, Asked("S", "last", more={"relevance": text}))
    assert found.faults == ()
    assert not [each for each in found.told if each.about == "last"], told_lines(found.told)
    return found.whole.questions[-1].show_if


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("", None),
        ("1", None),
        ("{1}", None),
        ('place == "s"', SCHOOL),
        ('((77X1X10.NAOK == "s"))', SCHOOL),
        ("(place.NAOK eq 's')", SCHOOL),
        ("'s' == place.NAOK", SCHOOL),
        ('place.NAOK != "s"', Not(SCHOOL)),
        ('!(place.NAOK == "s")', Not(SCHOOL)),
        ('place.NAOK == "s" or place.NAOK == "n"', Is("place", ("s", "n"))),
        ('place.NAOK == "s" and 1', SCHOOL),
        ('place.NAOK == ""', Not(Answered("place"))),
        ("!is_empty(place.NAOK)", Answered("place")),
        ("is_empty(words.NAOK)", Not(Answered("words"))),
        ("years.NAOK >= 3", Between("years", 3, None)),
        ("years.NAOK >= 3 and years.NAOK <= 9", Between("years", 3, 9)),
        ("!is_empty(years.NAOK) && years.NAOK <= 9", Between("years", None, 9)),
        ("years.NAOK > 3", All((Answered("years"), Not(Between("years", None, 3))))),
        ("years.NAOK == -2.5", Between("years", -2.5, -2.5)),
        ('help_t.NAOK == "Y"', Is("help", ("t",))),
        ('77X1X12t.NAOK == "Y"', Is("help", ("t",))),
        ('help_t.NAOK == "Y" or help_a.NAOK == "Y"', Is("help", ("t", "a"))),
        ("!is_empty(help_other.NAOK)", Is("help", ("other",))),
        ('sure_r2.NAOK == "3"', Is("sure.r2", ("3",))),
        ("sure_r2.NAOK >= 2", Is("sure.r2", ("2", "3"))),
        ("!is_empty(three_two.NAOK)", Answered("three_two")),
        (
            'place.NAOK == "s" and (help_t.NAOK == "Y" or years.NAOK >= 3)',
            All((SCHOOL, AnyOf((Is("help", ("t",)), Between("years", 3, None))))),
        ),
        (
            'place.NAOK == "s" || years.NAOK >= 3 and help_t.NAOK == "Y"',
            AnyOf((SCHOOL, All((Between("years", 3, None), Is("help", ("t",)))))),
        ),
    ],
)
def test_an_equation_means(text: str, means: Condition | None) -> None:
    assert condition(text) == means


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('regexMatch("/x/", words)', "it uses regexmatch()"),
        ("words.NAOK == 'x'", "the words of “words” are compared"),
        ("place.NAOK == help_t.NAOK", "two answers are compared with each other"),
        ("years + 1 > 2", "“+ 1 > 2” is not understood"),
        ("nobody.NAOK == 1", "“nobody” is no question held here"),
        ("place.NAOK == 'x'", "“x” is no answer of “place”"),
        ("place.NAOK > 2", "the answers of “place” are compared by size"),
        ("place.relevanceStatus == 1", "it uses place.relevanceStatus"),
        ("place.NAOK ==", "“the end” is not understood"),
        ("(" * 200 + "1" + ")" * 200, "it is nested too deeply"),
        ("!" * 3000 + "1", "it is nested too deeply"),
        ("1 and " * 3000 + "1", "it is too long"),
        (" and (".join("!(place.NAOK == 's'" for _ in range(25)) + "))" * 25, "it is nested too deeply"),
        ("TOKEN:ATTRIBUTE_1 == 'x'", "“:ATTRIBUTE_1 == 'x'” is not understood"),
    ],
)
def test_what_cannot_be_said_is_told_and_asked_of_everybody(text: str, why: str) -> None:
    asked = (*EARLIER, Asked("S", "last", more={"relevance": text}))
    found = read(*asked)
    assert found.whole.questions[-1].show_if is None
    assert f"question “last”: shown to everybody: who is asked cannot be held ({why})" in lines(*asked)
    assert any(each.lost for each in found.told if each.about == "last")


def test_what_is_shown_to_nobody_is_told() -> None:
    (line,) = (each for each in lines(Asked("S", "a", more={"relevance": "0"})) if "nobody" in each)
    assert line.startswith("question “a”: shown to everybody: LimeSurvey shows it to nobody")


def test_a_section_is_shown_by_the_relevance_of_its_group() -> None:
    laid = Laid([[EARLIER[0]], [Asked("S", "last")]])
    groups = laid.rows()["groups"]
    groups[1]["grelevance"] = "place == 's'"
    laid.tables["groups"] = groups
    assert [each.show_if for each in take("survey.lss", laid.bytes()).whole.sections] == [None, SCHOOL]


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("later == 'y'", False),
        ("later.NAOK != 'y'", False),
        ("later != 'y'", True),
        ("later == 'y' or place.NAOK == 'n'", True),
        ("later == 'y' and place.NAOK == 's'", False),
        ("place != 's'", False),
    ],
)
def test_where_a_name_without_naok_makes_a_difference_it_is_told(text: str, differs: bool) -> None:
    later = Asked("L", "later", answers=(("y", "Yes"), ("n", "No")), more={"relevance": "place == 's'"})
    told = lines(EARLIER[0], later, Asked("S", "last", more={"relevance": text}))
    assert any("there is no .NAOK" in line for line in told) is differs


def test_older_conditions_are_any_scenario_of_every_question_of_any_test() -> None:
    def row(scenario: str, field: str, value: str, method: str = "==") -> dict[str, str]:
        return {
            "qid": "20",
            "cqid": "10",
            "cfieldname": field,
            "method": method,
            "value": value,
            "scenario": scenario,
        }

    tests = [
        row("1", "77X1X10", "s"),
        row("1", "77X1X10", "n"),
        row("1", "77X1X11", "3", ">="),
        row("2", "+77X1X12t", "Y"),
    ]
    asked = (*EARLIER, Asked("S", "last", more={"relevance": ""}))
    last = Laid([list(asked)]).rows()["questions"][0]["qid"]
    found = read(*asked, tables={"conditions": [{**each, "qid": last} for each in tests]})
    assert found.whole.questions[-1].show_if == AnyOf(
        (All((Is("place", ("s", "n")), Between("years", 3, None))), Is("help", ("t",)))
    )
    neither = [{**row("1", "77X1X10", code, "!="), "qid": last} for code in "sn"]
    assert "(several conditions of what an answer is not)" in lines(*asked, tables={"conditions": neither})[0]
    odd = [{**row("1", "77X1X10", "s", "RX"), "qid": last}]
    assert "question “last”: shown to everybody: who is asked cannot be held (a condition RX “s”)" in lines(
        *asked, tables={"conditions": odd}
    )
