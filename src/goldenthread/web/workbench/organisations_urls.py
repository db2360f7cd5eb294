"""The addresses of organisations, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, page
from goldenthread.web.workbench import organisations, organisations_register

SEE, CHANGE = "organisations.see", "organisations.change"
ALL = "<slug:area>/organisations/"
ONE = f"{ALL}<int:number>/"
REGISTER = f"{ALL}register/"

organisation_pages = [
    page(ALL, organisations.every, name="organisations", may=SEE, post=NEVER),
    page(f"{ALL}new/", organisations.new, name="organisation-new", may=CHANGE),
    page(REGISTER, organisations_register.choose, name="national-register", may=CHANGE),
    page(f"{REGISTER}<int:upload>/", organisations_register.plan, name="national-register-plan", may=CHANGE),
    page(
        f"{REGISTER}<int:upload>/discard/",
        organisations_register.discard,
        name="national-register-discard",
        may=CHANGE,
    ),
    page(ONE, organisations.one, name="organisation", may=SEE, post=NEVER),
    page(f"{ONE}change/", organisations.change, name="organisation-change", may=CHANGE),
    page(f"{ONE}basis/", organisations.basis, name="organisation-basis", may=CHANGE),
    page(f"{ONE}follow/", organisations.follow, name="organisation-follow", may=CHANGE),
]
