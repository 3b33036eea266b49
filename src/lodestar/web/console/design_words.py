"""What does each step of a design decide, and what does a choice do?"""

from collections.abc import Callable
from functools import partial

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Audience, Cohort, Design
from lodestar.domain.programs.queries import (
    Reach,
    asks_anything,
    nowhere_on_the_roll,
    reach_of,
)
from lodestar.domain.programs.rules.asked import roles_in
from lodestar.domain.programs.rules.defaults import topic_names
from lodestar.domain.programs.rules.pulses import pulse_days
from lodestar.web.console.form_words import form_effects, survey_effects
from lodestar.web.console.group_words import groups_effects, pace_of_groups
from lodestar.web.console.milestone_words import milestone_effects
from lodestar.web.console.pace_words import how_a_match_goes
from lodestar.web.console.shape_words import (
    eligibility_effects,
    selection_effects,
    shape_effects,
    visibility_effects,
    who_applies,
)
from lodestar.web.console.ways_words import ways_effects

STEPS = (
    "goals", "audience", "shape", "groups", "pace", "milestones", "topics", "needs", "form", "criteria", "constraints",
    "ways", "eligibility", "selection", "visibility", "expectations",
)  # fmt: skip
MONTH_DAYS = 30
MOST_PULSES = 4


def steps_of(design: Design) -> tuple[str, ...]:
    """Return the steps that belong to the format of a design."""
    left_out = "ways" if design.makes_groups else "groups"
    return tuple(step for step in STEPS if step != left_out)


def title_of(step: str) -> str:
    return {
        "goals": _("Goals"),
        "audience": _("For whom"),
        "shape": _("Format"),
        "groups": _("Groups"),
        "pace": _("Places and pace"),
        "milestones": _("What happens when"),
        "topics": _("Topics"),
        "needs": _("Needs survey"),
        "form": _("What is asked"),
        "criteria": _("What matching weighs"),
        "constraints": _("What no pair may break"),
        "eligibility": _("Who can take part"),
        "ways": _("How two find each other"),
        "selection": _("Choosing people"),
        "visibility": _("Who sees what"),
        "expectations": _("What is expected"),
    }[step]


def lead_of(step: str) -> str:
    return {
        "goals": _(
            "How will you know that it worked? The pages with numbers are held against these."
        ),
        "audience": _(
            "Whom you have in mind. The roll is counted by it; you still decide on each application."
        ),
        "shape": _(
            "What kind of pair this program makes, and where the two meet. Everybody is told before they apply."
        ),
        "groups": _(
            "How large they are, who leads, and who may sit together. Each rule makes groups harder to find, so keep only those you would defend."
        ),
        "pace": _(
            "How much of a mentor’s time it takes, how soon people talk, and how often they are asked."
        ),
        "milestones": _(
            "First steps, preparation, events, surveys: counted from a turn of the cohort, so that the next one has them too."
        ),
        "topics": _(
            "What people can wish for and offer. About two dozen, in words a friend would use."
        ),
        "needs": _(
            "Before you look for people you can ask both sides what they need. Add a question of your own where its "
            "answer would change what you do."
        ),
        "form": _(
            "What people are asked when they apply, in three short steps. Each question says what it is for, and "
            "who reads the answer."
        ),
        "criteria": _(
            "Give each a weight; the shares always add up to 100. What somebody left blank never counts against them."
        ),
        "constraints": _(
            "Each rule makes good partners harder to find, so keep only those you would defend."
        ),
        "eligibility": _(
            "Rules beside the audience. Each application is held against them at once, with its reasons; nobody is declined by them, you decide."
        ),
        "ways": _(
            "Whether the office matches, people ask a mentor themselves, or everybody makes a list; also side by side."
        ),
        "selection": _(
            "By what you read applications, so that two people of the office read them alike."
        ),
        "visibility": _(
            "What two partners read of each other, and from when on. The office and the matching read all of it; reviewers what they score."
        ),
        "expectations": _(
            "Told to everybody before they send their application, so that nobody is surprised later."
        ),
    }[step]


def effects_of(step: str, design: Design, cohort: Cohort | None) -> list[str]:
    """Return in a sentence each what the choices of a step do."""
    found: dict[str, Callable[[Design, Cohort | None], list[str]]] = {
        "goals": _goals,
        "audience": _audience,
        "shape": shape_effects,
        "groups": groups_effects,
        "pace": _pace,
        "milestones": milestone_effects,
        "topics": _topics,
        "needs": partial(survey_effects, "needs"),
        "form": form_effects,
        "criteria": _criteria,
        "constraints": _constraints,
        "eligibility": eligibility_effects,
        "ways": ways_effects,
        "selection": selection_effects,
        "visibility": visibility_effects,
        "expectations": _expectations,
    }
    return found[step](design, cohort)


def summary_of(step: str, design: Design, cohort: Cohort | None) -> str:
    """Return a step in one line: its first effects."""
    return " ".join(effects_of(step, design, cohort)[:2])


