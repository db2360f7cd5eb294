"""The addresses on which people answer. They stand before an area's own, so no area can be called by them."""

from __future__ import annotations

from goldenthread.web.access import ANYONE, NEVER, page
from goldenthread.web.respond import views

PREVIEW = "<slug:area>/surveys/<slug:survey>/asked/<slug:wave>/preview/"

urlpatterns = [
    page("s/<slug:code>/", views.respond, name="respond", may=ANYONE),
    page("s/<slug:code>/lost/", views.lost_code, name="respond-lost", may=ANYONE),
    page("s/<slug:code>/sent/", views.sent, name="respond-sent", may=ANYONE, post=NEVER),
    page(PREVIEW, views.preview, name="preview", may="survey.see"),
]
