"""What a browser is sent: few files, small, found with and without collecting."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings

from goldenthread.web.components.served import files
from goldenthread.web.components.served.storage import LookStorage

ROOT = Path(files.__file__).parents[1]
COLLECTED = {"staticfiles": {"BACKEND": "goldenthread.web.components.served.storage.LookStorage"}}
FIRST_VISIT = 120_000
PAGES = ("/components/finding/", "/components/front-page/", "/account/login/", "/accessibility/")


def test_each_file_is_found_as_it_was_made() -> None:
    for name, content in files.files().items():
        found = finders.find(f"look/{name}")
        assert isinstance(found, str)
        assert Path(found).read_bytes() == content
    assert finders.find("look/nothing.css") is None


def test_a_file_somebody_changed_is_made_again(tmp_path: Path) -> None:
    files.put(tmp_path)
    (tmp_path / "look.css").write_text("p{}")
    files.put(tmp_path)
    assert (tmp_path / "look.css").read_bytes() == files.files()["look.css"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files.files())


def test_the_report_and_the_pages_share_one_set_of_tokens() -> None:
    css = files.files()["look.css"].decode()
    assert len(re.findall(r"--thread: ?#a67a12", css)) == 1
    assert not list(ROOT.rglob("tokens.css"))
    assert not list(ROOT.rglob("*.woff2"))


def test_every_token_used_is_given_and_none_twice() -> None:
    css = files.files()["look.css"].decode()
    given = re.findall(r"(?<=[{;])(--[\w-]+):", css)
    assert sorted(set(re.findall(r"var\((--[\w-]+)\)", css)) - set(given)) == []
    sheets = [files.REPORT / "tokens.css", files.OURS / "styles" / "more-tokens.css"]
    first, second = (set(re.findall(r"(--[\w-]+):", path.read_text())) for path in sheets)
    assert first & second == set()


def test_addresses_are_plain_until_files_are_collected(tmp_path: Path) -> None:
    storage = LookStorage(location=tmp_path, base_url="/static/")
    assert storage.url("look/look.css") == "/static/look/look.css"


def test_collected_files_carry_a_hash_and_a_compressed_twin(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        storage = LookStorage()
        staticfiles_storage._wrapped, kept = storage, staticfiles_storage._wrapped  # noqa: SLF001
        try:
            call_command("collectstatic", verbosity=0, interactive=False)
        finally:
            staticfiles_storage._wrapped = kept  # noqa: SLF001
        hashed = storage.url("look/look.css")
        assert re.fullmatch(r"/?static/look/look\.[0-9a-f]{12}\.css", hashed)
        sheet = (tmp_path / "look" / hashed.rpartition("/")[2]).read_text()
        font = storage.url("look/font.woff2").rpartition("/")[2]
        assert f'url("{font}")' in sheet
        assert (tmp_path / "look" / f"{hashed.rpartition('/')[2]}.gz").is_file()


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    assert len(linked) <= 5, linked
    weight = len(html.encode())
    for name in linked:
        found = finders.find(name)
        assert isinstance(found, str)
        content = Path(found).read_bytes()
        weight += len(content) if name.endswith("woff2") else len(gzip.compress(content))
    assert weight < FIRST_VISIT


def test_every_class_of_ours_that_a_template_names_is_styled() -> None:
    css = files.files()["look.css"].decode()
    styled = set(re.findall(r"\.(gt-[\w-]+)", css))
    plain = {
        "gt-form--plain",
        "gt-verdict--same",
        "gt-list__item",
    }  # names for tests to find, no look of their own
    folders = [ROOT / "templates", ROOT.parent / "workbench" / "templates"]
    text = "\n".join(path.read_text() for folder in folders for path in folder.rglob("*.html"))
    used = {each for each in re.findall(r"(?<![\w-])gt-[a-z][\w-]*", text) if not each.endswith("-")}
    assert sorted(used - styled - plain) == []
