"""The command line: ``goldenthread report | check | convert``. Scripts rely on it: see docs/reference."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from goldenthread import __version__
from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.check.report import as_json, as_lines
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.definition.words import counted
from goldenthread.analysis.problem import Problem, Refusal, folded, refuse_place, written_last
from goldenthread.analysis.report.problems import totals

DONE, DONE_WITH_LOSSES, NOT_DONE = 0, 1, 2
STOPPED = 128
"""With a signal's number added: what a shell reports of a program which that signal ended."""
SHOWN_PROBLEMS = 20

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="From what a SEND workforce says to what it learns, and what came of it.",
)


class _Console(Console):
    """One whose reader may stop reading, as ``head`` does: the work goes on and ends as it would have."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


_out = _Console(highlight=False, soft_wrap=True, emoji=False)
_err = _Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
_signals: list[int] = []
"""Those that asked this process to stop, in order."""


def _version(wanted: bool) -> None:  # noqa: FBT001 - how Typer hands over a flag
    if wanted:
        _out.print(f"goldenthread {__version__}", markup=False)
        raise typer.Exit(DONE)


@app.callback()
def options(
    version: Annotated[  # noqa: FBT002 - how Typer spells a flag
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """What is said before any command."""
    del version


@app.command()
def report(
    study: Annotated[Path, typer.Argument(metavar="STUDY.toml", help="The study file.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the report's files.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The folder that holds the answers, if not beside the study."),
    ] = None,
    problems: Annotated[
        Path | None, typer.Option("--problems", help="A private CSV file for every problem, with its row.")
    ] = None,
) -> None:
    """Read a study's answers and write report.html, report.docx, tables.xlsx and figures.json."""
    # to bring these in takes most of a second, for which no other command has to wait
    from goldenthread.analysis.report.write import FILES, refuse_what_is_in_the_way, write_report  # noqa: PLC0415
    from goldenthread.analysis.run import analyse  # noqa: PLC0415

    refuse_what_is_in_the_way(out)
    if problems is not None:
        refuse_place(problems, out, FILES)
    results = analyse(read_study(study, data), tell=_tell)
    with written_last(results.problems, problems) if problems else nullcontext():
        _tell("Writing the report")
        written = write_report(results, out)
    for path in written:
        _out.print(str(path), markup=False)
    _list_lost(results.problems)
    _count_notes(results.problems, problems)
    raise typer.Exit(DONE_WITH_LOSSES if _lost_anything(results.problems) else DONE)


@app.command()
def check(
    figures: Annotated[Path, typer.Argument(metavar="FIGURES.csv", help="Published figures, one a row.")],
    as_list: Annotated[bool, typer.Option("--json", help="Print a list of verdicts as JSON.")] = False,  # noqa: FBT002 - how Typer spells a flag
) -> None:
    """Say which published figures cannot be true."""
    read, problems = read_figures(figures)
    judgements = judge(read)
    if as_list:
        _out.out(json.dumps(as_json(judgements), indent=1), highlight=False)
    else:
        for line in as_lines(read, judgements):
            _out.print(line, markup=False)
    _list_lost(problems)
    _list([problem for problem in problems if not problem.lost])
    raise typer.Exit(DONE_WITH_LOSSES if _lost_anything(problems) else DONE)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The questionnaire to read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; its name says how.")],
) -> None:
    """Write a questionnaire in another format: .toml is ours, .xlsx is XLSForm, .lss is LimeSurvey."""
    from goldenthread.analysis.definition.formats.convert import convert as written  # noqa: PLC0415 - slow

    done = written(source, target)
    _out.print(str(target), markup=False)
    for line in done.lines:
        _err.print(f"{source}: {line}", markup=False)
    if done.faults:
        _err.print(f"To be mended in {target} before it can be used:", markup=False)
    for fault in done.faults:
        _err.print(fault, markup=False)
    raise typer.Exit(DONE_WITH_LOSSES if done.lost or done.faults else DONE)


def main() -> None:
    """Run the command line; whatever goes wrong ends in one sentence and an exit status."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)
    _write_any_letter()
    try:
        app()
    except Refusal as refusal:
        _stop(str(refusal))
    except OSError as error:
        _stop(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.")
    except (Exception, KeyboardInterrupt, SystemExit) as end:
        interrupted = STOPPED + signal.SIGINT
        if not _signals or getattr(end, "code", interrupted) != interrupted:
            raise
        _stop("Stopped.", STOPPED + _signals[0])


def _write_any_letter() -> None:
    """Have letters that the encoding of the output lacks written as their numbers, such as ``\\u017c``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _leave(number: int, frame: object) -> NoReturn:
    """Leave by way of every ``with``. Typer and DuckDB each make an exception of their own of this one."""
    del frame
    _signals.append(number)
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(STOPPED + number)


def _stop(sentence: str, status: int = NOT_DONE) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl+C twice gets no traceback
    _err.print(sentence, markup=False)
    raise SystemExit(status)


def say(line: str) -> None:
    """Print one line for the person at the keyboard."""
    _out.print(line, markup=False)


def complain(line: str) -> None:
    """Print one line that is no result: on standard error."""
    _err.print(line, markup=False)


def _tell(line: str) -> None:
    _err.print(f"{line} …", markup=False, style="dim")


def _lost_anything(problems: tuple[Problem, ...]) -> bool:
    return any(problem.lost for problem in problems)


def _list_lost(problems: tuple[Problem, ...]) -> None:
    """Name what was left out or could not be computed, and count it."""
    _list([problem for problem in problems if problem.lost])
    sums = totals(problems)
    if sums.left_out:
        total = counted(sums.left_out, "answer or row was", "answers or rows were")
        _err.print(f"{total} left out.", markup=False)
    if sums.figures:
        _err.print(f"{counted(sums.figures, 'figure', 'figures')} could not be computed.", markup=False)


def _list(problems: Sequence[Problem]) -> None:
    folds = folded(problems)
    for fold in folds[:SHOWN_PROBLEMS]:
        _err.print(fold.sentence(), markup=False)
    more = len(folds) - SHOWN_PROBLEMS
    if more > 0:
        _err.print(f"… and {counted(more, 'more line like these', 'more lines like these')}.", markup=False)


def _count_notes(problems: tuple[Problem, ...], listed_in: Path | None) -> None:
    """Say how many notes there are, and where they can be read."""
    notes = totals(problems).notes
    if not notes:
        return
    there, they = ("There is", "it is") if notes == 1 else ("There are", "they are")
    place = f"listed in {listed_in}" if listed_in else "listed by --problems FILE"
    told = f"{there} {counted(notes, 'note', 'notes')} on how answers were read: {they}"
    _err.print(f"{told} counted under Limits in the report, and {place}.", markup=False)
