"""Which rules say who may take part, and how is one told?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lodestar.domain.forms.rules import Form, Question, label_of, options_of, quoted
from lodestar.domain.programs.models import Audience, EligibilityRule
from lodestar.domain.programs.rules.asked import form_of, question_of_field
from lodestar.engine.selection.eligibility import Finding, Kind, Rule

Role = Audience.Role
MOST_SAID = {"hours_per_month": 40, "years_of_experience": 70, "capacity": 20}


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer that is a number and may be asked to be at least so much, with how it is told."""

    name: str
    label: object
    roles: tuple[Role, ...]


COUNTED = (
    Counted("hours_per_month", gettext_lazy("Hours a month"), (Role.MENTEE, Role.MENTOR)),
    Counted("years_of_experience", gettext_lazy("Years since graduation"), (Role.MENTEE, Role.MENTOR)),
    Counted("capacity", gettext_lazy("Places for mentees"), (Role.MENTOR,)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EligibilityWish:
    """One rule on who may take part in a role; without `least` it asks who they are."""

    role: str
    kind: str
    answer: str = ""
    least: int | None = None
    is_binding: bool = False
    values: tuple[str, ...] = ()


def choices_of(form: Form, role: str) -> list[Question]:
    """Return the questions of the program's own whose answers a rule can ask for."""
    return [each for each in form if each.is_own and each.option_keys and each.is_asked_of(role)]


def counted_of(role: str) -> list[Counted]:
    return [each for each in COUNTED if role in each.roles]


def engine_rules(audience: Audience | None, eligibility: Iterable[EligibilityRule]) -> list[Rule]:
    """Return the rules of one role as the engine holds people against them."""
    own = [
        Rule(
            Kind(each.kind),
            each.answer or each.kind,
            each.is_binding,
            first=each.least,
            values=tuple(each.values),
            named=named_for(each),
        )
        for each in eligibility
    ]
    return [*(_of_the_audience(audience) if audience else ()), *own]


def named_for(rule: EligibilityRule) -> tuple[tuple[str, str], ...]:
    """Return what a rule on a question of the program's own speaks of, by key, in the reader's language."""
    if rule.kind != EligibilityRule.Kind.CHOSEN:
        return ()
    question = question_of_field(form_of(rule.design), rule.answer)
    if question is None:
        return ()
    language = get_language() or ""
    return ((rule.answer, label_of(question, language)), *options_of(question, language))


def _of_the_audience(audience: Audience) -> list[Rule]:
    binds = audience.is_binding
    found = []
    first, last = audience.class_year_from, audience.class_year_to
    if first or last:
        found.append(Rule(Kind.YEARS, "class_year", binds, first=first, last=last))
    for fact, kind, values in (
        ("country", Kind.SAME, audience.countries),
        ("field_of_study", Kind.CONTAINS, audience.fields_of_study),
        ("industry", Kind.CONTAINS, audience.industries),
    ):
        if values:
            found.append(Rule(kind, fact, binds, values=tuple(values)))
    return found


def wanted_in_words(rule: Rule) -> str:
    """Say what a rule asks, as a sentence that anybody may read."""
    if rule.kind is Kind.CHOSEN:
        told = {
            "values": quoted(called(rule, rule.values)),
            "question": called(rule, [rule.fact])[0],
        }
        return _("This cohort is for people who answer %(values)s to “%(question)s”.") % told
    told = {"values": ", ".join(rule.values)}
    sentences = {
        "country": _("This cohort is for people in %(values)s."),
        "field_of_study": _("This cohort is for people who studied %(values)s."),
        "industry": _("This cohort is for people who work in %(values)s."),
        "on_roll": _("This cohort is for people on our alumni roll."),
        "verified": _(
            "In this cohort somebody has to know who you are: our roll, or a person who vouches for you."
        ),
    }
    if rule.fact == "class_year":
        return _years_in_words(rule)
    return sentences[rule.fact] % told if rule.fact in sentences else _least_in_words(rule)


def called(rule: Rule, keys: Iterable[str]) -> list[str]:
    """Return what a question or its choices are called; what is gone keeps its key."""
    words = dict(rule.named)
    return [words.get(key, key) for key in keys]


def said_in_words(finding: Finding) -> object:
    said = finding.said
    return ", ".join(called(finding.rule, said)) if isinstance(said, tuple) else said


def _years_in_words(rule: Rule) -> str:
    told = {"first": rule.first, "last": rule.last}
    if rule.first and rule.last:
        return _("This cohort is for class years %(first)d to %(last)d.") % told
    if rule.first:
        return _("This cohort is for class years from %(first)d on.") % told
    return _("This cohort is for class years up to %(last)d.") % told


def _least_in_words(rule: Rule) -> str:
    least = rule.first or 0
    sentences = {
        "hours_per_month": ngettext(
            "It takes at least %(least)d hour a month.",
            "It takes at least %(least)d hours a month.",
            least,
        ),
        "years_of_experience": ngettext(
            "This role is for people at least %(least)d year after graduation.",
            "This role is for people at least %(least)d years after graduation.",
            least,
        ),
        "capacity": ngettext(
            "A mentor here takes at least %(least)d mentee.",
            "A mentor here takes at least %(least)d mentees.",
            least,
        ),
    }
    return sentences[rule.fact] % {"least": least}


def to_applicant(finding: Finding) -> str:
    """Say a finding to the person themself: what is asked, and what they said."""
    wanted = wanted_in_words(finding.rule)
    if finding.is_known:
        return _("%(wanted)s You said %(said)s.") % {
            "wanted": wanted,
            "said": said_in_words(finding),
        }
    if finding.rule.kind in (Kind.ON_ROLL, Kind.VERIFIED):
        return _("%(wanted)s We do not find you on the roll by your address.") % {"wanted": wanted}
    return _("%(wanted)s You have not said it yet.") % {"wanted": wanted}


def to_office(finding: Finding) -> str:
    """Say a finding to the office."""
    wanted = wanted_in_words(finding.rule)
    if finding.is_known:
        return _("%(wanted)s They said %(said)s.") % {
            "wanted": wanted,
            "said": said_in_words(finding),
        }
    if finding.rule.kind in (Kind.ON_ROLL, Kind.VERIFIED):
        return _("Nobody has confirmed yet who they are.")
    return _("%(wanted)s Neither the form nor the roll says it.") % {"wanted": wanted}


def reasons_for_letter(findings: Sequence[Finding]) -> str:
    """Return what a kind no may say: what the cohort is for, where it is known that somebody is outside."""
    return " ".join(to_applicant(each) for each in findings if each.is_known)


def why_not_eligibility(wishes: Sequence[EligibilityWish]) -> str:
    """Say why these rules cannot be kept, or nothing."""
    for wish in wishes:
        most = MOST_SAID.get(wish.answer, 0)
        if wish.kind == EligibilityRule.Kind.AT_LEAST and not 0 < (wish.least or 0) <= most:
            return _("Ask for a number from 1 to %(most)d, or leave the rule blank.") % {"most": most or 1}  # fmt: skip
    return ""


def why_not_chosen(wishes: Sequence[EligibilityWish], form: Form) -> str:
    """Say why rules on questions of the program's own cannot be kept with this form, or nothing."""
    for wish in wishes:
        if wish.kind != EligibilityRule.Kind.CHOSEN:
            continue
        asked = {each.key: each for each in choices_of(form, wish.role)}
        question = asked.get(wish.answer)
        if question is None:
            return _("A rule is about a question that is not asked here any more. Look again.")
        if not wish.values or not set(wish.values) < set(question.option_keys):
            return _("Tick some of the answers to “%(question)s”, but not all of them.") % {
                "question": label_of(question)
            }
    return ""
