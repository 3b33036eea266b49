"""Make somebody an admin of the association: `lodestar manage appoint_admin you@example.org`."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.actions.accounts import admit
from lodestar.domain.people.actions.roles import appoint
from lodestar.domain.people.models import Role


class Command(BaseCommand):
    """The first admin comes from whoever runs the installation; nobody on the web can."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--role", choices=[str(kind) for kind in Role.Kind], default=str(Role.Kind.ADMIN)
        )

    def handle(self, *_args: object, **options: str) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"“{options['email']}” is not an e-mail address.") from error
        try:
            person = admit(options["email"]).person
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        if person is None:
            raise CommandError("The account has nobody behind it; nothing was changed.")
        kind = Role.Kind(options["role"])
        appoint(person, kind, by=None)
        self.stdout.write(f"{options['email']} is now {kind.label}, and signs in by a mailed code.")