def _goals(design: Design, _cohort: Cohort | None) -> list[str]:
    goals = [goal for goal in design.goals.order_by("pk") if goal.target > 0]
    return [
        _("%(goal)s: %(target)s.") % {"goal": goal, "target": localize(goal.target.normalize())}
        for goal in goals
    ] or [_("There is nothing yet that the program is held against.")]


def _audience(design: Design, _cohort: Cohort | None) -> list[str]:
    kept = {audience.role: audience for audience in design.audiences.all()}
    return [_reach(who_applies(design, role), kept.get(role)) for role in roles_in(design)]


def _reach(who: str, audience: Audience | None) -> str:
    if audience is None or not asks_anything(audience):
        return _("Anybody on the roll may be among the %(who)s.") % {"who": who}
    reach = reach_of(audience)
    told = {
        "who": who,
        "inside": localize(reach.inside, use_l10n=True),
        "everybody": localize(reach.everybody, use_l10n=True),
    }
    sentence = _("%(inside)s of %(everybody)s people on the roll are in the audience of %(who)s.")
    nowhere = ", ".join(f"“{country}”" for country in nowhere_on_the_roll(audience))
    missed = _("Nobody on the roll lives in %(countries)s.") % {"countries": nowhere}
    found = [sentence % told, _of_the_unknown(reach), missed if nowhere else ""]
    return " ".join(filter(None, found))


def _of_the_unknown(reach: Reach) -> str:
    if not reach.unknown:
        return ""
    return ngettext(
        "Of %(count)d more the roll does not say.",
        "Of %(count)d more the roll does not say.",
        reach.unknown,
    ) % {"count": reach.unknown}


def _pace(design: Design, cohort: Cohort | None) -> list[str]:
    found = [*_how_much(design, cohort), *_asked(design, cohort)]
    return found if design.makes_groups else [*found, *how_a_match_goes(design)]


def _how_much(design: Design, cohort: Cohort | None) -> list[str]:
    """Return how much time of people it takes."""
    if design.makes_groups:
        return pace_of_groups(design, cohort)
    if design.format == Design.Format.FLASH:
        return [_talks_of_a_mentor(design)]
    hours = design.capacity_default * MONTH_DAYS / max(1, design.cadence_days)
    told = ngettext(
        "A mentor with %(count)d mentee talks for about %(hours)s hours a month.",
        "A mentor with %(count)d mentees talks for about %(hours)s hours a month.",
        design.capacity_default,
    ) % {"count": design.capacity_default, "hours": localize(round(hours, 1))}
    if cohort is None:
        return [told]
    talks = (cohort.ends_on - cohort.starts_on).days // max(1, design.cadence_days)
    times = ngettext(
        "In “%(name)s” two people talk about %(count)d time.",
        "In “%(name)s” two people talk about %(count)d times.",
        talks,
    ) % {"name": cohort.name, "count": talks}
    return [told, times]


def _talks_of_a_mentor(design: Design) -> str:
    return ngettext(
        "A mentor gives one talk, and %(most)d at most if they like.",
        "A mentor gives %(count)d talks, one to each mentee, and %(most)d at most if they like.",
        design.capacity_default,
    ) % {"count": design.capacity_default, "most": design.capacity_maximum}


def _asked(design: Design, cohort: Cohort | None) -> list[str]:
    if cohort is None:
        return []
    asked = pulse_days(design, (cohort.ends_on - cohort.starts_on).days)[:MOST_PULSES]
    if not asked:
        return [_("Nobody is asked how it goes.")]
    return [_("They are asked how it goes on day %(days)s.") % {"days": ", ".join(map(str, asked))}]


def _topics(design: Design, _cohort: Cohort | None) -> list[str]:
    count = len(topic_names(design.topics))
    return [
        ngettext("%(count)d topic to choose from.", "%(count)d topics to choose from.", count)
        % {"count": count},
        _(
            "Mentees choose up to six and say which three matter most; mentors say how well they know each."
        ),
    ]


def _criteria(design: Design, _cohort: Cohort | None) -> list[str]:
    weighed = [c for c in design.criteria.all() if c.weight > 0]
    names = ", ".join(str(c) for c in sorted(weighed, key=lambda c: -c.weight)[:3])
    if not weighed:
        return [_("Nothing is weighed yet.")]
    return [
        ngettext("%(count)d criterion is weighed.", "%(count)d criteria are weighed.", len(weighed))
        % {"count": len(weighed)},
        _("Most counts: %(names)s.") % {"names": names},
    ]


def _constraints(design: Design, _cohort: Cohort | None) -> list[str]:
    rules = [str(rule) for rule in design.constraints.order_by("pk")]
    return [f"{rule}." for rule in rules] or [_("Anybody may be proposed to anybody.")]


def _expectations(design: Design, _cohort: Cohort | None) -> list[str]:
    things = len(design.mentees_can_be_counted_on) + len(design.mentors_can_be_counted_on)
    return [
        ngettext(
            "%(count)d thing is told to people who apply.",
            "%(count)d things are told to people who apply.",
            things,
        )
        % {"count": things}
        if things
        else _("Nothing is told to people who apply.")
    ]
