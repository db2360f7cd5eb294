"""The files of one wave as one table of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from goldenthread.analysis.responses.model import Responses

Texts = tuple[str | None, ...]


def stacked(files: Sequence[Responses]) -> Responses:
    """The people of every file, in the order of the files; problems keep their own file's name.

    Each file was read by the wave's one questionnaire, so all have the same codes and numbers, and
    weights and strata in all or none. Words that a file has no column for are None for its people.
    """
    first = files[0]
    weights = [file.weight for file in files if file.weight is not None]
    strata = [file.stratum for file in files if file.stratum is not None]
    return Responses(
        wave=first.wave,
        people=sum(file.people for file in files),
        codes={name: np.concatenate([file.codes[name] for file in files]) for name in first.codes},
        numbers={name: np.concatenate([file.numbers[name] for file in files]) for name in first.numbers},
        texts=_texts(files),
        weight=np.concatenate(weights) if weights else None,
        stratum=tuple(name for file in strata for name in file) if strata else None,
        format=", ".join(dict.fromkeys(file.format for file in files)),
        problems=tuple(problem for file in files for problem in file.problems),
    )


def _texts(files: Sequence[Responses]) -> Mapping[str, Texts]:
    names = dict.fromkeys(name for file in files for name in file.texts)
    return {name: sum((file.texts.get(name, (None,) * file.people) for file in files), ()) for name in names}
