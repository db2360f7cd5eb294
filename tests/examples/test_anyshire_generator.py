"""The generator of Anyshire writes what the repository holds, and its people are who they should be."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import generate
import numpy as np
import pytest
import staff

FOLDER = Path(generate.__file__).parent


@pytest.fixture(scope="module")
def fresh() -> dict[str, bytes]:
    return generate.files()


@pytest.mark.parametrize("name", ["2021-figures.csv", "2023-responses.csv", "headcount.csv", "truth.csv"])
def test_a_fresh_run_writes_the_committed_file(fresh: dict[str, bytes], name: str) -> None:
    assert fresh[name] == (FOLDER / name).read_bytes()


def test_a_fresh_run_writes_the_committed_workbook(fresh: dict[str, bytes]) -> None:
    """Compared part by part: two machines may press the same cells to different lengths."""
    assert _parts(fresh["2025-responses.xlsx"]) == _parts((FOLDER / "2025-responses.xlsx").read_bytes())


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_generator_writes_every_file_into_another_folder(tmp_path: Path, fresh: dict[str, bytes]) -> None:
    generate.main(["--out", str(tmp_path / "copy")])
    written = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
    assert written == fresh


def test_the_twin_never_overwrites_the_example() -> None:
    before = (FOLDER / "2023-responses.csv").read_bytes()
    with pytest.raises(SystemExit):
        generate.main(["--self-selected"])
    assert (FOLDER / "2023-responses.csv").read_bytes() == before


def test_anyshire_has_twelve_areas_and_some_2400_staff() -> None:
    everybody = generate.population()
    assert len(generate.areas()) == 12
    assert everybody.staff == 2412 == len(everybody.confidence)


def test_a_third_of_the_staff_answer_and_the_mix_shifts_between_waves() -> None:
    shares = {}
    for wave in ("2023", "2025"):
        answered = generate.draw(1, wave=wave)
        assert 0.30 <= len(answered) / generate.population().staff <= 0.35
        shares[wave] = np.bincount(generate.population().area[answered], minlength=12) / len(answered)
    codes = [area.code for area in generate.areas()]
    assert shares["2025"][codes.index("schools")] < shares["2023"][codes.index("schools")] - 0.10
    assert (
        shares["2025"][codes.index("childrens-services")]
        > 2 * shares["2023"][codes.index("childrens-services")]
    )


def test_a_seed_chooses_the_same_people_every_time_and_another_seed_others() -> None:
    once, again, other = generate.draw(5), generate.draw(5), generate.draw(6)
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)
    area = generate.population().area
    assert np.array_equal(np.bincount(area[once]), np.bincount(area[other]))
    assert len(np.unique(once)) == len(once)


def test_only_in_the_twin_do_the_confident_answer_more_often() -> None:
    confidence = generate.population().confidence
    plain = [confidence[generate.draw(seed)].mean() for seed in range(40)]
    chosen = [confidence[generate.draw(seed, self_selected=True)].mean() for seed in range(40)]
    assert np.mean(plain) == pytest.approx(confidence.mean(), abs=0.05)
    assert min(chosen) > confidence.mean() + 0.4


def test_the_truth_hits_its_target_in_every_area() -> None:
    targets = {target.item: target for target in staff.targets()}
    areas = {area.code: area for area in generate.areas()}
    for row in generate.truth():
        if row["area"] and int(row["base"]):
            target = targets[str(row["item"])]
            lean = areas[str(row["area"])].lean[target.profile]
            wanted = 1 / (1 + np.exp(-(staff.logit(target.shares[str(row["wave"])]) + lean)))
            assert abs(int(row["count"]) - wanted * int(row["base"])) <= 0.5


def test_people_are_asked_only_what_their_answers_lead_to() -> None:
    everybody = generate.population()
    school = np.array(everybody.facts["2025", "area"]) == "schools"
    said = everybody.said["2025", "suspension-steps"]
    assert np.array_equal(said != generate.NOT_ASKED, school)
    new = np.array(everybody.facts["2025", "years"]) <= 1
    assert np.array_equal(everybody.said["2025", "settled-in"] != generate.NOT_ASKED, new)
