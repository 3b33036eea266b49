"""Interest groups: found, joined, written in, and kept friendly by their moderators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.community.actions import interests as actions
from lodestar.domain.community.models import InterestGroup
from lodestar.domain.community.queries import interests as queries
from lodestar.domain.community.rules import interests as rules
from lodestar.web.common.access import MEMBER, MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.interests import HideForm, PostForm

LIST_PAGE = "portal/interests/list.html"
GROUP_PAGE = "portal/interests/group.html"
POST_PAGE = "portal/interests/post.html"
MODERATION_PAGE = "portal/interests/moderation.html"
HIDE_PAGE = "portal/interests/hide.html"
A_PAGE = 20


@require_safe
@open_to(MEMBER)
def groups(request: MemberRequest) -> HttpResponse:
    own, others = queries.interest_groups_for(request.person)
    context = {"own": own, "others": others}
    return show(request, LIST_PAGE, context)


def group_context(
    request: MemberRequest, group: InterestGroup, form: PostForm | None = None
) -> dict[str, object]:
    membership = queries.membership_of(request.person, group)
    posts = queries.posts_for(request.person, group)
    can_moderate = rules.can_moderate(membership)
    waiting = queries.reported_in(group.posts.all()).count() if can_moderate else 0
    return {
        "group": group,
        "membership": membership if rules.is_in(membership) else None,
        "page": Paginator(posts, A_PAGE).get_page(request.GET.get("page")),
        "can_moderate": can_moderate,
        "waiting": waiting,
        "form": form or PostForm(),
    }


@require_safe
@open_to(MENTOR, MENTEE)
def group(request: MemberRequest, key: str) -> HttpResponse:
    """A group for everybody is any member's; one of a cohort, its mentors' and mentees'."""
    found = queries.interest_group_for(request.person, key)
    return show(request, GROUP_PAGE, group_context(request, found))


@require_POST
@open_to(MENTOR, MENTEE)
def join(request: MemberRequest, key: str) -> HttpResponse:
    actions.join_group(queries.interest_group_for(request.person, key), by=request.person)
    messages.success(request, _("Welcome. Say hello, if you like."))
    return redirect("portal:interest-group", key)


@require_POST
@open_to(MENTOR, MENTEE)
def leave(request: MemberRequest, key: str) -> HttpResponse:
    actions.leave_group(queries.interest_group_for(request.person, key), by=request.person)
    messages.success(request, _("You have left. Nobody was told, and you can come back."))
    return redirect("portal:interest-groups")


@require_POST
@open_to(MENTOR, MENTEE)
def letters(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.interest_group_for(request.person, key)
    is_wanted = request.POST.get("letters") == "on"
    actions.choose_group_letters(found, by=request.person, is_wanted=is_wanted)
    told = _("We write to you when somebody posts.") if is_wanted else _("You get no letters.")
    messages.success(request, told)
    return redirect("portal:interest-group", key)


@require_POST
@open_to(MENTOR, MENTEE)
def write(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.interest_group_for(request.person, key)
    form = PostForm(request.POST)
    if not form.is_valid():
        return ask_again(request, GROUP_PAGE, group_context(request, found, form))
    actions.write_post(found, by=request.person, **form.cleaned_data)
    return redirect("portal:interest-group", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def answer(request: MemberRequest, key: str) -> HttpResponse:
    post = queries.post_for(request.person, key)
    form = PostForm(request.POST if request.method == "POST" else None)
    context = {"post": post, "group": post.group, "form": form}
    if request.method != "POST":
        return show(request, POST_PAGE, context)
    if not form.is_valid():
        return ask_again(request, POST_PAGE, context)
    began = post.answers or post
    actions.write_post(post.group, by=request.person, answers=began, **form.cleaned_data)
    return redirect("portal:interest-group", post.group.public_id)


@require_POST
@open_to(MENTOR, MENTEE)
def report(request: MemberRequest, key: str) -> HttpResponse:
    post = queries.post_for(request.person, key)
    actions.report_post(post, by=request.person)
    messages.success(
        request, _("Thank you. The moderators look at it; nobody learns that it was you.")
    )
    return redirect("portal:interest-group", post.group.public_id)


def back_to_moderation(group: InterestGroup) -> HttpResponse:
    return redirect("portal:interest-group-moderation", group.public_id)


@require_safe
@open_to(MENTOR, MENTEE)
def moderation(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_to_moderate(request.person, key)
    context = {"group": found, "found": queries.moderation_of(found)}
    return show(request, MODERATION_PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def hide(request: MemberRequest, key: str) -> HttpResponse:
    post = queries.post_to_moderate(request.person, key)
    form = HideForm(request.POST if request.method == "POST" else None)
    context = {"post": post, "group": post.group, "form": form}
    if request.method != "POST":
        return show(request, HIDE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, HIDE_PAGE, context)
    actions.hide_post(post, by=request.person, **form.cleaned_data)
    messages.success(request, _("It is hidden. Whoever wrote it reads your reason."))
    return back_to_moderation(post.group)


@require_POST
@open_to(MENTOR, MENTEE)
def let_stand(request: MemberRequest, key: str) -> HttpResponse:
    post = queries.post_to_moderate(request.person, key)
    actions.leave_post(post, by=request.person)
    messages.success(request, _("It stays as it is."))
    return back_to_moderation(post.group)


@require_POST
@open_to(MENTOR, MENTEE)
def remove(request: MemberRequest, key: str) -> HttpResponse:
    target = queries.member_to_moderate(request.person, key)
    is_ban = request.POST.get("ban") == "on"
    actions.remove_member(target, by=request.person, is_ban=is_ban)
    messages.success(request, _("They are out of the group."))
    return back_to_moderation(target.group)


@require_POST
@open_to(MENTOR, MENTEE)
def let_back(request: MemberRequest, key: str) -> HttpResponse:
    target = queries.member_to_moderate(request.person, key)
    actions.lift_ban(target, by=request.person)
    messages.success(request, _("They can join again, if they wish."))
    return back_to_moderation(target.group)
