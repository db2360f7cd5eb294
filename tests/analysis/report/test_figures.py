"""figures.json holds the promised keys, the same order whatever came first, and nothing hidden."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.analysis.report.files_made import made, results, secrets_in, secrets_of, unprotected
from tests.analysis.report.results_fixture import plain_results

from goldenthread.analysis.report.figures import figures, figures_text
from goldenthread.analysis.results import Results

DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "figures-json.md"
PROMISED = {
    "items": "item label topic polarity need low_incidence sources answers nets",
    "estimates": "item wave group level answer count base percent low high weighted_base effective_base "
    "weighted method flag published base_low base_high bound",
    "changes": "item answer group level from_wave to_wave points low high p p_adjusted family verdict "
    "because detectable mix_by mix_cells mix_points mix_low mix_high mix_verdict mix_because "
    "conflict from_published",
    "findings": "item kind direction good because",
}
FIGURES = (
    "count",
    "base",
    "percent",
    "low",
    "high",
    "weighted_base",
    "effective_base",
    "base_low",
    "base_high",
)


def read_back() -> dict[str, list[dict[str, object]]]:
    return json.loads(made()["figures.json"])


def test_the_file_has_the_promised_keys_and_no_others() -> None:
    found = read_back()
    assert list(found) == ["version", "study", "waves", *PROMISED, "limits"]
    assert found["version"] == 0
    for name, keys in PROMISED.items():
        assert found[name], f"no {name} to look at"
        assert all(list(entry) == keys.split() for entry in found[name])


def test_an_answer_has_its_code_label_aliases_and_net() -> None:
    answers = [answer for item in read_back()["items"] for answer in item["answers"]]
    assert all(list(answer) == ["code", "label", "aliases", "net"] for answer in answers)


def test_every_net_an_estimate_or_an_answer_names_has_its_label() -> None:
    labels = {
        item["item"]: {net["code"]: net["label"] for net in item["nets"]} for item in read_back()["items"]
    }
    codes = {item["item"]: {each["code"] for each in item["answers"]} for item in read_back()["items"]}
    named = {
        (e["item"], e["answer"]) for e in read_back()["estimates"] if e["answer"] not in codes[e["item"]]
    }
    named |= {(item["item"], a["net"]) for item in read_back()["items"] for a in item["answers"] if a["net"]}
    assert ("legal", "agree") in named
    assert not [(item, net) for item, net in named if not labels[item].get(net)]


def test_a_change_without_a_same_mix_says_why() -> None:
    given = results()
    told = figures(replace(given, changes=(replace(given.changes[0], mix_because="groups too small"),)))
    assert [change["mix_because"] for change in told["changes"]] == ["groups too small"]


def test_every_estimate_of_the_results_is_there_once() -> None:
    def key(e: dict[str, object]) -> tuple[object, ...]:
        return tuple(e[name] for name in ("item", "wave", "group", "level", "answer"))

    told = [key(e) for e in read_back()["estimates"]]
    assert len(told) == len(set(told)) == len(results().estimates)
    assert set(told) == {(e.item, e.wave, e.group, e.level, e.answer) for e in results().estimates}


def test_figures_are_unrounded() -> None:
    known = next(e for e in results().estimates if e.percent is not None and e.percent % 1)
    assert any(e["percent"] == known.percent and e["low"] == known.low for e in read_back()["estimates"])


def test_a_confidential_estimate_carries_no_figure_whatever_it_was_given() -> None:
    hidden = [e for e in read_back()["estimates"] if e["flag"] == "c"]
    assert hidden
    assert all(e[name] is None for e in hidden for name in FIGURES)
    assert secrets_in(figures_text(figures(unprotected())))
    assert not secrets_of(made()["figures.json"])


def test_the_order_is_the_studys_whatever_order_the_results_came_in() -> None:
    told = figures_text(figures(results()))
    assert figures_text(figures(_shuffled(results()))) == told


def _shuffled(given: Results) -> Results:
    mixed = random.Random(7)  # noqa: S311 - an order, not a secret
    return replace(
        given,
        estimates=tuple(mixed.sample(given.estimates, len(given.estimates))),
        changes=tuple(mixed.sample(given.changes, len(given.changes))),
        findings=tuple(mixed.sample(given.findings, len(given.findings))),
    )


def test_a_number_json_cannot_hold_is_an_error_and_never_written() -> None:
    given = plain_results()
    broken = replace(given.estimates[0], percent=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        figures_text(figures(replace(given, estimates=(broken,))))


def test_the_standing_caveat_goes_with_the_figures() -> None:
    study = json.loads(made()["figures.json"])["study"]
    assert "The ranges show chance only" in " ".join(study["caveat"])


def test_letters_are_written_as_themselves() -> None:
    assert "“Our strategy”" in made()["figures.json"].decode()


def test_the_reference_page_names_every_key() -> None:
    document = DOCUMENT.read_text("utf-8")
    unnamed = {key for key in _keys(read_back()) if f"`{key}`" not in document}
    assert not unnamed


def _keys(value: object, *, data: bool = False) -> Iterator[str]:
    """Every key of the contract; the keys of ``sources`` and ``does_not_match`` are people's own ids."""
    if isinstance(value, list):
        for entry in value:
            yield from _keys(entry)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not data:
                yield key
            yield from _keys(inner, data=key in {"sources", "does_not_match"})
