"""What do the format of a program, its rubric, and what partners read of each other do?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.queries.reading import fields_read_in
from lodestar.domain.applications.rules.reading import is_read
from lodestar.domain.forms.rules import name_of
from lodestar.domain.programs.models import Audience, Cohort, Design
from lodestar.domain.programs.rules.asked import form_of, roles_in, shown_from, told_of
from lodestar.domain.programs.rules.eligibility import engine_rules, wanted_in_words
from lodestar.web.common.shape import meeting_in_words, talks_in_words

Format, Shown = Design.Format, Design.Shown


def shape_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    by_format = {
        Format.ONE_TO_ONE: _("Each room asks for the next talk until the cohort ends."),
        Format.FLASH: _(
            "Once two people have met, their room asks for no second talk, and nobody counts them as silent."
        ),
        Format.REVERSE: _(
            "The program’s page, the form and every proposal say that the younger one is the mentor. Years ahead "
            "are no merit here."
        ),
        Format.GROUP: _(
            "The office forms the groups, everybody says yes or no, and a group begins with enough yeses. Mentors offer places for a whole group."
        ),
        Format.PEERS: _(
            "Nobody applies as a mentor. The office forms the groups, everybody says yes or no, and a group begins with enough yeses."
        ),
    }
    return [
        talks_in_words(design),
        by_format[Format(design.format)],
        _("“%(told)s” is said before people apply, with every proposal, and when two begin.")
        % {"told": meeting_in_words(design)},
    ]


def eligibility_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    """Say each rule as people who apply read it, and whether it binds."""
    audiences = {each.role: each for each in design.audiences.all()}
    own = list(design.eligibility.all())
    told = []
    for role in roles_in(design):
        rules = engine_rules(audiences.get(role), [rule for rule in own if rule.role == role])
        binding = [wanted_in_words(rule) for rule in rules if rule.is_binding]
        sentence = _("Eligible as one of the %(who)s: %(rules)s")
        told += (
            [sentence % {"who": who_applies(design, role), "rules": " ".join(binding)}]
            if binding
            else []
        )
    nobody = _(
        "Nobody is declined by a rule: whom it speaks against is told before they send, and you decide."
    )
    return [*told, nobody] if told else [_("Anybody may take part whom you accept."), nobody]


def selection_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    rubric = list(design.selection.all())
    return [
        *(
            _scored(who_applies(design, role), [c.name for c in rubric if c.role == role])
            for role in roles_in(design)
        ),
        _("Each reader’s scores stand beside the application, and their mean in the list. You still decide."),
    ]  # fmt: skip


def who_applies(design: Design, role: Audience.Role) -> str:
    """Return what people are called who apply in a role; among peers nobody is a mentee."""
    return str(role.label) if design.has_mentors else _("participants")


def _scored(who: str, names: list[str]) -> str:
    if not names:
        return _("Applications of %(who)s are read without a rubric.") % {"who": who}
    return ngettext(
        "%(count)d thing is scored for %(who)s: %(names)s.",
        "%(count)d things are scored for %(who)s: %(names)s.",
        len(names),
    ) % {"count": len(names), "who": who, "names": ", ".join(names)}


def visibility_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    sentences = {
        Shown.PROPOSAL: _("With the proposal a partner reads: %(what)s."),
        Shown.PAIRED: _("Once both said yes: %(what)s."),
        Shown.OFFICE: _("No partner reads, only the office and the matching: %(what)s."),
    }
    found = []
    for shown, sentence in sentences.items():
        names = [str(a.label) for a in told_of(design) if shown_from(design, a.name) == shown]
        if names:
            found.append(sentence % {"what": ", ".join(names)})
    read = read_by_reviewers(design)
    if read:
        reviewers = _("Reviewers read as well, without names: %(what)s.")
        found.append(reviewers % {"what": ", ".join(read)})
    return [*found, _("The application form says so under each question.")]


def read_by_reviewers(design: Design) -> list[str]:
    """Return what reviewers read of an application: what the rubric is read off, and what is meant for them."""
    scored = fields_read_in(design)
    return [name_of(question) for question in form_of(design) if is_read(question, scored)]
