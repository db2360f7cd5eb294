"""The addresses of pupil numbers, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, page
from goldenthread.web.workbench import pupils

SEE, CHANGE = "lists.see", "lists.change"
ALL = "<slug:area>/pupils/"

pupil_pages = [
    page(ALL, pupils.every, name="pupils", may=SEE, post=NEVER),
    page(f"{ALL}new/", pupils.new, name="pupils-new", may=CHANGE),
    page(f"{ALL}file/", pupils.file, name="pupils-file", may=CHANGE),
    page(f"{ALL}<int:number>/", pupils.change, name="pupils-change", may=CHANGE),
    page(f"{ALL}<int:number>/take-out/", pupils.take_out, name="pupils-take-out", may=CHANGE),
]
