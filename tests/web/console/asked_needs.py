"""How the tests of a cohort's needs read the pages."""

import csv
from io import StringIO


def address(cohort, rest=""):
    return f"/console/cohorts/{cohort.public_id}/needs/{rest}"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def rows_of(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
