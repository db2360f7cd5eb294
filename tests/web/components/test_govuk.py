"""GOV.UK Frontend is served without what belongs to gov.uk alone, and exactly as its note says."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from goldenthread.web.components.served import files, govuk

TEMPLATES = Path(files.__file__).parents[1] / "templates"
SCRIPTED = re.compile(r"govuk-js-|govuk-frontend")
IDS = {"govuk-notification-banner-title"}
UNSTYLED = {
    *(
        "govuk-checkboxes",
        "govuk-radios",
        "govuk-password-input",
        "govuk-file-upload--error",
        "govuk-label-wrapper",
    )
}
"""Names their script or their markup has that their own sheet says nothing of."""


def noted() -> dict[str, str]:
    """What the note says was served, by the name of what makes it."""
    note = (govuk.VENDOR / "VENDOR").read_text("utf-8").partition("as served:")[2]
    return {name: digest for digest, name in re.findall(r"([0-9a-f]{64})  (\w+)\(\)", note)}


def test_what_is_served_is_what_the_note_says() -> None:
    made = {"styles": govuk.styles(), "script": govuk.script()}
    assert {name: hashlib.sha256(text.encode()).hexdigest() for name, text in made.items()} == noted()


def test_nothing_of_gov_uk_is_left() -> None:
    everything = "\n".join([govuk.styles(), govuk.script()])
    for mark in ("GDS Transport", "@font-face", "crest", "crown", "url(", "Calvert", "sourceMappingURL"):
        assert mark.lower() not in everything.lower(), mark


def test_every_family_is_ours_or_the_printers() -> None:
    families = set(re.findall(r"font-family:([^;}]+)", govuk.styles()))
    assert families == {"var(--font)", "sans-serif"}


def test_only_parts_we_use_are_served_and_every_part_we_use_is() -> None:
    served = set(re.findall(r"\.govuk-([a-z0-9]+(?:-[a-z0-9]+)*)", govuk.styles()))
    assert served <= govuk.PARTS
    used = used_classes()
    styled = set(re.findall(r"\.(govuk-[\w-]+)", govuk.styles()))
    assert sorted(used - styled - UNSTYLED) == []
    blocks = {each.removeprefix("govuk-").partition("__")[0].partition("--")[0] for each in used}
    assert sorted(govuk.PARTS - blocks - {"frontend-supported", "drop-zone"}) == []


def used_classes() -> set[str]:
    """Every class of theirs that a template of ours names whole; a modifier made of a value is not."""
    text = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    text = text.replace("govuk-{{ block }}", "govuk-radios")
    found = set(re.findall(r"govuk-[a-z][\w-]*", text)) | {
        each.replace("radios", "checkboxes") for each in re.findall(r"govuk-radios__[a-z]+", text)
    }
    return {each for each in found if not SCRIPTED.match(each) and each not in IDS and not each.endswith("-")}
