"""The addresses of waves that are asked here, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, page
from goldenthread.web.workbench import against, amending, asking, bank, editor, elsewhere, inviting, ways

SEE, CHANGE = "survey.see", "survey.change"
SURVEY = "<slug:area>/surveys/<slug:survey>/"
WAVE = f"{SURVEY}asked/<slug:wave>/"
QUESTIONS = f"{WAVE}questions/"

asking_pages = [
    page(f"{SURVEY}ask/", asking.begin, name="asking-new", may=CHANGE),
    page(WAVE, asking.one, name="asking", may=SEE, post=NEVER),
    page(f"{WAVE}open/", asking.open_wave, name="asking-open", may=CHANGE),
    page(f"{WAVE}close/", asking.close, name="asking-close", may=CHANGE),
    page(f"{WAVE}last-day/", asking.last_day, name="asking-last-day", may=CHANGE),
    page(f"{WAVE}links/", asking.add_link, name="asking-link", may=CHANGE),
    page(f"{WAVE}people/", inviting.invited, name="invited", may=CHANGE, post=NEVER),
    page(f"{WAVE}people/add/", inviting.add, name="invite", may=CHANGE),
    page(f"{WAVE}people/staff/", inviting.add_staff, name="invite-staff", may=CHANGE, post="people.change"),
    page(f"{WAVE}people/withdraw/", inviting.withdraw, name="invited-withdraw", may=CHANGE),
    page(f"{WAVE}people/codes/", inviting.send_codes, name="invited-codes", may=CHANGE),
    page(f"{WAVE}people/remind/", inviting.remind, name="invited-remind", may=CHANGE),
    page(QUESTIONS, editor.every, name="questions", may=SEE, post=NEVER),
    page(f"{QUESTIONS}ways/", ways.ways, name="questions-ways", may=SEE, post=NEVER),
    page(f"{QUESTIONS}against/", against.against, name="questions-against", may=SEE, post=NEVER),
    page(f"{QUESTIONS}bank/", bank.take_from_bank, name="questions-bank", may=CHANGE),
    page(f"{QUESTIONS}elsewhere/", elsewhere.elsewhere, name="elsewhere", may=SEE, post=CHANGE),
    page(f"{QUESTIONS}elsewhere/<slug:kind>/", elsewhere.file, name="elsewhere-file", may=SEE, post=NEVER),
    page(f"{QUESTIONS}move/", editor.move, name="questions-move", may=CHANGE),
    page(f"{QUESTIONS}undo/", editor.undo, name="questions-undo", may=CHANGE),
    page(f"{QUESTIONS}sections/", editor.add_section, name="section-new", may=CHANGE),
    page(f"{QUESTIONS}sections/<slug:section>/", editor.section, name="section", may=CHANGE),
    page(
        f"{QUESTIONS}sections/<slug:section>/shown/", editor.section_shown, name="section-shown", may=CHANGE
    ),
    page(f"{QUESTIONS}sections/<slug:section>/add/", editor.add, name="question-new", may=CHANGE),
    page(f"{QUESTIONS}of/<slug:question>/", editor.change, name="asked-question", may=CHANGE),
    page(f"{QUESTIONS}of/<slug:question>/shown/", editor.shown, name="question-shown", may=CHANGE),
    page(f"{QUESTIONS}of/<slug:question>/correct/", amending.correct, name="question-correct", may=CHANGE),
]
