"""Where mail goes is read from the environment; what cannot be read is said in one sentence."""

from __future__ import annotations

import pytest

from goldenthread.site.mail import Mail, mail, whole


def test_without_a_server_each_mail_becomes_a_file() -> None:
    assert mail({}) == Mail()
    assert mail({}).backend.endswith("filebased.EmailBackend")


@pytest.mark.parametrize(
    ("environ", "meant"),
    [
        (
            {"MAIL_URL": "smtp://ana:p%40ss@mail.anyshire.example"},
            Mail("mail.anyshire.example", 587, "ana", "p@ss", starttls=True),
        ),
        ({"MAIL_URL": "smtps://mail.anyshire.example:4650"}, Mail("mail.anyshire.example", 4650, tls=True)),
        ({"MAIL_URL": "smtp+plain://127.0.0.1"}, Mail("127.0.0.1", 25)),
        (
            {"MAIL_HOST": "mail.anyshire.example", "MAIL_USER": "ana", "MAIL_PASSWORD": "p@:/ss#"},
            Mail("mail.anyshire.example", 587, "ana", "p@:/ss#", starttls=True),
        ),
        (
            {"MAIL_HOST": "relay", "MAIL_PORT": "2525", "MAIL_SCHEME": "smtp+plain"},
            Mail("relay", 2525),
        ),
    ],
)
def test_a_server_is_named_in_one_piece_or_in_parts(environ: dict[str, str], meant: Mail) -> None:
    assert mail(environ) == meant
    assert mail(environ).backend.endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"MAIL_URL": "mail.anyshire.example"}, "MAIL_URL must read scheme://host:port"),
        ({"MAIL_URL": "http://mail.anyshire.example"}, "one of smtp, smtps, smtp\\+plain"),
        ({"MAIL_HOST": "mail", "MAIL_PORT": "many"}, "MAIL_PORT must be a whole number above 0, not “many”"),
    ],
)
def test_what_is_no_server_is_said(environ: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        mail(environ)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "ten"])
def test_a_number_must_be_one(text: str) -> None:
    with pytest.raises(ValueError, match="MAIL_A_MINUTE must be a whole number above 0"):
        whole({"MAIL_A_MINUTE": text}, "MAIL_A_MINUTE", 1200)
    assert whole({}, "MAIL_A_MINUTE", 1200) == 1200
