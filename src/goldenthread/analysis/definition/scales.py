"""Answers and nets: read from TOML, and checked."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.analysis.definition.model import Answer, Net, Scale, Side
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.words import fold_label, listed, meant, quoted, repeated

SCALE_KEYS = ("answers", "nets", "headline")


def read_scale(table: Table, scale_id: str) -> Scale:
    """The scale written in ``table`` under the keys answers, nets and headline, faults noted."""
    scale = Scale(
        id=scale_id,
        answers=tuple(_answer(each) for each in table.tables("answers", "answer")),
        nets=tuple(_net(each) for each in table.tables("nets", "net")),
        headline=table.name("headline", "") or None,
    )
    for fault in scale_faults(scale):
        table.fault(fault)
    return scale


def _answer(table: Table) -> Answer:
    table.only("code", "label", "aliases", "net", "outside", "exclusive", "other", "need")
    return Answer(
        code=table.name("code"),
        label=table.name("label"),
        aliases=table.names("aliases"),
        net=table.name("net", "") or None,
        outside=table.flag("outside"),
        exclusive=table.flag("exclusive"),
        other=table.flag("other"),
        need=table.name("need", "") or None,
    )


def _net(table: Table) -> Net:
    table.only("id", "label", "side")
    side = table.choice("side", Side, None)
    return Net(id=table.name("id"), label=table.text("label"), side=side or Side.MIDDLE)


def scale_faults(scale: Scale) -> Iterator[str]:
    """Every fault of a scale's answers, nets and headline, in words."""
    yield from _answer_faults(scale)
    yield from _net_faults(scale)
    yield from _headline_faults(scale)


def _answer_faults(scale: Scale) -> Iterator[str]:
    codes = [answer.code for answer in scale.answers if answer.code]
    for code in repeated(codes):
        yield f"two answers have the code {quoted(code)}"
    yield from _shared_names(scale)
    if not any(not answer.outside for answer in scale.answers):
        yield "needs at least one answer that counts (one that is not “outside”)"


def _shared_names(scale: Scale) -> Iterator[str]:
    """A word that would stand for two answers cannot be matched to either."""
    owners: dict[str, set[str]] = {}
    for answer in scale.answers:
        for name in filter(None, (answer.code, answer.label, *answer.aliases)):
            owners.setdefault(fold_label(name), set()).add(answer.code)
    for name, codes in owners.items():
        if len(codes) > 1:
            yield f"{quoted(name)} stands for the answers {listed(map(quoted, sorted(codes)))} at once"
    labels = [fold_label(answer.label) for answer in scale.answers if answer.label]
    for label in repeated(labels):
        if len(owners[label]) == 1:
            yield f"two answers have the label {quoted(label)}"


def _net_faults(scale: Scale) -> Iterator[str]:
    nets = [net.id for net in scale.nets]
    for net in repeated([net for net in nets if net]):
        yield f"two nets have the id {quoted(net)}"
    for label in repeated([fold_label(net.label) for net in scale.nets if net.label]):
        yield f"two nets have the label {quoted(label)}"
    codes = {answer.code for answer in scale.answers}
    for net in dict.fromkeys(nets):
        yield from _one_net(scale, net, codes)
    for answer in scale.answers:
        yield from _membership(answer, nets)


def _one_net(scale: Scale, net: str, codes: set[str]) -> Iterator[str]:
    if net and net in codes:
        yield f"the net {quoted(net)} has the code of an answer; call it {quoted('said-' + net)}, say"
    if net and not any(answer.net == net for answer in scale.answers):
        yield f"no answer belongs to the net {quoted(net)}"


def _membership(answer: Answer, nets: list[str]) -> Iterator[str]:
    if answer.net and answer.net not in nets:
        yield f"answer {quoted(answer.code)}: unknown net {quoted(answer.net)}{meant(answer.net, nets)}"
    if answer.net and answer.outside:
        yield f"answer {quoted(answer.code)} is outside the base, so it cannot belong to a net"


def _headline_faults(scale: Scale) -> Iterator[str]:
    nets = [net.id for net in scale.nets]
    if scale.headline is None or scale.headline in nets:
        return
    if any(answer.code == scale.headline for answer in scale.answers):
        yield (
            f"the headline {quoted(scale.headline)} is an answer, not a net; "
            f"add a net {quoted('said-' + scale.headline)}, put the answer in it and name that"
        )
    else:
        yield f"the headline {quoted(scale.headline)} is not a net{meant(scale.headline, nets)}"
