"""What was backed up or restored, in words for whoever did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils import timezone

from goldenthread.analysis.definition.words import counted
from goldenthread.site.backup.manifest import Manifest
from goldenthread.site.backup.restore import Restored
from goldenthread.site.backup.take import Taken


def taken(file: Path, done: Taken) -> str:
    """What a new backup holds, in one line."""
    return f"{file} holds everything as of {moment(done.manifest)}: {_held(done.manifest)}."


def restored(done: Restored) -> Iterator[str]:
    """What was restored, and what to do now."""
    manifest, settled = done.manifest, done.settled
    yield f"Restored everything as of {moment(manifest)}: {_held(manifest)}."
    yield "Everybody signs in again."
    if settled.letters:
        were = counted(settled.letters, "letter that waited was", "letters that waited were")
        yield f"{were} not kept for sending: they may have gone out since."
    if settled.invitations:
        yield f"{counted(settled.invitations, 'invitation was', 'invitations were')} withdrawn: invite again."
    if settled.work:
        yield f"{counted(settled.work, 'piece of work is', 'pieces of work are')} begun afresh."
    if settled.mailings:
        were = counted(settled.mailings, "mailing of a wave was", "mailings of waves were")
        yield f"{were} stopped: look at the wave and send what is left."
    for line in done.purged:
        yield f"Its time had come: {line}."
    yield from _returned(done)


def losses(manifest: Manifest, changed: Sequence[str]) -> list[str]:
    """A line for each file that is not as it should be."""
    gone = [f"{path} was not on the disk when the backup was taken." for path in manifest.missing]
    return gone + [f"{path} is not what it was when it came: it is kept as it is." for path in changed]


def moment(manifest: Manifest) -> str:
    """The backup's own moment, to the second, in the time of the place."""
    return f"{timezone.localtime(manifest.as_of):%-d %B %Y, %H:%M:%S %Z}"


def _returned(done: Restored) -> Iterator[str]:
    if done.returned is None:
        yield "What stood here could not be read, so what was taken away since cannot be named."
    elif done.returned:
        yield "This had been taken away since, and is back. Take it away again where it must not be here:"
        for each in done.returned:
            yield f"  {timezone.localtime(each.at):%-d %B %Y, %H:%M}  {each.who} {each.words} ({each.about})"


def _held(manifest: Manifest) -> str:
    files = sum(part.path.startswith("files/") for part in manifest.parts)
    builds = {part.path.split("/")[1] for part in manifest.parts if part.path.startswith("builds/")}
    kept = f"{counted(files, 'kept file', 'kept files')}, {counted(len(builds), 'build', 'builds')}"
    return f"{kept}, {manifest.size / 1e6:,.1f} MB unpacked"
