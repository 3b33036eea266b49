"""`lodestar import`: a list of people in, and what it does said row by row."""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.engine.tables.problems import TableError
from lodestar.web.cli.doors import FAULT
from lodestar.web.cli.sheets import FileFault, read_bytes

ROLES = {"mentors": "mentor", "mentees": "mentee"}


def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("SECRET_KEY", "only-to-read-a-list-of-people")
    import django  # noqa: PLC0415  the settings are read here

    django.setup()
    try:
        content = read_bytes(options.file)
        result = tried(content, options) if options.dry_run else done(content, options)
    except (TableError, FileFault) as error:
        return refused(str(error), as_json=options.json)
    result = {"file": options.file.name, "as": options.kind, "dry_run": options.dry_run, **result}
    print(json.dumps(result, indent=1, ensure_ascii=False) if options.json else told(result))
    return 0


def parser() -> argparse.ArgumentParser:
    wishes = argparse.ArgumentParser(prog="lodestar import")
    wishes.add_argument("file", type=Path, help="a CSV or XLSX file")
    wishes.add_argument(
        "--as",
        dest="kind",
        choices=["alumni", *ROLES],
        default="alumni",
        help="mentors and mentees also take part in a cohort",
    )
    wishes.add_argument("--cohort", default="", help="the cohort's key, as in its address")
    wishes.add_argument("--by", default="", help="e-mail address of a coordinator of the cohort")
    wishes.add_argument(
        "--dry-run", action="store_true", help="say what would happen, keep nothing"
    )
    wishes.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    return wishes


def refused(sentence: str, *, as_json: bool) -> int:
    print(f"lodestar import: {sentence}", file=sys.stderr)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return FAULT


def tried(content: bytes, options: argparse.Namespace) -> dict[str, Any]:
    """Say what the file would do; without a database everybody in it is new."""
    from lodestar.domain.people.actions import staging  # noqa: PLC0415  needs the settings
    from lodestar.domain.people.queries import nobody, people_by_address  # noqa: PLC0415

    if not database_is_ready():
        return staging.preview_of(content, options.file.name, known=nobody)
    asked = asked_of(cohort_of(options), options) if options.cohort and options.by else ()
    return staging.preview_of(content, options.file.name, known=people_by_address, asked=asked)


def database_is_ready() -> bool:
    from django.db import DatabaseError, connection  # noqa: PLC0415  needs the settings

    try:
        return "people_address" in connection.introspection.table_names()
    except DatabaseError:
        return False


def done(content: bytes, options: argparse.Namespace) -> dict[str, Any]:
    """Store what the file says, at once and without a worker."""
    from lodestar.domain.common.errors import RefusedError  # noqa: PLC0415

    if not database_is_ready():
        raise FileFault("there is no database yet: run `lodestar manage migrate` first.")
    try:
        return applied(content, options)
    except RefusedError as error:
        raise FileFault(str(error)) from None


def coordinator_of(options: argparse.Namespace) -> Any:
    from lodestar.domain.people.queries import people_by_address  # noqa: PLC0415
    from lodestar.domain.people.rules import normalised  # noqa: PLC0415

    return people_by_address([normalised(options.by)]).get(normalised(options.by))


def cohort_of(options: argparse.Namespace) -> Any:
    """Return the cohort into which a list of mentors or mentees goes; a list of alumni goes into none."""
    from lodestar.domain.common.errors import NotFoundError  # noqa: PLC0415  needs the settings
    from lodestar.domain.programs.queries import cohort_for  # noqa: PLC0415

    if options.kind not in ROLES:
        return None
    try:
        if by := coordinator_of(options):
            return cohort_for(by, options.cohort)
    except NotFoundError:
        pass
    raise FileFault(
        "no such cohort for this coordinator: give --cohort its key, and --by the address of "
        "one of its coordinators. Nothing was stored."
    )


def asked_of(cohort: Any, options: argparse.Namespace) -> Any:
    """Return the program's own questions, which columns may answer."""
    from lodestar.domain.applications.rules.answers import own_questions  # noqa: PLC0415

    return own_questions(cohort, ROLES[options.kind]) if cohort else ()


def applied(content: bytes, options: argparse.Namespace) -> dict[str, Any]:
    from django.db import transaction  # noqa: PLC0415  needs the settings

    from lodestar.domain.applications.actions import admit_intake, request_intake  # noqa: PLC0415
    from lodestar.domain.applications.queries import admitted_by  # noqa: PLC0415
    from lodestar.domain.people.actions import applying, imports, staging  # noqa: PLC0415

    by, cohort = coordinator_of(options), cohort_of(options)
    asked = asked_of(cohort, options)
    preview = staging.preview_of(content, options.file.name, asked=asked)
    intake = None
    with transaction.atomic():
        source = imports.upload_import(content, file_name=options.file.name, by=by, asked=asked)
        if cohort is not None and by is not None:
            intake = request_intake(source, cohort=cohort, role=ROLES[options.kind], by=by)
    imports.keep_claim(source)  # or a worker would read the list too
    source = imports.request_import(staging.stage_import(source), by=by)
    applying.apply_import(source)
    if intake is not None:
        admit_intake(intake)
        preview["admitted"] = admitted_by(intake).count()
    return {**preview, "import": source.public_id}


def told(result: Mapping[str, Any]) -> str:
    """Return the outcome in sentences."""
    sign = {"\t": "tabs", "": "a workbook"}.get(result["delimiter"], f"“{result['delimiter']}”")
    lines = [
        f"{result['file']}: {result['encoding']}, {sign}, {result['data_rows']} rows of people.",
        f"{result['importable_people']} people: {result['created']} new, {result['changed']} "
        f"changed, {result['unchanged']} already known as they are.",
        f"{len(result['refused'])} rows refused, {len(result['merged'])} read together with "
        "an earlier row.",
    ]
    lines += [
        f"  row {each['row']}, {each['field']}: {each['reason']} {each['mend']}"
        for each in result["refused"]
    ]
    if "admitted" in result:
        lines.append(f"{result['admitted']} people now take part in the cohort.")
    nothing = "Nothing was stored: this was a dry run."
    lines.append(nothing if result["dry_run"] else f"Stored as import {result.get('import')}.")
    return "\n".join(lines)
