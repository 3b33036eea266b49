"""The front page and a member's own home."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.domain.applications.queries import own_participations
from lodestar.domain.applications.queries.coming import coming_for
from lodestar.domain.common.time import now, today
from lodestar.domain.community.queries.news import news_for
from lodestar.domain.directory.queries import looking
from lodestar.domain.insights.queries import agenda_of, home_of, office_of
from lodestar.domain.office.queries import unread_answers, waiting_count
from lodestar.domain.people.actions.profile import give_consent, keep_profile
from lodestar.domain.people.models import Consent
from lodestar.domain.people.rules import zone_of
from lodestar.domain.programs.queries import offers
from lodestar.domain.programs.rules import phases_of
from lodestar.web.common.access import EVERYONE, MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.phases import drawn
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.feedback import USEFUL_SHORT
from lodestar.web.portal.forms.people import TEXT_VERSION, NewsForm, ProfileForm, known_of
from lodestar.web.portal.meetings import line_of
from lodestar.web.portal.own_words import asked_of

PROFILE_PAGE = "portal/people/profile.html"
MOST_COMING = 3
MOST_MEETINGS = 4
NEWEST = 3
NEWS_PAGE = "portal/people/news.html"


@require_safe
@open_to(*EVERYONE)
def welcome(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/people/welcome.html", {"offers": offers(today())})


@require_safe
@open_to(MEMBER)
def home(request: MemberRequest) -> HttpResponse:
    home = home_of(request.person)
    coming = coming_for(request.person, today())
    context = {
        "home": home,
        "agenda": agenda_of(home, request.person),
        "meetings": [line_of(each, request.person) for each in home.meetings[:MOST_MEETINGS]],
        "own_zone": zone_of(request.person),
        "office": office_of(request.person, today()),
        "answers": unread_answers(request.person),
        "inbox_waiting": waiting_count(request.person),
        **asked_of(request.person, now()),
        "offers": offers(today()) if home.is_empty else [],
        "useful": USEFUL_SHORT,
        "coming": coming[:MOST_COMING],
        "news": news_for(request.person)[:NEWEST],
        "looking": looking(request.person, today()),
        "participations": own_participations(request.person),
        "has_cohorts": len({each.cohort for each in coming}) > 1,
        "phases": drawn(phases_of(home.applications[0].cohort), today())
        if home.first == "application"
        else [],
    }
    return show(request, "portal/people/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def profile(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, PROFILE_PAGE, {"form": ProfileForm(initial=known_of(request.person))})
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return ask_again(request, PROFILE_PAGE, {"form": form})
    keep_profile(request.person, by=request.person, **form.profile())
    messages.success(request, _("Kept. It counts from your next application on."))
    return saved(request, PROFILE_PAGE, {"form": form}, then="portal:me")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def news(request: MemberRequest) -> HttpResponse:
    form = NewsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, NEWS_PAGE, {"form": form})
    if not form.is_valid():
        return ask_again(request, NEWS_PAGE, {"form": form})
    give_consent(
        request.person,
        by=request.person,
        use=Consent.Use.NEWS,
        is_given=form.cleaned_data["is_given"],
        text_version=TEXT_VERSION,
        channel="portal",
    )
    return saved(request, NEWS_PAGE, {"form": form}, then="portal:me")
