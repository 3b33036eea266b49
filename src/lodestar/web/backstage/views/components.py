"""Every piece that pages are made of, in each of its states."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules import Phases
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.charts import span_of
from lodestar.web.common.page import show
from lodestar.web.common.timeline import Timeline, timeline_of

PEOPLE = {
    "amina": Person(given_name="Amina", family_name="Odhiambo", public_id="a"),
    "ruth": Person(given_name="Ruth", family_name="Okafor", public_id="ruth"),
    "arabic": Person(given_name="ليلى", family_name="المنصوري", public_id="l"),
    "chinese": Person(given_name="文静", family_name="李", public_id="w"),
    "long": Person(
        given_name="Maria-Theresia Wilhelmine",
        family_name="von Hohenstein-Waldburg zu Wolfegg und Waldsee",
        public_id="m",
    ),
    "nobody": Person(public_id="n"),
}
STEPS = [
    {"label": _("About you"), "state": "done"},
    {"label": _("Your topics"), "state": "now"},
    {"label": _("Your time"), "state": ""},
    {"label": _("Look it over"), "state": ""},
]
FUNNEL = [
    {"label": _("applied"), "count": 184},
    {"label": _("accepted"), "count": 171},
    {"label": _("matched"), "count": 168},
    {"label": _("both said yes"), "count": 139},
    {"label": _("met"), "count": 121},
]
COLOURS = (
    "paper", "sheet-colour", "line", "edge", "ink", "soft-colour", "brand", "link", "wash", "star",
    "good", "warn", "bad",
)  # fmt: skip


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("What should people call you?"), max_length=60)
    about = forms.CharField(
        label=_("What would make this worth your time?"),
        help_text=_("Two or three sentences are plenty. Your mentor reads them before you meet."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    style = forms.MultipleChoiceField(
        label=_("What do you need most from a mentor?"),
        help_text=_("Choose as many as are true."),
        choices=[
            ("listens", _("Someone who listens")),
            ("challenges", _("Someone who challenges me")),
            ("opens_doors", _("Someone who opens doors")),
            ("teaches", _("Someone who teaches")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    often = forms.ChoiceField(
        label=_("How often would you like to meet?"),
        choices=[("14", _("Every two weeks")), ("30", _("Once a month"))],
        widget=forms.RadioSelect,
    )
    zone = forms.ChoiceField(
        label=_("Your time zone"), choices=[("n", "Africa/Nairobi"), ("l", "Europe/London")]
    )
    begins_on = forms.DateField(
        label=_("From when?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    agreed = forms.BooleanField(
        label=_("I will tell my partner when I can't come"),
        help_text=_("That one sentence saves more mentorships than any other."),
    )


def phases() -> list[dict[str, object]]:
    year = today().year
    return [
        {"label": _("Applications open"), "on": date(year, 9, 1), "state": "done"},
        {"label": _("Applications close"), "on": date(year, 10, 14), "state": "done"},
        {"label": _("You hear from us"), "on": date(year, 10, 28), "state": "now"},
        {"label": _("First meetings"), "on": date(year, 11, 11), "state": ""},
    ]


def milestones() -> list[dict[str, object]]:
    first, last = date(today().year, 11, 12), date(today().year, 11, 18)
    talk = {
        "name": _("A talk before you begin"),
        "text": _("How to listen, and whom to turn to."),
        "place": _("Room 4"),
    }
    questions = {"name": _("Write down three questions"), "text": ""}
    return [
        {"milestone": talk, "starts_on": first, "ends_on": first},
        {"milestone": questions, "starts_on": first, "ends_on": last},
    ]


def timeline() -> Timeline:
    """Return a usual cohort that opened three weeks ago."""
    first = today() - timedelta(days=21)
    phases = Phases(*(first + timedelta(days=day) for day in (0, 28, 35, 49, 231)))
    return timeline_of(phases, Design(), today(), staying=["opens_on"])


@require_safe
@open_to(*EVERYONE)
def components(request: HttpRequest) -> HttpResponse:
    context = PEOPLE | {
        "people": list(PEOPLE.values()),
        "empty_form": Sample(prefix="new"),
        "wrong_form": Sample({"bad-about": "I want to leave the laboratory."}, prefix="bad"),
        "steps": STEPS,
        "phases": phases(),
        "milestones": milestones(),
        "timeline": timeline(),
        "funnel": FUNNEL,
        "span": span_of(34, 48, 41, whole=60, actual=44),
        "colours": COLOURS,
        "page": Paginator(range(90), 20).page(2),
        "moment": now(),
        "day": today(),
    }
    return show(request, "backstage/components.html", context)
