"""How is something said to be done from a letter? The page names it, and its button is pressed."""

from datetime import timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.mentorships.actions import finish_task
from lodestar.domain.mentorships.models import Task
from lodestar.domain.mentorships.queries import mentorship_for, own_due_tasks
from lodestar.domain.mentorships.rules import may_write, partner_of, why_not_read_only
from lodestar.domain.messaging.models import Link
from lodestar.domain.people.rules import today_of
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose

DONE = "mail/mentorships/tasks.html"


def waiting(link: Link) -> list[Task]:
    until = today_of(link.person) + timedelta(days=1)
    return own_due_tasks(link.person, link.about_key, until)


def tasks_page(link: Link) -> LinkPage:
    """Name what is due; looking finishes nothing."""
    mentorship = mentorship_for(link.person, link.about_key)
    title = _("You and %(name)s: to do") % {"name": partner_of(mentorship, link.person).first_name}
    if not may_write(mentorship, link.person):
        return LinkPage(title, [why_not_read_only(mentorship)])
    tasks = waiting(link)
    if not tasks:
        return LinkPage(title, [_("Nothing is due just now. Thank you.")], template=DONE)
    return LinkPage(title, template=DONE, facts={"tasks": tasks})


def finish(link: Link, answers: QueryDict) -> LinkPage:
    task = next((t for t in waiting(link) if t.public_id == answers.get("task")), None)
    if task is None:
        raise AskAgain(tasks_page(link))
    finish_task(task, by=link.person)
    left = waiting(link)
    said = [_("Well done; your partner sees it in your room.")]
    if left:
        said.append(_("Open the letter's link once more for what is left."))
    return LinkPage(_("It is done"), said)


purpose("mentorship.tasks", page=tasks_page, act=finish, once=False)
