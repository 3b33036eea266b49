"""Addresses of this door."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from lodestar.web.console.views import (
    applications,
    association,
    cohorts,
    designs,
    feedback,
    imports,
    insights,
    letters,
    matches,
    matching,
    needs,
    people,
    programs,
    recruiting,
)


class KnownStep(StringConverter):
    """A step that a concern can take; anything else is no address of ours."""

    regex = "acknowledge|act|close"


register_converter(KnownStep, "step")

app_name = "console"
urlpatterns: list[URLPattern] = [
    path("", programs.home, name="home"),
    path("programs/new/", programs.new, name="program-new"),
    path("programs/<str:key>/", programs.program, name="program"),
    path("programs/<str:key>/coordinators/", programs.appoint, name="coordinator-appoint"),
    path("programs/<str:key>/design/", designs.design, name="design"),
    path("programs/<str:key>/design/<slug:section>/", designs.section, name="design-section"),
    path("programs/<str:key>/cohorts/new/", cohorts.new, name="cohort-new"),
    path("coordinators/<str:key>/release/", programs.release, name="coordinator-release"),
    path("cohorts/<str:key>/days/", cohorts.days, name="cohort-days"),
    path("cohorts/<str:key>/open/", cohorts.open_to_people, name="cohort-open"),
    path("cohorts/<str:key>/applications/", applications.applications, name="applications"),
    path(
        "cohorts/<str:key>/applications/accept/",
        applications.accept_chosen,
        name="applications-accept",
    ),
    path("applications/<str:key>/", applications.application, name="application"),
    path("applications/<str:key>/decide/", applications.decide, name="application-decide"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<str:key>/release/", letters.release, name="letter-release"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="import-new"),
    path("imports/<str:key>/", imports.import_page, name="import"),
    path("imports/<str:key>/columns/", imports.columns, name="import-columns"),
    path("imports/<str:key>/apply/", imports.apply, name="import-apply"),
    path("imports/<str:key>/undo/", imports.undo, name="import-undo"),
    path("imports/<str:key>/discard/", imports.discard, name="import-discard"),
    path("imports/<str:key>/refused/", imports.refused, name="import-refused"),
    path("people/", people.people, name="people"),
    path("people/<str:key>/", people.person_page, name="person"),
    path("people/<str:key>/roles/<slug:kind>/appoint/", people.appoint_role, name="person-appoint"),
    path("people/<str:key>/roles/<slug:kind>/withdraw/", people.withdraw, name="person-withdraw"),
    path("people/<str:key>/access/end/", people.end, name="person-end"),
    path("people/<str:key>/access/restore/", people.restore, name="person-restore"),
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
    path("cohorts/<str:key>/needs/", needs.needs, name="needs"),
    path("cohorts/<str:key>/needs/compute/", needs.compute, name="needs-compute"),
    path("cohorts/<str:key>/needs/people/", needs.people, name="needs-people"),
    path("cohorts/<str:key>/needs/values.csv", needs.values_file, name="needs-file"),
    path("cohorts/<str:key>/needs/ask/<slug:role>/", needs.ask, name="needs-ask"),
    path("cohorts/<str:key>/needs/answers/<slug:role>/", needs.answers, name="needs-answers"),
    path("cohorts/<str:key>/needs/alumni/", recruiting.alumni, name="needs-alumni"),
    path("cohorts/<str:key>/needs/alumni.csv", recruiting.alumni_file, name="needs-alumni-file"),
    path("cohorts/<str:key>/needs/plan/", recruiting.plan, name="needs-plan"),
    path("recruitment/<str:key>/drop/", recruiting.drop, name="recruitment-drop"),
    path("cohorts/<str:key>/", insights.cohort, name="cohort"),
    path("cohorts/<str:key>/insights/", insights.numbers, name="insights"),
    path("cohorts/<str:key>/insights/funnel.csv", insights.numbers_file, name="insights-file"),
    path("cohorts/<str:key>/mentorships/", insights.mentorships, name="mentorships"),
    path("concerns/", feedback.concerns, name="concerns"),
    path("concerns/<str:key>/", feedback.concern, name="concern"),
    path("concerns/<str:key>/<step:step>/", feedback.move_concern, name="concern-move"),
    path("safety/", feedback.safety, name="safety"),
    path("safety/<str:key>/", feedback.report, name="report"),
    path("safety/<str:key>/hold/", feedback.hold, name="report-hold"),
    path("safety/<str:key>/release/", feedback.release, name="report-release"),
    path("safety/<str:key>/<step:step>/", feedback.move_report, name="report-move"),
]
