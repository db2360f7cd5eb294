"""The workbench's addresses, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import SIGNED_IN, page
from goldenthread.web.workbench import builds, crosswalk, explore, home, settings, surveys, waves
from goldenthread.web.workbench.headcount_urls import headcount_pages
from goldenthread.web.workbench.lists_urls import list_pages
from goldenthread.web.workbench.organisations_urls import organisation_pages
from goldenthread.web.workbench.people_urls import people_pages

ASK, CHANGE, SEE, BUILD = "survey.see", "survey.change", "results.see", "results.build"
SURVEY = "<slug:area>/surveys/<slug:survey>/"
WAVE = f"{SURVEY}waves/<slug:wave>/"
RESULTS = "<slug:area>/results/<slug:survey>/"

survey_pages = [
    page("<slug:area>/surveys/", surveys.every, name="surveys", may=ASK),
    page("<slug:area>/surveys/new/", surveys.new, name="survey-new", may=CHANGE),
    page(SURVEY, surveys.one, name="survey", may=ASK),
    page(f"{SURVEY}add/", surveys.add_wave, name="wave-new", may=CHANGE),
    page(f"{SURVEY}add-figures/", surveys.add_figures, name="figures-new", may=CHANGE),
    page(f"{SURVEY}groups/", surveys.groups, name="groups", may=CHANGE),
    page(f"{SURVEY}crosswalk/", crosswalk.crosswalk, name="crosswalk", may=ASK),
    page(f"{SURVEY}crosswalk/<str:item>/", crosswalk.item, name="crosswalk-item", may=CHANGE),
    page(f"{WAVE}columns/", waves.columns, name="columns", may=CHANGE),
    page(f"{WAVE}problems/", waves.problems, name="problems", may=CHANGE),
    page(f"{WAVE}take-out/", waves.drop, name="wave-drop", may=CHANGE),
]

result_pages = [
    page("<slug:area>/results/", explore.latest, name="findings", may=SEE),
    page(RESULTS, explore.results, name="results", may=SEE),
    page(f"{RESULTS}who/", explore.who, name="who", may=SEE),
    page(f"{RESULTS}builds/", builds.every, name="builds", may=SEE),
    page(f"{RESULTS}builds/ask/", builds.ask, name="build-ask", may=BUILD),
    page(f"{RESULTS}builds/<int:number>/<str:name>", builds.file, name="build-file", may=SEE),
    page(f"{RESULTS}items/<str:item>/", explore.item, name="item", may=SEE),
    page(f"{RESULTS}items/<str:item>/<slug:kind>/", explore.take_away, name="item-file", may=SEE),
]

urlpatterns = [
    page("", home.start, name="start", may=SIGNED_IN),
    page("<slug:area>/", home.thread, name="home", may="area.see"),
    page("<slug:area>/settings/", settings.every, name="settings", may="area.see"),
    *survey_pages,
    *result_pages,
    *list_pages,
    *organisation_pages,
    *headcount_pages,
    *people_pages,
]
