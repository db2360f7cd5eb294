"""The pages of one section: rendered once, then filled in with what one person has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire, Section
from goldenthread.thread.survey.answering.model import Answers, Fault, Given
from goldenthread.thread.survey.asking.queries import LinkFacts, sheet, written
from goldenthread.web.respond.slots import Slots, cut, new_mark

DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


NEW = '<strong class="govuk-tag gt-new">New</strong> '


@dataclass(frozen=True, slots=True)
class Filling:
    """What one person's page of a section is filled with. ``typed`` is shown in place of their answers
    where they sent something that cannot stand;
    ``opened`` are the questions that what they just sent led to."""

    csrf: str
    sealed: str
    answers: Answers
    typed: Mapping[str, Given]
    faults: tuple[Fault, ...]
    here: int
    of: int
    opened: tuple[Question, ...] = ()


def section_page(link: LinkFacts, shown: Section, filling: Filling) -> str:
    """The page of a section with the questions shown, as HTML."""
    names = tuple(question.id for question in shown.questions)
    return _rendered(link, shown.id, names).filled(_Filler(filling).fill)


@lru_cache(maxsize=512)
def _rendered(link: LinkFacts, section: str, names: tuple[str, ...]) -> Slots:
    """The page with marks. Everything it depends on is in what it is asked for."""
    whole = whole_sheet(link)
    found = next(each for each in whole.sections if each.id == section)
    questions = tuple(question for question in found.questions if question.id in names)
    mark = new_mark()
    context = {
        "mark": mark,
        "link": link,
        "section": Section(found.id, found.title, questions),
        "date_parts": DATE_PARTS,
    }
    return cut(render_to_string("respond/section.html", context), mark)


@dataclass(frozen=True, slots=True)
class _Filler:
    """Fills each kind of slot."""

    filling: Filling

    def fill(self, kind: str, name: str, code: str) -> str:
        """The HTML of one slot."""
        if kind == "checked":
            return " checked" if code in _values(self._said(name)) else ""
        if kind == "value":
            return conditional_escape("\n".join(_values(self._said(name))))
        if kind in ("error", "described", "wrong"):
            return self._of_fault(kind, name, code)
        if kind == "new":
            return NEW if any(each.id == name for each in self.filling.opened) else ""
        return self._of_page(kind)

    def _said(self, name: str) -> Given:
        field, _, part = name.rpartition(".")
        if name in self.filling.typed:
            return self.filling.typed[name]
        if part in {each for each, _, _ in DATE_PARTS} and field in self.filling.answers:
            return _part_of_date(str(self.filling.answers[field]), part)
        return self.filling.answers.get(name, ())

    def _of_fault(self, kind: str, name: str, help_: str) -> str:
        fault = next((each for each in self.filling.faults if each.field == name), None)
        if kind == "described":
            return _described(name, help_, "error" if fault else "")
        if fault is None:
            return ""
        if kind == "wrong":
            return " gt-item--wrong"
        return format_html(
            '<p class="govuk-error-message" id="{}-error">'
            '<span class="govuk-visually-hidden">Error:</span> {}</p>',
            name,
            fault.message,
        )

    def _of_page(self, kind: str) -> str:
        filling = self.filling
        if kind == "csrf":
            return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', filling.csrf)
        if kind == "sealed":
            return conditional_escape(filling.sealed)
        if kind == "progress":
            return _progress(filling.here, filling.of)
        if kind == "titled":
            return _titled(filling)
        return _summary(filling.faults) if filling.faults else _opened(filling.opened)


def _described(name: str, *by: str) -> str:
    ids = " ".join(f"{name}-{each}" for each in by if each)
    return format_html(' aria-describedby="{}"', ids) if ids else ""


def _values(given: Given) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given


def _part_of_date(iso: str, part: str) -> str:
    year, month, day = iso.split("-")
    return {"year": year, "month": str(int(month)), "day": str(int(day))}[part]


def _progress(here: int, of: int) -> str:
    return render_to_string("respond/progress.html", {"here": here, "of": of})


def _summary(faults: Iterable[Fault]) -> str:
    lines = format_html_join(
        "", '<li><a href="#{}">{}</a></li>', ((each.field, each.message) for each in faults)
    )
    return format_html(
        '<div class="govuk-error-summary" tabindex="-1" autofocus><div role="alert">'
        '<h2 class="govuk-error-summary__title">Before you go on</h2><div class="govuk-error-summary__body">'
        '<ul class="govuk-list govuk-error-summary__list">{}</ul></div></div></div>',
        lines,
    )


def _titled(filling: Filling) -> str:
    if filling.faults:
        return "Error: "
    return f"{_more(filling.opened)}: " if filling.opened else ""


def _more(opened: tuple[Question, ...]) -> str:
    return f"{len(opened)} more question{'s' if len(opened) > 1 else ''}"


def _opened(opened: tuple[Question, ...]) -> str:
    """Where the questions are that were not there before, as the page looks like the one just sent."""
    if not opened:
        return ""
    lines = format_html_join(
        "", '<li><a href="#{}">{}</a></li>', ((question.id, question.text) for question in opened)
    )
    return format_html(
        '<div class="gt-opened" role="region" aria-labelledby="opened." tabindex="-1" autofocus>'
        '<h2 class="gt-opened__title" id="opened.">{}, because of what you answered</h2>'
        '<ul class="govuk-list">{}</ul></div>',
        _more(opened),
        lines,
    )


def said(question: Question, answers: Answers) -> list[tuple[str, str]]:
    """What was asked and what was said, in words, for looking through."""
    if question.kind is Kind.MATRIX:
        rows = ((row.text, answers.get(f"{question.id}.{row.id}", ())) for row in question.rows)
        return [(text, _words(question, given)) for text, given in rows]
    words = _words(question, answers.get(question.id, ()))
    other = answers.get(f"{question.id}.other")
    return [(question.text, f"{words}: {other}" if other else words)]


def _words(question: Question, given: Given) -> str:
    if question.scale is None:
        return " ".join(_values(given)) if question.kind is not Kind.DATE else _day(given)
    labels = {answer.code: answer.label for answer in question.scale.answers}
    return "\n".join(labels[code] for code in _values(given))


def _day(given: Given) -> str:
    return " ".join(_part_of_date(given, part) for part, _, _ in DATE_PARTS) if isinstance(given, str) else ""


def whole_sheet(link: LinkFacts) -> Questionnaire:
    """What the link's wave asks, or will ask where it is only looked at."""
    return written(link.draft) if link.is_preview else sheet(link.code, link.version)
