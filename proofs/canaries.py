"""Hostile text in every text field runs nowhere, and leaves in no file as anything but words.

HTML, attributes, templates, formulas, quotes, signs that cannot be seen, headers and paths (``payloads``) are
written into every text field there is, by the commands and the worker of a served application; the fields are
counted from the tables, and each holds a canary or says why nobody's words reach it (``canaries_fields``).
Then every page that every role can reach is fetched and read as a browser reads it, every file of every kind
is opened by somebody else's reader, every address is asked for with hostile words in its path and its
question, every form is sent full of them, and every page is looked at in Chromium with scripts on: nothing
runs, nothing is made of a text, nobody else is asked for anything, no rule of the content policy is broken,
and what is shown is shown as it was written.

The small run writes one text that is many in one; ``--all`` every text, on SQLite and PostgreSQL.

    python proofs/canaries.py [--all]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from canaries_fields import unaccounted
from canaries_files import in_letter, in_log
from canaries_reached import LEAVES, Found, Page, asked, crawl, sent, shape
from canaries_seen import Watched, browser
from payloads import COMPOSITE, PAYLOADS
from tests.served.installation import Installation, nothing_yet, servers
from tests.served.server import Server, served

LEAD = "lead"
SHOWN = "<img data-canary src=x onerror=window.canary=9>"
"""What of the small run's text a page that shows it must hold, to the letter."""
TWICE = ("&lt;img data-canary", "&quot;&gt;&lt;img", "&#x27;&quot;")
"""What it holds where the text was escaped twice."""
A_KIND = {False: 3, True: 150}
"""How many pages of one kind are fetched as the lead: at full size one of each text, and more."""
COUNTED = ("fields", "pages", "files", "seen", "letters", "forms", "addresses")


def main(arguments: list[str] | None = None) -> int:
    """Run on each database; print what is wrong, then one line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every text in every field, on both databases")
    full = parser.parse_args(arguments).all
    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        for database, server in servers().items() if full else [("SQLite", "")]:
            with nothing_yet(Path(folder) / database, server=server) as here:
                examine(here, found, full=full)
            print(f"on {database}: {dict(found.counts)}, {len(found.faults)} faults")
    for fault in list(dict.fromkeys(found.faults))[:60]:
        print(f"  {fault}")
    return say(found)


def say(found: Found) -> int:
    """The last line. It holds only where something of every kind was looked at."""
    counts = {name: found.counts[name] for name in COUNTED}
    holds = not found.faults and all(counts.values()) and found.counts["shown as written"] > 0
    figures = {**counts, "as_written": found.counts["shown as written"], "faults": len(found.faults)}
    print(json.dumps({"proof": "canaries", "holds": holds, **figures}))
    return 0 if holds else 1


def examine(here: Installation, found: Found, *, full: bool) -> None:
    """Write canaries; then look at everything."""
    texts = list(PAYLOADS) if full else [COMPOSITE]
    log = here.home.with_suffix(".log")
    with served(here, log=log) as server:
        done = here.do("canaries_in", COMPOSITE, *(texts if full else ()))
        found.routes = done["routes"]
        found.counts["fields"] += len(done["held"])
        found.faults += unaccounted(done["held"])
        roles = sorted(done["roles"], key=lambda role: role != LEAD)
        most = {LEAD: A_KIND[full]}
        reached = {role: crawl(server, role, found, most.get(role, 1)) for role in roles}
        looked_at(server, reached, found, full=full)
        asked(server, reached[LEAD], found, texts if full else ["composite"])
        sent(server, reached[LEAD], found, texts if full else ["composite"])
    for path in (here.home / "mail").glob("*"):
        for letter in filter(bytes.strip, path.read_bytes().split(b"-" * 79 + b"\n")):
            found.add("letters", path.name, in_letter(letter))
    found.faults += [f"what the program says: {each}" for each in in_log(log.read_text(encoding="utf-8"))]


def looked_at(server: Server, reached: Mapping[str, list[Page]], found: Found, *, full: bool) -> None:
    """Every kind of page in Chromium (at full size, all that the lead reached), whoever sees it."""
    known: set[str] = set()
    for role, pages in reached.items():
        person = server.signed_in(role)
        kinds = {shape(page.path, found.routes): page for page in reversed(pages)}
        own = [page for kind, page in kinds.items() if kind not in known]
        own = pages if full and role == LEAD else own
        known |= kinds.keys()
        with browser(server.address, person.cookies) as watched:
            for page in own:
                look(watched, role, page, found)
            if role == LEAD:
                in_forms(watched, own, found)


def look(watched: Watched, role: str, page: Page, found: Found) -> None:
    """One page: what it does, and whether it shows a text as it was written."""
    wrong, text = watched.open(page.path)
    found.add("seen", f"Chromium, {role} {page.path}", wrong)
    found.counts["shown as written"] += SHOWN in text
    found.faults += [f"{page.path} shows a text escaped twice" for each in TWICE if each in text]


def in_forms(watched: Watched, pages: list[Page], found: Found) -> None:
    """Each kind of form, sent in Chromium with hostile words in every text field."""
    known: set[str] = set()
    for page in pages:
        for form in page.forms:
            kind = f"{shape(form.action, found.routes)} {[name for name, *_ in form.fields]}"
            if kind in known or not form.texts or LEAVES.search(form.action):
                continue
            known.add(kind)
            wrong = watched.send(page.path, form.place, COMPOSITE)
            found.add("seen", f"Chromium, {page.path} form {form.place}", wrong)


if __name__ == "__main__":
    sys.exit(main())
