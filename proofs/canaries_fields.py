"""Every text field of our tables: those that words of people reach, and why they reach no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

CODE = "a code of a list or a word of ours; anything else is refused"
MADE = "made by us, from nothing that people write"
SLUG = "made by us of letters, figures and hyphens"

OURS: Mapping[str, str] = {
    "area.Area.slug": SLUG,
    "area.Area.colour": "nothing writes it yet; only six hexadecimal figures reach a style sheet",
    "area.Area.senco": "one of a few spellings",
    "area.Area.mfa_roles": CODE,
    "people.Account.password": "a hash",
    "people.Membership.role": CODE,
    "people.Invitation.role": CODE,
    "people.Invitation.digest": "a hash",
    "people.Post.role": CODE,
    "people.Post.staff_group": CODE,
    "people.Post.tier": CODE,
    "people.Register.file": MADE,
    "people.Register.state": MADE,
    "people.Register.done": "numbers",
    "audit.Event.what": MADE,
    "lists.List.fields": "comes with the program",
    "lists.List.shipped": "a hash",
    "lists.Entry.parent": CODE,
    "lists.Entry.shipped": "a hash",
    "organisations.Organisation.kind": CODE,
    "organisations.Organisation.urn": "five to eight figures",
    "organisations.Organisation.laestab": "seven figures",
    "organisations.Organisation.la": "three figures",
    "organisations.Organisation.phase": CODE,
    "organisations.Organisation.school_type": CODE,
    "organisations.Organisation.region": CODE,
    "organisations.Organisation.status": CODE,
    "organisations.Organisation.own": "names of columns of ours",
    "organisations.Organisation.basis": CODE,
    "organisations.Upload.authorities": "codes of three figures",
    "organisations.Upload.state": MADE,
    "headcount.Count.work": CODE,
    "headcount.Count.kind": CODE,
    "mail.Letter.body": "holds the area's name until it is sent, then nothing; read in the outbox",
    "mail.Letter.about": MADE,
    "mail.Letter.message": MADE,
    "mail.Letter.state": MADE,
    "mail.Letter.fault": MADE,
    "files.KeptFile.id": MADE,
    "files.KeptFile.sha256": "a hash",
    "files.KeptFile.media_type": MADE,
    "files.KeptFile.purpose": MADE,
    "survey.Survey.preset": CODE,
    "survey.Survey.mix": "the item of one of the groups",
    "survey.Survey.tables": "written by the demonstration alone",
    "survey.Wave.code": SLUG,
    "survey.Wave.file": MADE,
    "survey.Wave.layout": MADE,
    "survey.Wave.state": MADE,
    "survey.Wave.more": "written by the demonstration alone",
    "survey.WaveProblem.rows": "numbers",
    "pupils.PupilCount.pupils": "numbers by codes of types of need",
    "survey.Wave.incoming": MADE,
    "survey.Wave.incoming_name": "the file's name until it is read; empty by then",
    "survey.Wave.step": MADE,
    "survey.WaveProblem.question": "the id of a question",
    "survey.WaveProblem.every": "numbers of rows",
    "asking.Asking.mode": CODE,
    "asking.Asking.state": MADE,
    "asking.Channel.code": MADE,
    "asking.Ballot.hash": "a hash",
    "asking.Sent.hash": "a hash",
    "asking.Asking.epoch": MADE,
    "asking.Intake.id": MADE,
    "asking.Intake.answers": "sealed; read in the file they become",
    "asking.Intake.epoch": MADE,
    "asking.Invitee.state": MADE,
    "asking.Invitee.message": MADE,
    "asking.Invitee.fault": MADE,
    "asking.Mailing.link": "the site's own address and a code of ours",
    "asking.Mailing.fault": MADE,
    "asking.Answered.id": MADE,
    "asking.Answered.answers": "holds answers between mixing and closing; read in the file they become",
    "survey.Link.item": "refused unless it is an item that was asked",
    "survey.Link.earlier": "the code of a wave; anything else is refused",
    "survey.Link.later": "the code of a wave; anything else is refused",
    "survey.Amendment.question": "the id of a question",
    "finding.Build.state": MADE,
    "finding.Build.said": "steps of ours, and what is refused of a study; emptied once a build is done",
    "finding.Build.folder": MADE,
    "finding.Build.headline": "numbers by words of ours",
}
"""Fields that no words of people reach, and why."""


def unaccounted(held: Mapping[str, bool]) -> Iterator[str]:
    """Fields that neither hold a canary nor say why they hold none, and reasons for what is not there."""
    for field, holds in held.items():
        if not holds and field not in OURS:
            yield f"{field} holds no canary, and nothing says why"
    yield from (f"{field} is no text field of ours" for field in OURS.keys() - held.keys())
