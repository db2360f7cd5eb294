"""The workbench's addresses, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import NEVER, SIGNED_IN, page
from goldenthread.web.workbench import (
    builds,
    columns,
    compare,
    crosswalk,
    explore,
    figures,
    home,
    results,
    settings,
    surveys,
    waves,
)
from goldenthread.web.workbench.asking_urls import asking_pages
from goldenthread.web.workbench.headcount_urls import headcount_pages
from goldenthread.web.workbench.lists_urls import list_pages
from goldenthread.web.workbench.organisations_urls import organisation_pages
from goldenthread.web.workbench.people_urls import people_pages
from goldenthread.web.workbench.pupils_urls import pupil_pages

ASK, CHANGE, SEE, BUILD = "survey.see", "survey.change", "results.see", "results.build"
SURVEY = "<slug:area>/surveys/<slug:survey>/"
WAVE = f"{SURVEY}waves/<slug:wave>/"
RESULTS = "<slug:area>/results/<slug:survey>/"

survey_pages = [
    page("<slug:area>/surveys/", surveys.every, name="surveys", may=ASK, post=NEVER),
    page("<slug:area>/surveys/new/", surveys.new, name="survey-new", may=CHANGE),
    page(SURVEY, surveys.one, name="survey", may=ASK, post=NEVER),
    page(f"{SURVEY}add/", surveys.add_wave, name="wave-new", may=CHANGE),
    page(f"{SURVEY}add-figures/", figures.add, name="figures-new", may=CHANGE),
    page(f"{SURVEY}add-figures/template/", figures.template, name="figures-template", may=CHANGE, post=NEVER),
    page(f"{SURVEY}groups/", surveys.groups, name="groups", may=CHANGE),
    page(f"{SURVEY}crosswalk/", crosswalk.crosswalk, name="crosswalk", may=ASK, post=NEVER),
    page(f"{SURVEY}crosswalk/<str:item>/", crosswalk.item, name="crosswalk-item", may=CHANGE),
    page(f"{WAVE}columns/", columns.columns, name="columns", may=CHANGE),
    page(f"{WAVE}problems/", waves.problems, name="problems", may=CHANGE),
    page(f"{WAVE}problems/csv/", waves.problem_file, name="problem-file", may=CHANGE, post=NEVER),
    page(f"{WAVE}figures/", figures.figures, name="figures", may=CHANGE),
    page(f"{WAVE}read-again/", waves.read_again, name="wave-read", may=CHANGE),
    page(f"{WAVE}replace/", waves.replace_file, name="wave-replace", may=CHANGE),
    page(f"{WAVE}questions/<str:question>/", crosswalk.question, name="question", may=ASK, post=NEVER),
    page(f"{WAVE}take-out/", waves.drop, name="wave-drop", may=CHANGE),
]

result_pages = [
    page("<slug:area>/results/", results.latest, name="findings", may=SEE, post=NEVER),
    page(RESULTS, results.results, name="results", may=SEE, post=NEVER),
    page(f"{RESULTS}who/", results.who, name="who", may=SEE, post=NEVER),
    page(f"{RESULTS}builds/", builds.every, name="builds", may=SEE, post=NEVER),
    page(f"{RESULTS}builds/ask/", builds.ask, name="build-ask", may=BUILD),
    page(f"{RESULTS}builds/compare/", compare.compare, name="compare", may=SEE, post=NEVER),
    page(f"{RESULTS}builds/<int:number>/<str:name>", builds.file, name="build-file", may=SEE, post=NEVER),
    page(f"{RESULTS}items/<str:item>/", explore.item, name="item", may=SEE, post=NEVER),
    page(f"{RESULTS}items/<str:item>/<slug:kind>/", explore.take_away, name="item-file", may=SEE, post=NEVER),
]

urlpatterns = [
    page("", home.start, name="start", may=SIGNED_IN, post=NEVER),
    page("<slug:area>/", home.thread, name="home", may="area.see", post=NEVER),
    page("<slug:area>/settings/", settings.every, name="settings", may="area.see", post=NEVER),
    *survey_pages,
    *asking_pages,
    *result_pages,
    *list_pages,
    *organisation_pages,
    *headcount_pages,
    *people_pages,
    *pupil_pages,
]
