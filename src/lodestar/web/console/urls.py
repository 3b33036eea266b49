"""Addresses of this door."""

from django.urls import URLPattern, path

from lodestar.web.console.views import association, matches, matching

app_name = "console"
urlpatterns: list[URLPattern] = [
    path("association/", association.association, name="association"),
    path("cohorts/<str:key>/matching/", matching.cohort_matching, name="matching"),
    path("cohorts/<str:key>/matching/run/", matching.request_run, name="matching-run"),
    path("cohorts/<str:key>/matching/board/", matches.board, name="matching-board"),
    path("cohorts/<str:key>/matching/pair/", matches.new_pair_rule, name="matching-pair"),
    path("pairs/<str:key>/lift/", matches.lift_pair_rule, name="pair-lift"),
    path("runs/<str:key>/", matching.run_page, name="run"),
    path("runs/<str:key>/unmatched/", matching.unmatched, name="run-unmatched"),
    path("runs/<str:key>/changes/", matching.changes, name="run-changes"),
    path("runs/<str:key>/review/", matching.review, name="run-review"),
    path("runs/<str:key>/publish/", matching.publish, name="run-publish"),
    path("runs/<str:key>/discard/", matching.discard, name="run-discard"),
    path("matches/<str:key>/", matches.card, name="match"),
    path("matches/<str:key>/pair/", matches.set_match_rule, name="match-pair"),
    path("matches/<str:key>/withdraw/", matches.withdraw, name="match-withdraw"),
]
