"""Items: what was asked in several waves, joined by identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from goldenthread.analysis.definition.answers import folded_names
from goldenthread.analysis.definition.declared import Declared
from goldenthread.analysis.definition.model import Answer, Polarity, Variable
from goldenthread.analysis.definition.study import Item, Wave
from goldenthread.analysis.definition.variables import stem, ticked_option, variables
from goldenthread.analysis.definition.wave_tables import Waves
from goldenthread.analysis.definition.words import quoted

ByWave = Mapping[str, Variable]
"""One item's variable in each wave whose questionnaire is known, oldest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questionnaires ask: each item's variable by wave, newest questionnaire's order."""

    variables: Mapping[str, ByWave]

    def in_wave(self, item: str, wave: str) -> Variable | None:
        """The variable that asked ``item`` in ``wave``, or None."""
        return self.variables.get(item, {}).get(wave)


def asked_items(waves: tuple[Wave, ...], not_reported: Mapping[str, tuple[str, ...]]) -> Asked:
    """Every item of every questionnaire; questions a wave does not report are left out of it."""
    found: dict[str, dict[str, Variable]] = {}
    for wave in reversed(waves):
        for variable in reported(wave, not_reported.get(wave.id, ())):
            found.setdefault(variable.item, {})[wave.id] = variable
    order = [wave.id for wave in waves]
    return Asked({item: {w: by[w] for w in order if w in by} for item, by in found.items()})


def reported(wave: Wave, not_reported: tuple[str, ...]) -> Iterator[Variable]:
    """The variables of a wave that become items."""
    if wave.questionnaire is None:
        return
    for variable in variables(wave.questionnaire):
        left_out = {variable.question.number, variable.question.id} & set(not_reported)
        if not left_out and not _outside_option(variable):
            yield variable


def _outside_option(variable: Variable) -> bool:
    """Ticking "not part of my role" is a way to leave the base, not a thing to report."""
    option = ticked_option(variable)
    return option is not None and option.outside


def build_items(waves: Waves, asked: Asked, declared: tuple[Declared, ...]) -> tuple[Item, ...]:
    """Items of the questionnaires, then those only declared; faults are noted where declared."""
    extra = {each.id: each for each in declared}
    items = [_joined(waves, item, by, extra.get(item)) for item, by in asked.variables.items()]
    alone = [_alone(waves, each) for each in declared if each.id not in asked.variables]
    for each in declared:
        _check_sources(waves, each)
    return tuple(items + alone)


def _joined(waves: Waves, item: str, by_wave: ByWave, declared: Declared | None) -> Item:
    newest = list(by_wave.values())[-1]
    built = Item(
        id=item,
        label=newest.label,
        answers=newest.answers,
        nets=newest.nets,
        headline=newest.headline,
        sources=_sources(waves, item, by_wave, declared),
        topic=newest.topic,
        polarity=newest.polarity,
        need=newest.need,
        text=newest.text,
        stem=stem(newest),
    )
    return built if declared is None else _overruled(built, declared)


def _overruled(item: Item, declared: Declared) -> Item:
    if declared.scale is not None:
        declared.table.fault("its answers come from the questionnaire; leave out the scale here")
    return replace(
        item,
        label=declared.label or item.label,
        text=declared.text or item.text,
        topic=declared.topic or item.topic,
        polarity=declared.polarity or item.polarity,
        need=declared.need or item.need,
        printed=declared.printed,
    )


def _alone(waves: Waves, declared: Declared) -> Item:
    scale, table = declared.scale, declared.table
    if not declared.label:
        table.fault("needs a “label”, because no questionnaire has this item")
    if scale is None:
        table.fault("needs “answers” or a “scale”, because no questionnaire has this item")
    return Item(
        id=declared.id,
        label=declared.label,
        answers=scale.answers if scale else (),
        nets=scale.nets if scale else (),
        headline=scale.headline if scale else None,
        sources=_sources(waves, declared.id, {}, declared),
        topic=declared.topic,
        polarity=declared.polarity or Polarity.POSITIVE,
        need=declared.need,
        text=declared.text,
        combining=declared.method,
        printed=declared.printed,
    )


def _sources(
    waves: Waves, item: str, by_wave: ByWave, declared: Declared | None
) -> dict[str, tuple[str, ...]]:
    """Wave -> variable ids; for a published wave what is declared, else the item's own name there."""
    found: dict[str, tuple[str, ...]] = {}
    for wave in waves.waves:
        written = declared.sources.get(wave.id, ()) if declared else ()
        known = (by_wave[wave.id].id,) if wave.id in by_wave else ()
        printed = waves.printed.get(wave.id)
        if printed is None:
            found[wave.id] = known
        elif written or printed.names(item):
            found[wave.id] = written or known or (item,)
    return {wave: sources for wave, sources in found.items() if sources}


def _check_sources(waves: Waves, declared: Declared) -> None:
    for wave, sources in declared.sources.items():
        printed = waves.printed.get(wave)
        if printed is None and any(each.id == wave for each in waves.waves):
            declared.table.fault(
                f"sources: wave {quoted(wave)} has answers; its questionnaire says what they are"
            )
        elif printed is not None and not printed.names(declared.id, sources):
            declared.table.fault(f"sources: the figures of wave {quoted(wave)} have no row for this item")
    printed_somewhere = any(printed.names(declared.id) for printed in waves.printed.values())
    asked_somewhere = any(declared.id in _items_of(wave) for wave in waves.waves)
    if not (declared.sources or printed_somewhere or asked_somewhere):
        declared.table.fault("no wave has this item: no questionnaire asks it, no figures file names it")


def _items_of(wave: Wave) -> frozenset[str]:
    known = variables(wave.questionnaire) if wave.questionnaire else ()
    return frozenset(variable.item for variable in known)


def on_offer(answers: tuple[Answer, ...]) -> frozenset[tuple[str, str | None]]:
    """The answers that count and the net each belongs to: what must be alike to be compared."""
    return frozenset((answer.code, answer.net) for answer in answers if not answer.outside)


def same_labels(before: tuple[Answer, ...], after: tuple[Answer, ...]) -> bool:
    """Whether every code that counts kept a label: one of its own, or one of its aliases."""
    old = {answer.code: folded_names(answer) for answer in before if not answer.outside}
    new = {answer.code: folded_names(answer) for answer in after if not answer.outside}
    return all(old[code] & new[code] for code in old.keys() & new.keys())
