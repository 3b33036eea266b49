"""Forming groups: ask, look, move people, publish once."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.groups import actions, queries, rules
from lodestar.domain.groups.models import FormingRun, Group
from lodestar.domain.groups.queries import Bench, GroupSeen, Move
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.letters import Preview, preview_of
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.groups import ApartForm

FORMING_PAGE = "console/groups/forming.html"
MOVE_PAGE = "console/groups/move.html"
CHANGES_PAGE = "console/groups/changes.html"
PUBLISH_PAGE = "console/groups/publish.html"
APART_PAGE = "console/groups/apart.html"
SHOWN_LETTERS = 3


@require_POST
@open_to(COORDINATOR)
def form_groups(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    run = actions.request_forming(cohort, by=request.person)
    return redirect("console:forming", run.public_id)


def forming_context(run: FormingRun) -> dict[str, object]:
    has_result = bool(run.certificate)
    bench = queries.bench_of(run) if has_result else None
    faults = queries.faults_in(bench) if bench else {}
    left = queries.left_of(run) if has_result else []
    return {
        "run": run,
        "cohort": run.cohort,
        "is_computing": rules.is_computing(run),
        "can_change": rules.can_change(run),
        "can_publish": rules.can_publish(run),
        "can_discard": rules.can_discard(run),
        "groups": [(each, faults.get(each.group.pk, [])) for each in bench.groups] if bench else [],
        "fault_count": sum(map(len, faults.values())),
        "left": [row for row in left if row[0].participant.role != "mentor"],
        "free_mentors": [row for row in left if row[0].participant.role == "mentor"],
        "prices": queries.prices_of(run) if has_result else [],
        "earlier": queries.earlier_run(run) if has_result else None,
        **(words_of(run) if has_result else {}),
    }


def words_of(run: FormingRun) -> dict[str, object]:
    form = str(run.certificate["form"])
    return {
        "served": rules.served_in_words(run.certificate, form),
        "proof": rules.proof_in_words(run.certificate),
        "is_led": form == "groups",
    }


@require_safe
@open_to(COORDINATOR)
def forming(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    return show(request, FORMING_PAGE, forming_context(run), fragment="board")


def chosen_in(said: QueryDict, name: str) -> str:
    """Return the key that a form carries, or say that nothing was chosen."""
    key = said.get(name, "")
    if not key:
        raise RefusedError(_("Nothing was chosen, so nothing was changed. Go back and choose."))
    return key


def target_in(run: FormingRun, key: str) -> Group | None:
    """Return the group of a forming that somebody is moved into; nothing is out of all of them."""
    if not key:
        return None
    found = next(
        (each.group for each in queries.groups_of(run) if each.group.public_id == key), None
    )
    if found is None:
        raise RefusedError(_("This group belongs to another forming. Look at the latest ones."))
    return found


def moves_of(
    bench: Bench, person: Participant, into: str = ""
) -> list[tuple[GroupSeen | None, Move]]:
    """Return what it would cost to move somebody into each other group, or out of all.

    The group that they were dragged to stands first, then what breaks nothing and costs least.
    """
    inside = {m.participant_id: each.group.pk for each in bench.groups for m in each.others}
    own = inside.get(person.pk)
    targets: list[GroupSeen | None] = [each for each in bench.groups if each.group.pk != own]
    found = [
        (each, queries.move_of(bench, person, each.group if each else None)) for each in targets
    ]
    found.sort(
        key=lambda pair: (
            pair[0] is None or pair[0].group.public_id != into,
            len(pair[1].breaks),
            -(pair[1].points or 0),
        )
    )
    out = [(None, queries.move_of(bench, person, None))] if own else []
    return [*found, *out]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def move(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    said = request.POST if request.method == "POST" else request.GET
    person = queries.participant_in(run.cohort, chosen_in(said, "person"))
    if request.method != "POST":
        bench = queries.bench_of(run)
        moves = moves_of(bench, person, said.get("into", ""))
        context = {"run": run, "cohort": run.cohort, "moved": person, "moves": moves}
        return show(request, MOVE_PAGE, context | {"why_not": rules.why_not_change(run)})
    target = target_in(run, said.get("into", ""))
    judged = queries.move_of(queries.bench_of(run), person, target)
    actions.move_person(run, person, into=target, by=request.person)
    messages.success(request, moved_words(judged))
    return redirect("console:forming", key)


def moved_words(move: Move) -> str:
    where = move.target.group if move.target else _("nobody’s group")
    told = _("%(name)s is in %(group)s now.") % {"name": move.participant, "group": where}
    if move.target is None:
        told = _("%(name)s is in no group now.") % {"name": move.participant}
    return " ".join([told, move.cost, *move.breaks])


@require_POST
@open_to(COORDINATOR)
def open_group(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    chosen = request.POST.get("mentor", "")
    mentor = queries.participant_in(run.cohort, chosen) if chosen else None
    actions.open_group(run, mentor=mentor, by=request.person)
    messages.success(request, _("An empty group stands at the end. Move people into it."))
    return redirect("console:forming", key)


@require_POST
@open_to(COORDINATOR)
def keep(request: MemberRequest, key: str) -> HttpResponse:
    group = queries.group_of_office(request.person, key)
    actions.keep_group(group, is_kept=bool(request.POST.get("keep")), by=request.person)
    return redirect("console:forming", group.run.public_id)


@require_safe
@open_to(COORDINATOR)
def changes(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    earlier = queries.earlier_run(run)
    found = queries.difference(run, earlier) if earlier else None
    return show(request, CHANGES_PAGE, {"run": run, "cohort": run.cohort, "found": found})


@require_POST
@open_to(COORDINATOR)
def review(request: MemberRequest, key: str) -> HttpResponse:
    actions.mark_reviewed(queries.run_for(request.person, key), by=request.person)
    return redirect("console:forming-publish", key)


@require_POST
@open_to(COORDINATOR)
def discard(request: MemberRequest, key: str) -> HttpResponse:
    run = actions.discard_forming(queries.run_for(request.person, key), by=request.person)
    return redirect("console:groups", run.cohort.public_id)


def letters_of(run: FormingRun) -> list[tuple[str, Preview]]:
    """Return how the letters to the first group would read, as their readers will see them."""
    groups = [each for each in queries.groups_of(run) if each.others]
    people = [(member.person, each.group) for each in groups[:1] for member in each.roll.present]
    found = []
    for person, group in people[:SHOWN_LETTERS]:
        letter = Letter(
            kind="groups.proposed",
            person=person,
            about_kind=group._meta.label_lower,
            about_key=group.public_id,
        )
        found.append((str(person), preview_of(letter)))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def publish(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    if request.method != "POST":
        context = {**forming_context(run), "preview": queries.preview(run, now())}
        shown = letters_of(run) if rules.can_publish(run) else []
        context |= {"why_not": rules.why_not_publish(run), "letters": shown}
        return show(request, PUBLISH_PAGE, context)
    actions.publish_forming(run, by=request.person)
    messages.success(request, published_words(run))
    then = reverse("console:groups", args=[run.cohort.public_id])
    return saved(request, PUBLISH_PAGE, {}, then=then)


def published_words(run: FormingRun) -> str:
    if run.cohort.holds_letters:
        return _("The groups are published. Their letters are held until you release them.")
    return _("The groups are published, and the letters are on their way.")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def apart(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    people = queries.choices_in(cohort)
    form = ApartForm(
        request.POST or None, people=people, initial={"one": request.GET.get("one", "")}
    )
    context = {"cohort": cohort, "form": form}
    if request.method != "POST":
        return show(request, APART_PAGE, context)
    if not form.is_valid():
        return ask_again(request, APART_PAGE, context)
    one, other = (queries.participant_in(cohort, form.cleaned_data[n]) for n in ("one", "other"))
    actions.keep_apart(cohort, one, other, by=request.person, reason=form.cleaned_data["reason"])
    return saved(request, APART_PAGE, context, then=reverse("console:groups", args=[key]))


@require_POST
@open_to(COORDINATOR)
def lift_apart(request: MemberRequest, key: str) -> HttpResponse:
    row = queries.apart_for(request.person, key)
    actions.lift_apart(row, by=request.person)
    return redirect("console:groups", row.cohort.public_id)
