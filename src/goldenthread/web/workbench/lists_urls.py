"""The addresses of lists, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, page
from goldenthread.web.workbench import lists

SEE, CHANGE = "lists.see", "lists.change"
LISTS = "<slug:area>/lists/"
LIST = f"{LISTS}of/<slug:code>/"
ENTRY = f"{LIST}<int:number>/"

list_pages = [
    page(LISTS, lists.every, name="lists", may=SEE, post=NEVER),
    page(f"{LISTS}new/", lists.new, name="list-new", may=CHANGE),
    page(f"{LISTS}put-in/", lists.install, name="lists-install", may=CHANGE),
    page(f"{LISTS}spelling/", lists.spelling, name="lists-spelling", may="area.change"),
    page(LIST, lists.one, name="list", may=SEE, post=NEVER),
    page(f"{LIST}about/", lists.about, name="list-about", may=CHANGE),
    page(f"{LIST}add/", lists.add, name="entry-new", may=CHANGE),
    page(ENTRY, lists.change, name="entry", may=CHANGE),
    page(f"{ENTRY}end/", lists.end, name="entry-end", may=CHANGE),
]
