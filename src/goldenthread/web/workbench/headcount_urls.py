"""The addresses of the headcount, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, page
from goldenthread.web.workbench import headcount

SEE, CHANGE = "headcount.see", "headcount.change"
ALL = "<slug:area>/headcount/"

headcount_pages = [
    page(ALL, headcount.every, name="headcount", may=SEE, post=NEVER),
    page(f"{ALL}new/", headcount.new, name="count-new", may=CHANGE),
    page(f"{ALL}file/", headcount.file, name="headcount-file", may=CHANGE),
    page(f"{ALL}file/take-in/", headcount.take_in, name="headcount-take-in", may=CHANGE),
    page(f"{ALL}<int:number>/", headcount.change, name="count", may=CHANGE),
    page(f"{ALL}<int:number>/take-out/", headcount.take_out, name="count-take-out", may=CHANGE),
]
