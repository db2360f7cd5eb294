"""A corrected file keeps what was decided of the file before, and says where the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.analysis.responses.propose.test_propose import written

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.propose.carry import Carried, carry
from goldenthread.analysis.responses.propose.choose import propose
from goldenthread.analysis.responses.propose.look import look
from goldenthread.analysis.responses.propose.model import Proposal

AGREE = ["Agree", "Disagree", "Agree", "Strongly agree"] * 3
QUALITY = ["Poor", "Fair", "Good", "Excellent"] * 3
PLACE = ["School", "Nursery", "School", "Nursery"] * 3


def proposals(folder: Path, headings: Sequence[str], *columns: Sequence[str]) -> tuple[Proposal, ...]:
    return propose(look(read_grid(written(folder, headings, *zip(*columns, strict=True)))))


def carried(folder: Path, headings: Sequence[str], *columns: Sequence[str]) -> Carried:
    """A file of three columns, each decided on, and then a corrected one."""
    old = proposals(folder, ["Where?", "I can sign", "How good is it?"], PLACE, AGREE, QUALITY)
    decided = [replace(each.choice, label=f"Mine {n}", item=f"mine-{n}") for n, each in enumerate(old)]
    before = [(each.seen, choice) for each, choice in zip(old, decided, strict=True)]
    return carry(proposals(folder, headings, *columns), before)


def test_decisions_follow_their_question_to_another_column(tmp_path: Path) -> None:
    found = carried(
        tmp_path, ["Where?", "New one", "How good is it?", "I CAN sign."], PLACE, AGREE, QUALITY, AGREE
    )
    kept = {each.seen.text: (each.seen.id, each.choice.item, each.choice.label) for each in found.proposals}
    assert kept["I CAN sign."] == ("column-b", "mine-1", "Mine 1")
    assert kept["How good is it?"] == ("column-c", "mine-2", "Mine 2")
    assert (found.new, found.gone, found.doubtful) == (("New one",), (), ())
    assert len({each.seen.id for each in found.proposals}) == 4
    assert len({each.choice.item for each in found.proposals}) == 4


def test_a_column_that_is_gone_is_named(tmp_path: Path) -> None:
    found = carried(tmp_path, ["Where?", "I can sign"], PLACE, AGREE)
    assert found.gone == ("How good is it?",)


def test_a_new_answer_on_a_scale_of_its_own_wants_an_eye(tmp_path: Path) -> None:
    found = carried(
        tmp_path,
        ["Where?", "I can sign", "How good is it?"],
        [*PLACE, "College"],
        [*AGREE, "Agree"],
        [*QUALITY, "Superb"],
    )
    place, agree, good = found.proposals
    assert (place.sure, place.choice.order[-1]) == (True, "College")
    assert agree.sure
    assert "Answers new in this file: “Superb”" in good.because
    assert found.doubtful == ("How good is it?",)


def test_an_answer_decided_on_is_not_new(tmp_path: Path) -> None:
    old = proposals(tmp_path, ["How good is it?", "n"], QUALITY, QUALITY)
    before = [(each.seen, each.choice) for each in old]
    now = proposals(tmp_path, ["How good is it?", "n"], [*QUALITY, "Goood"], [*QUALITY, "Good"])
    assert carry(now, before).doubtful == ("How good is it?",)
    assert carry(now, before, {old[0].seen.id: ["Goood"]}).doubtful == ()


def test_a_statement_keeps_its_item_by_its_words(tmp_path: Path) -> None:
    first = proposals(tmp_path, ["Sure? [signs]", "Sure? [play]"], AGREE, AGREE)
    before = [(first[0].seen, replace(first[0].choice, row_items=("signing", "playing")))]
    now = proposals(tmp_path, ["Sure? [play]", "Sure? [talk]", "Sure? [signs]"], AGREE, AGREE, AGREE)
    (each,) = carry(now, before).proposals
    assert each.choice.kind is Kind.MATRIX
    assert each.choice.row_items == ("playing", f"{before[0][1].item}.talk", "signing")
    assert "New in this file: “talk”." in each.because


def test_one_column_that_becomes_several_is_decided_afresh(tmp_path: Path) -> None:
    first = proposals(tmp_path, ["Sure?", "n"], AGREE, AGREE)
    now = proposals(tmp_path, ["Sure? [a]", "Sure? [b]", "n"], AGREE, AGREE, AGREE)
    found = carry(now, [(each.seen, each.choice) for each in first])
    assert found.proposals[0].choice.item == first[0].choice.item
    assert not found.proposals[0].sure


def test_a_question_that_has_a_code_now_goes_by_it(tmp_path: Path) -> None:
    words = ["I can sign", "I can play", "I can talk"]
    old = proposals(tmp_path, words, AGREE, AGREE, AGREE)
    now = proposals(tmp_path, [f"aff{n}. {each}" for n, each in enumerate(words)], AGREE, AGREE, AGREE)
    found = carry(now, [(each.seen, each.choice) for each in old])
    assert [each.seen.id for each in found.proposals] == ["aff0", "aff1", "aff2"]
    assert found.renamed == {"column-a": "aff0", "column-b": "aff1", "column-c": "aff2"}
    assert (found.new, found.gone) == ((), ())


def test_a_new_column_wants_an_eye(tmp_path: Path) -> None:
    found = carried(
        tmp_path, ["Where?", "I can sign", "How good is it?", "More"], PLACE, AGREE, QUALITY, AGREE
    )
    assert (found.proposals[3].sure, found.proposals[3].because[:17]) == (False, "New in this file.")
