"""Addresses of the members' door."""

from django.urls import URLPattern, path

from lodestar.web.portal.views import (
    applications,
    feedback,
    matching,
    me,
    mentorships,
    needs,
    people,
    programs,
    roadmaps,
)

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", people.welcome, name="welcome"),
    path("home/", people.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/profile/", people.profile, name="profile"),
    path("me/news/", people.news, name="news"),
    path("me/name/", me.name, name="name"),
    path("me/address/", me.address, name="address"),
    path("me/address/code/", me.address_code, name="address-code"),
    path("me/sign-out-everywhere/", me.sign_out_everywhere, name="sign-out-everywhere"),
    path("programs/<slug:slug>/", programs.program, name="program"),
    path("programs/<slug:slug>/apply/<slug:role>/", applications.apply, name="apply"),
    path(
        "programs/<slug:slug>/apply/<slug:role>/<slug:step>/", applications.step, name="apply-step"
    ),
    path("programs/<slug:slug>/needs/<slug:role>/", needs.needs, name="needs"),
    path(
        "programs/<slug:slug>/needs/<slug:role>/take-back/", needs.take_back, name="needs-take-back"
    ),
    path("words/<slug:field>/", needs.words, name="words"),
    path("applications/<str:key>/", applications.application, name="application"),
    path("applications/<str:key>/submit/", applications.submit, name="application-submit"),
    path("applications/<str:key>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("matches/<str:key>/", matching.match_page, name="match"),
    path("matches/<str:key>/accept/", matching.accept, name="match-accept"),
    path("matches/<str:key>/decline/", matching.decline, name="match-decline"),
    path("mentorships/<str:key>/", mentorships.mentorship, name="mentorship"),
    path("mentorships/<str:key>/meet/", mentorships.meet, name="mentorship-meet"),
    path("mentorships/<str:key>/met-today/", mentorships.met_today, name="mentorship-met-today"),
    path("mentorships/<str:key>/goals/", mentorships.goal, name="mentorship-goal"),
    path(
        "mentorships/<str:key>/goals/<str:goal_key>/finish/",
        mentorships.finish_goal,
        name="mentorship-goal-finish",
    ),
    path(
        "mentorships/<str:key>/goals/<str:goal_key>/drop/",
        mentorships.drop_goal,
        name="mentorship-goal-drop",
    ),
    path("mentorships/<str:key>/write/", mentorships.write, name="mentorship-write"),
    path("mentorships/<str:key>/pause/", mentorships.pause, name="mentorship-pause"),
    path("mentorships/<str:key>/resume/", mentorships.resume, name="mentorship-resume"),
    path("mentorships/<str:key>/end/", mentorships.end, name="mentorship-end"),
    path("mentorships/<str:key>/concern/", feedback.concern, name="concern"),
    path("mentorships/<str:key>/silence/", feedback.silence, name="silence"),
    path("pulses/<str:key>/", feedback.pulse, name="pulse"),
    path("shared/<str:secret>/", roadmaps.roadmap, name="roadmap"),
    path("shared/<str:secret>/roadmap.pdf", roadmaps.roadmap_paper, name="roadmap-paper"),
]
