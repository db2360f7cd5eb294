"""Every component in every state, on one page that is alive: the same templates, an invented area."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.analysis.report.svg.bars import bar_axis, bar_grids, bar_rows
from goldenthread.analysis.report.svg.changes import change_axis, change_rows
from goldenthread.analysis.report.svg.draw import marks
from goldenthread.web.components import samples
from goldenthread.web.components.fields import DateParts

AREA = SimpleNamespace(name="Anyshire", slug="", colour="")
DAY = date(2026, 10, 13)


class Sample(forms.Form):
    """A field of every kind."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "email"}))
    kind = forms.ChoiceField(
        label="What kind is it?", choices=samples.WHERE[1:], widget=forms.RadioSelect, help_text="Choose one."
    )
    district = forms.ChoiceField(label="District", choices=samples.BY, required=False)
    groups = forms.MultipleChoiceField(
        label="Which staff work there?", choices=samples.BY, widget=forms.CheckboxSelectMultiple
    )
    closes = DateParts(label="When does it close?", help_text="For example, 27 3 2027.")
    why = forms.CharField(label="Why is it added?", widget=forms.Textarea({"rows": 3}), required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="I have checked this with the organisation")
    file = forms.FileField(label="Its list of staff", help_text="A CSV or XLSX file of up to 200 MB.")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def components(request: HttpRequest) -> HttpResponse:
    """The living page. ``?wrong=1`` shows its form as somebody sent it with mistakes."""
    wrong = "wrong" in request.GET
    sent = {"closes-day": "31", "closes-month": "2", "closes-year": "2027", "email": "not an address"}
    form = Sample(sent if wrong else None)
    context = _frame("Find") | {"form": form, "page": Paginator(range(400), 10).page(9)}
    return render(request, "components/gallery.html", context | _chart() | _samples())


def front_page(request: HttpRequest) -> HttpResponse:
    """Where is our thread?, of the invented area."""
    context = {
        "area": AREA,
        "nav": samples.nav(),
        "today": DAY,
        "summary": "It holds from Ask to Plan. At Train it thins: two agreed actions have no session.",
        "loose_ends": 12,
        "loose_ends_url": samples.HERE,
        "links": samples.spine(),
        "again": samples.AGAIN,
        "next_steps": samples.NEXT,
        "open_now": samples.OPEN,
    }
    return render(request, "workbench/home.html", context)


def finding(request: HttpRequest) -> HttpResponse:
    """One survey item, answered honestly: a page made of components."""
    return render(request, "components/finding.html", _frame("Find") | _chart() | _samples())


def _frame(here: str) -> dict[str, Any]:
    return {"area": AREA, "nav": samples.nav(), "rail": samples.rail(here)}


def _chart() -> dict[str, Any]:
    bars, mix = samples.agreement(), samples.changes()
    return {
        "marks": marks() + bar_grids([bars]),
        "bars": bars,
        "names": [name for name, _ in bars.key],
        "bar_plots": list(zip(bars.bars, bar_rows(bars), strict=True)),
        "bar_axis": bar_axis(bars),
        "mix": mix,
        "mix_plots": list(zip(mix.rows, change_rows(mix), strict=True)),
        "mix_axis": change_axis(mix),
    }


def _samples() -> dict[str, Any]:
    return {
        "links": samples.spine()[3:],
        "again": samples.AGAIN,
        "trail": samples.TRAIL,
        "strand": samples.STRAND,
        "tally": samples.TALLY,
        "facts": samples.FACTS,
        "crumbs": samples.CRUMBS,
        "options": samples.OPTIONS,
        "by": samples.BY,
        "where": samples.WHERE,
        "waves": samples.WAVES,
        "downloads": samples.DOWNLOADS,
        "columns": samples.COLUMNS,
        "rows": samples.rows(),
        "heat_columns": samples.HEAT_COLUMNS,
        "heat": samples.heat(),
        "next_steps": samples.NEXT,
        "chosen": ("group",),
    }
