"""How does a cohort come to be, open, and close?"""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.messaging.actions import hold_queued
from lodestar.domain.people.models import Person
from lodestar.domain.programs import rules
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort, Design, Program
from lodestar.domain.programs.queries import latest_design, obstacles_of
from lodestar.domain.programs.rules import DAYS, Phases


@transaction.atomic
def create_cohort(
    program: Program, *, by: Person, name: str, phases: Phases, is_pilot: bool = False
) -> Cohort:
    """Plan one run of the program on its latest design."""
    program = program.locked()
    require_coordinator(by, program)
    if problems := rules.why_not_in_order(phases):
        raise RefusedError(" ".join(problems))
    refuse_taken_name(program, name)
    cohort = Cohort(
        program=program,
        design=latest_design(program),
        name=name.strip(),
        is_pilot=is_pilot,
        **{day: getattr(phases, day) for day in DAYS},
    )
    cohort.full_clean()
    cohort.save()
    record("cohort.created", cohort, by=by)
    return cohort


def refuse_taken_name(program: Program, name: str, besides: Cohort | None = None) -> None:
    holder = program.cohorts.filter(name=name.strip()).first()
    if holder and holder != besides:
        raise RefusedError(
            _("This program already has a cohort called “%(name)s”. Choose another name.")
            % {"name": name.strip()}
        )


@transaction.atomic
def change_cohort(
    cohort: Cohort, *, by: Person, name: str, phases: Phases, is_pilot: bool = False
) -> Cohort:
    """Rename a cohort or move its days, as far as people do not already rely on them."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if problem := rules.why_not_change_cohort(cohort, phases, today()):
        raise RefusedError(problem)
    if problem := rules.why_not_ordinary(cohort, is_pilot=is_pilot):
        raise RefusedError(problem)
    refuse_taken_name(cohort.program, name, besides=cohort)
    moved = [day for day in DAYS if getattr(cohort, day) != getattr(phases, day)]
    for day in moved:
        setattr(cohort, day, getattr(phases, day))
    cohort.name, cohort.is_pilot = name.strip(), is_pilot
    cohort.full_clean()
    cohort.save()
    record("cohort.changed", cohort, by=by, moved=moved)
    return cohort


@transaction.atomic
def hold_letters(cohort: Cohort, *, by: Person) -> Cohort:
    """Let every letter of a trial run wait for its release, those queued already too."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if problem := rules.why_not_hold_letters(cohort):
        raise RefusedError(problem)
    if not cohort.holds_letters:
        cohort.holds_letters = True
        cohort.save(update_fields=["holds_letters"])
        record("cohort.letters_held", cohort, by=by, queued=hold_queued(cohort))
    return cohort


@transaction.atomic
def send_letters_at_once(cohort: Cohort, *, by: Person) -> Cohort:
    """Hold no new letter any more; those that wait stay until somebody releases them."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if cohort.holds_letters:
        cohort.holds_letters = False
        cohort.save(update_fields=["holds_letters"])
        record("cohort.letters_freed", cohort, by=by)
    return cohort


@transaction.atomic
def drop_cohort(cohort: Cohort, *, by: Person) -> None:
    """Take back a plan that nobody outside has seen and on which nothing rests yet."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if cohort.published_at:
        raise RefusedError(
            _("People have seen this cohort, so it stays. You can still move its days.")
        )
    record("cohort.dropped", cohort, by=by, name=cohort.name)
    try:
        cohort.delete()
    except ProtectedError as error:
        raise RefusedError(
            _(
                "Something was made for this cohort already (a survey, a forecast, a rehearsal or criteria), so it "
                "stays. Give it another name and other days instead."
            )
        ) from error


@transaction.atomic
def open_cohort(cohort: Cohort, *, by: Person) -> Cohort:
    """Publish a cohort that contradicts itself nowhere; from its opening day on, people can apply."""
    cohort = cohort.locked()
    program = cohort.program.locked()
    require_coordinator(by, program)
    if cohort.published_at:
        return cohort
    if found := obstacles_of(cohort, today()):
        raise RefusedError(" ".join(f"{each.sentence} {each.mend}" for each in found))
    cohort.published_at = now()
    cohort.full_clean()
    cohort.save()
    record("cohort.opened", cohort, by=by)
    fix_design(cohort.design, by)
    if not program.is_public:
        program.is_public = True
        program.save()
        record("program.made_public", program, by=by)
    return cohort


def fix_design(design: Design, by: Person) -> None:
    """From now on people rely on this version; whoever changes it begins the next."""
    design = design.locked()
    if design.published_at is None:
        design.published_at = now()
        design.save()
        record("design.published", design, by=by, version=design.version)


@transaction.atomic
def keep_design(cohort: Cohort, design: Design, *, by: Person) -> Cohort:
    """Let a cohort go by another version of its program's design; a later room judges whether it may."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if cohort.program_id != design.program_id:
        raise RefusedError(_("This design belongs to another program."))
    before = cohort.design.version
    cohort.design = design
    cohort.full_clean()
    cohort.save()
    record("cohort.design_changed", cohort, by=by, old=before, new=design.version)
    if cohort.published_at:
        fix_design(design, by)
    return cohort


@transaction.atomic
def freeze_cohort(cohort: Cohort) -> Cohort:
    """Note that the answers of a cohort no longer move; time does this, not a person."""
    cohort = cohort.locked()
    if cohort.frozen_at is None:
        cohort.frozen_at = now()
        cohort.save()
        record("cohort.frozen", cohort)
    return cohort
