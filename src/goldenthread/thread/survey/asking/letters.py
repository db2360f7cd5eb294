"""What people who are invited are written."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template

from goldenthread.ground.mail.direct import Mail
from goldenthread.thread.survey.asking.codes import shown
from goldenthread.thread.survey.asking.models import Asking, Invitee, Mailing


def invitation(mailing: Mailing, to: Invitee, code: str) -> Mail:
    """The mail that carries a code. It is handed over at once and kept nowhere."""
    told = {**_told(mailing.asking, to), "link": mailing.link, "code": code, "shown": shown(code)}
    body = _template("invitation.txt").substitute(told)
    return Mail(to.address, _subject(mailing.asking), body, to.message)


def reminder(mailing: Mailing, to: Invitee) -> Mail:
    """A mail under the invitation, without link or code: it is the same whether somebody has answered."""
    body = _template("reminder.txt").substitute(_told(mailing.asking, to))
    name = f"{to.message}.{mailing.number}"
    return Mail(to.address, f"Re: {_subject(mailing.asking)}", body, name, answers=to.message)


def _told(asking: Asking, to: Invitee) -> dict[str, str]:
    wave = asking.wave
    closes = f"{wave.closes.day} {wave.closes:%B %Y}" if wave.closes else ""
    return {
        "greeting": f" {to.name}" if to.name else "",
        "area": wave.survey.area.name,
        "survey": wave.survey.title,
        "wave": wave.label,
        "until": f"You can answer until {closes}." if closes else "You can answer until the survey closes.",
    }


def _subject(asking: Asking) -> str:
    return f"{asking.wave.survey.title}, {asking.wave.label}: your code to answer"


@cache
def _template(name: str) -> Template:
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))
