"""What a reader should know of comparisons and of printed figures, in whole sentences (methods 4 and 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goldenthread.analysis.check.counts import as_printed
from goldenthread.analysis.compare.printed import all_but_a_tenth
from goldenthread.analysis.compare.reading import Reading, base_too_wide
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import PublishedFigure


def limits(
    study: Study,
    wave: Wave,
    figures: Mapping[tuple[str, str], PublishedFigure],
    readings: Mapping[tuple[str, str], Reading],
) -> tuple[str, ...]:
    """What a reader should know of these figures, in whole sentences."""
    names = {item.id: item.label for item in study.items}
    unknown = [
        f for f in figures.values() if f.base_low and (f.base_low, f.base_high) == all_but_a_tenth(wave)
    ]
    sentences = (
        _rough(wave, [figures[key] for key, reading in readings.items() if reading.approximate], names),
        _base_unknown(wave, len(unknown)),
        _base_wide(wave, sum(base_too_wide(figure) for figure in figures.values())),
        _no_base(wave, sum(not figure.base_low for figure in figures.values())),
    )
    return tuple(sentence for sentence in sentences if sentence)


def correction(study: Study) -> Iterator[str]:
    """Where headcounts narrow the ranges of changes (method 4); nothing unless the study asks for it."""
    if not (study.correct_changes and study.pairs):
        return
    compared = {wave for pair in study.pairs for wave in pair}
    counted = {row.wave for row in study.headcount if row.dated is not None and row.all_invited}
    waves = [w.label for w in study.waves if w.id in compared & counted and not w.published]
    if waves:
        yield (
            f"Ranges of changes, too, take in how many of the headcount answered in {listed(waves)}, as this "
            "study asks (method 4): they are narrower for it."
        )
    else:
        yield (
            "The study asks for ranges of changes to take in the headcount, but no wave with answers has "
            "a dated one of people who were all invited: none is narrowed."
        )


def _rough(wave: Wave, rough: list[PublishedFigure], names: Mapping[str, str]) -> str:
    if not rough:
        return ""
    shown = "; ".join(f"{names[f.item]}, {as_printed(f.percent, f.decimals)} %" for f in rough)
    return (
        f"{wave.label}: {_percentages(len(rough))} printed that no whole number of people on the base given "
        f"can make; taken as printed, give or take the rounding: {shown}."
    )


def _base_unknown(wave: Wave, many: int) -> str:
    if not many:
        return ""
    low, high = all_but_a_tenth(wave)
    return (
        f"{wave.label}: {_percentages(many)} printed without a base, taken to be between {low} and {high}: "
        f"nine tenths to all of those who answered."
    )


def _base_wide(wave: Wave, many: int) -> str:
    if not many:
        return ""
    how = "on a base known less well than to one in ten"
    return f"{wave.label}: {_percentages(many)} printed {how}: no verdict."


def _no_base(wave: Wave, many: int) -> str:
    if not many:
        return ""
    return f"{wave.label}: {_percentages(many)} printed without any base: no range and no verdict."


def _percentages(many: int) -> str:
    return "1 percentage was" if many == 1 else f"{many} percentages were"
