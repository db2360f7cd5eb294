"""The words of a report: what they say, and what they never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.analysis.report.results_fixture import ROWS, TRAINING, rich_results

from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.definition.model import Polarity
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.sentences.change import (
    change_sentence,
    judgement,
    mix_few_words,
    mix_sentence,
    points_words,
    signed_points,
)
from goldenthread.analysis.report.sentences.item import combined_words, headline_sentence
from goldenthread.analysis.report.sentences.who import UNKNOWN, caveat, dates, match_words
from goldenthread.analysis.report.sentences.words import (
    effective_words,
    give_or_take,
    half_up,
    in_ten,
    level_words,
    percent,
    range_words,
    signed,
    to,
)
from goldenthread.analysis.results import WaveFacts

BOOK = Book(rich_results())
ITEMS = {item.id: item for item in BOOK.items}


def a_change(points: float, low: float, high: float, verdict: Verdict | None, because: str = "") -> Change:
    return Change(
        item="x", answer="agree", group=None, level=None, from_wave="2023", to_wave="2025", points=points,
        low=low, high=high, p=0.1, p_adjusted=0.2, family="f", verdict=verdict, because=because,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"), [(89.5, "90%"), (89.49, "89%"), (0.5, "1%"), (100 * 143 / 159, "90%"), (62.5, "63%")]
)
def test_per_cents_are_whole_and_half_up(value: float, shown: str) -> None:
    assert percent(value) == shown


def test_a_float_a_hair_under_a_half_still_rounds_up() -> None:
    assert half_up(100 * 0.285) == 29  # 28.499999999999996 in binary


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "None"),
        (3, "Fewer than one in ten"),
        (44, "Just over four in ten"),
        (46, "Nearly half"),
        (50, "Half"),
        (58, "Nearly six in ten"),
        (60, "Six in ten"),
        (65, "More than six in ten"),
        (90, "Nine in ten"),
        (97, "Almost all"),
        (100, "All"),
    ],
)
def test_levels_in_words_follow_the_printed_figure(value: float, words: str) -> None:
    assert in_ten(value) == words


def test_give_or_take_is_the_longer_arm() -> None:
    assert give_or_take(90, 84, 93) == "give or take 6"


def test_ranges_and_signs() -> None:
    assert to(41.6, 46.2) == "42 to 46"
    assert signed(-27.7) == "−28"
    assert signed(-14.97, 1) == "−15.0"
    assert signed(0.4) == "0"


def test_a_change_is_in_points_never_per_cent() -> None:
    assert points_words(6.2) == "6 points higher"
    assert points_words(-1.0) == "1 point lower"
    assert signed_points(6.2) == "+6 points"
    said = change_sentence(a_change(6.2, 1, 12, Verdict.ROSE), "2023", 5)
    assert said == "That is 6 points higher than in 2023, give or take 6"
    assert "%" not in said


def test_the_analysis_says_why_it_is_too_few_to_tell() -> None:
    change = a_change(6, -4, 16, Verdict.FEW, "too few answers to tell: between 4 lower and 16 higher")
    said = change_sentence(change, "2023", 5)
    assert said == "Compared with 2023, too few answers to tell: between 4 lower and 16 higher"
    narrow = replace(change, because="between no change and 6 higher")
    assert (
        change_sentence(narrow, "2023", 5)
        == "Compared with 2023, too few to tell: between no change and 6 higher"
    )


def test_about_the_same_owns_up_to_a_small_rise() -> None:
    def said(low: float, high: float) -> str:
        return change_sentence(a_change((low + high) / 2, low, high, Verdict.SAME), "2023", 5)

    assert said(0.3, 4.7) == "That is about the same as in 2023: a small rise, under 5 points"
    assert said(-4.7, -0.3) == "That is about the same as in 2023: a small fall, under 5 points"
    assert said(-1, 2) == "That is about the same as in 2023 (1 point higher, give or take 2)"


def test_no_verdict_says_why() -> None:
    said = change_sentence(a_change(1, -1, 3, None, "The scale changed."), "2023", 5)
    assert said == "It cannot be compared with 2023: the scale changed"


def test_a_smaller_move_of_the_same_mix_reads_as_a_sentence() -> None:
    change = replace(mixed(Verdict.ROSE, Verdict.ROSE, 3, 13), mix_points=8.0, conflict=True)
    assert mix_sentence(change, "staff").endswith("for the same mix of staff it is 8 points higher")


def test_a_conflict_is_told_in_the_headline() -> None:
    headline = headline_sentence(BOOK, ITEMS["adult"])
    assert headline.startswith("Just over half of the 342 who answered agree with “I feel confident planning")
    assert "12 points higher than in 2023, give or take 7." in headline
    assert headline.endswith("But different people answered: for the same mix of staff it is about the same.")
    change = BOOK.change(ITEMS["adult"])
    assert change is not None
    assert mix_sentence(replace(change, mix_points=None, conflict=False), "staff") == ""


def test_direction_and_judgement_are_two_words() -> None:
    item = ITEMS["legal"]
    assert judgement(item, "agree", Verdict.FELL) == "worse"
    assert judgement(item, "disagree", Verdict.FELL) == "better"
    assert judgement(item, "1", Verdict.ROSE) == "worse"
    assert judgement(item, "neither", Verdict.ROSE) == ""
    assert judgement(item, "agree", Verdict.FEW) == ""
    assert judgement(ITEMS["alone"], "agree", Verdict.FELL) == "better"
    assert judgement(replace(item, polarity=Polarity.NONE), "agree", Verdict.ROSE) == ""


def test_combined_items_state_their_method_and_base() -> None:
    assert "mean of two items" in combined_words(ITEMS["funding"])
    assert "base" in combined_words(ITEMS["funding"])
    assert combined_words(ITEMS["legal"]) == ""


def test_every_headline_carries_its_base() -> None:
    headlines = [headline_sentence(BOOK, item) for item in BOOK.items]
    assert len(headlines) == len(ROWS) + len(TRAINING)
    assert not [text for text in headlines if "of the " not in text]


def test_the_standing_caveat_is_method_1_word_for_word() -> None:
    facts = WaveFacts(
        "w", "2023", published=False, answered=159, invited=1224, rate=100 * 159 / 1224,
        shift_if_others_differ_by_10=8.7,
    )  # fmt: skip
    said = " ".join(caveat(facts, "area of work"))
    assert said == (
        "159 of about 1,224 people answered (13%). The ranges show chance only, and hold if people who did "
        "not answer are like those who did in the same area of work. We cannot check that. If the others "
        "differed by 10 points, the figure for the whole workforce would move by about "
        "(1 − 0.13) × 10 = 8.7 points."
    )


def test_the_caveat_without_a_headcount_gives_no_rate() -> None:
    facts = WaveFacts("w", "2023", published=False, answered=159)
    assert caveat(facts, "area of work") == (f"159 people answered. {UNKNOWN}",)
    assert UNKNOWN == (
        "We do not know how many people could have answered, so we give no response rate and nothing here "
        "describes the whole workforce."
    )


def test_the_caveat_with_a_range_of_people() -> None:
    facts = WaveFacts(
        "w", "2023", published=False, answered=159, invited=1000, invited_high=1224, rate=13.0,
        shift_if_others_differ_by_10=8.7,
    )  # fmt: skip
    assert caveat(facts, "")[0].startswith("159 of about 1,000 to 1,224 people answered (13% to 16%).")


def test_matching_names_the_groups_outside() -> None:
    assert match_words("area of work", ["Health", "Early years"]).endswith(
        "matches the workforce by area of work, except Health and Early years."
    )
    assert match_words("area of work", ()).endswith("matches the workforce by area of work.")


def test_dates_have_weekdays_and_weeks() -> None:
    said = dates(date(2025, 6, 9), date(2025, 7, 11))
    assert said == "Monday 9 June 2025 to Friday 11 July 2025 (4 weeks and 5 days)"
    assert dates(None, None) == "dates not known"


def test_every_row_of_the_fixture_has_a_page() -> None:
    assert {row.id for row in ROWS} <= set(ITEMS)


def test_almost_everyone_is_said_in_place_of_a_range_of_nothing() -> None:
    seen = BOOK.headline(ITEMS["legal"], "2025")
    assert seen is not None
    everyone = replace(seen, low=None, high=None)
    assert level_words(everyone) == "58% of 342, almost everyone answered"
    assert range_words(everyone) == "almost everyone answered"


def test_a_weighted_base_says_what_it_is_worth() -> None:
    seen = BOOK.headline(ITEMS["legal"], "2025")
    assert seen is not None
    assert effective_words(replace(seen, weighted=True, effective_base=300.6)) == ", worth 301 with weights"
    assert effective_words(seen) == ""


def mixed(verdict: Verdict, mix: Verdict, low: float, high: float) -> Change:
    made = a_change(-15, -27, -3, verdict)
    return replace(made, mix_points=(low + high) / 2, mix_low=low, mix_high=high, mix_verdict=mix)


def test_a_fall_the_same_mix_cannot_tell_says_so_where_it_is_told() -> None:
    said = mix_sentence(mixed(Verdict.FELL, Verdict.FEW, -27, -1), "nursery staff")
    assert said == "For the same mix of nursery staff it cannot be told from chance"
    assert mix_sentence(mixed(Verdict.FELL, Verdict.FELL, -27, -3), "nursery staff") == ""


def test_a_same_mix_range_without_zero_says_why_it_earns_no_verdict() -> None:
    said = mix_few_words(mixed(Verdict.FELL, Verdict.FEW, -27, -1), 5, 15)
    assert said == "on its own this would count as a fall; among 15 comparisons it could be chance"
    assert mix_few_words(mixed(Verdict.FELL, Verdict.FELL, -27, -3), 5, 15) == ""


def test_a_new_question_is_called_new_and_one_asked_long_ago_is_not() -> None:
    change = a_change(1, -1, 3, None, "not asked in 2023")
    assert change_sentence(change, "2023", 5, new=True) == "It is new: not asked in 2023"
    assert "nothing to compare it with" in change_sentence(change, "2023", 5)


def test_a_figure_without_a_base_does_not_claim_that_everyone_answered() -> None:
    seen = BOOK.headline(ITEMS["legal"], "2025")
    assert seen is not None
    bare = replace(seen, base=None, base_low=None, base_high=None, low=None, high=None)
    assert range_words(bare) == "no range: base not known"
    assert "everyone" not in level_words(bare)
