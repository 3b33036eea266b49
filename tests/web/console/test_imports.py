"""The pages on which lists are brought, looked at, taken in and taken back."""

from datetime import timedelta
from pathlib import Path

import pytest

from lodestar.domain.applications.jobs import undo_imports
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs
from lodestar.domain.people.models import Import, ImportRow, Person
from lodestar.engine.tables.columns import FIELDS
from lodestar.web.console.import_words import field_words
from tests.factories.forms import ask, make_question
from tests.factories.people import signed_in
from tests.web.console.imports import LIST, NEW, applied, brought, upload, url, words

EXPORTS = Path(__file__).parents[2] / "data" / "crm-exports"
HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def test_without_a_list_the_page_says_what_to_do_first(office):
    page = words(office.get("/console/imports/"))

    assert "No list yet" in page
    assert f'href="{NEW}"' in page


def test_the_whole_way_from_a_file_to_people_and_back(office):
    answer = upload(office)
    source = Import.objects.get()
    reading = words(office.get(url("import", source)))
    jobs.stage_imports(now())
    look = words(office.get(url("import", source)))
    confirm = words(office.get(url("import-apply", source)))
    yes = office.post(url("import-apply", source))
    moving = words(office.get(url("import", source)))
    jobs.apply_imports(now())
    done = words(office.get(url("import", source)))
    office.post(url("import-undo", source))
    undo_imports(now())
    undone = words(office.get(url("import", source)))

    assert (answer.status_code, answer.url) == (302, url("import", source))
    assert "Your list is being read" in reading
    assert 'hx-trigger="every 2s"' in reading
    assert "This list would bring: 2 new people" in look
    assert "hx-trigger" not in look
    assert "2 people become known." in confirm
    assert "1 row is refused and left out." in confirm
    assert "Nobody is written to." in confirm
    assert "Take in 2 people" in confirm
    assert yes.url == url("import", source)
    assert "0 of 2 people" in moving
    assert "Taken in: 2 new people" in done
    assert "You can take it back until" in done
    assert "This import was taken back" in undone
    assert "hx-trigger" not in undone
    assert not Person.objects.filter(given_name__in=["Ann", "Bo"]).exists()


def test_the_page_renews_itself_as_a_fragment(office):
    upload(office)
    source = Import.objects.get()

    fragment = office.get(url("import", source), headers=HTMX).content.decode().strip()

    assert fragment.startswith('<div class="loose" id="import"')
    assert "<html" not in fragment


def test_the_same_list_again_says_that_it_changes_nothing(office):
    applied(office)

    source = brought(office)

    page = words(office.get(url("import", source)))
    assert "Everybody on this list is already known" in page
    assert "would change nothing about anybody" in page


def test_a_double_tap_uploads_one_list(office):
    first, second = upload(office), upload(office)

    assert first.url == second.url
    assert Import.objects.count() == 1


def test_a_second_yes_is_refused_kindly(office):
    source = brought(office)
    office.post(url("import-apply", source))

    again = office.post(url("import-apply", source))
    jobs.apply_imports(now())

    assert again.status_code == 409
    assert "not waiting for your yes any more" in words(again)
    assert Person.objects.filter(given_name="Ann").count() == 1


def test_changes_show_what_was_known_before(office):
    applied(office)

    source = brought(office, "Email,City,Job title\nbo@example.org,Berlin,Teacher\n")
    look = words(office.get(url("import", source)))
    office.post(url("import-apply", source))
    jobs.apply_imports(now())
    done = words(office.get(url("import", source), {"show": "changed"}))

    for page in (look, done):
        assert "City: <del>Linz</del> → <ins>Berlin</ins>" in page
        assert "Work: <ins>Teacher</ins>" in page


def test_after_seven_days_it_stays(office):
    source = applied(office)
    Import.objects.filter(pk=source.pk).update(applied_at=now() - timedelta(days=8))

    page = words(office.get(url("import", source)))
    question = words(office.get(url("import-undo", source)))
    refused = office.post(url("import-undo", source))

    assert "are over" in page
    assert "can’t be any more" in question
    assert refused.status_code == 409
    assert Person.objects.filter(given_name="Ann").exists()


def test_a_list_is_set_aside_and_forgotten(office):
    source = brought(office)

    twice = [office.post(url("import-discard", source)).status_code for _ in range(2)]
    page = words(office.get(url("import", source)))

    source.refresh_from_db()
    assert twice == [302, 302]
    assert "This list was set aside" in page
    assert source.content is None
    assert "ann@example.org" not in str(source.summary)
    assert ImportRow.objects.count() == 0


BROKEN = [
    (b"%PDF-1.7 rubbish", "not a table"),
    (b'Email,Name\n"ann@example.org,Ann\n', "never closed"),
    (b"ann@example.org,Ann\nbo@example.org,Bo\n", "no names"),
    (b"PK\x03\x04rubbish", "cannot be opened"),
]


@pytest.mark.parametrize(("content", "sentence"), BROKEN)
def test_a_broken_file_says_its_sentence(office, content, sentence):
    source = brought(office, content)

    page = words(office.get(url("import", source)))

    assert "This file cannot be used as it is" in page
    assert sentence in page
    assert "Nothing of it was used, and nothing was lost." in page
    assert "Bring another file" in page


def test_no_file_an_empty_one_and_no_purpose_are_asked_again(office):
    assert office.post(NEW, {"purpose": "roll"}).status_code == 422
    assert "This file is empty" in words(upload(office, b""))
    assert upload(office, purpose="").status_code == 422
    assert upload(office, purpose="mentor-nowhere").status_code == 422
    assert Import.objects.count() == 0


def test_a_file_above_the_limit_is_refused_with_the_mend(office, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000

    answer = upload(office, LIST + "x" * 2000)

    assert answer.status_code == 422
    assert "split it into parts that each begin with the headings" in words(answer)
    assert Import.objects.count() == 0


def test_columns_show_samples_and_can_be_changed(office):
    source = brought(office, "Mail me,Wer,City\nann@example.org,Ann Lee,Graz\n")

    page = words(office.get(url("import-columns", source)))
    fields = {"column-0": "email", "column-1": "full_name", "column-2": "ignore"}
    answer = office.post(url("import-columns", source), fields)
    source.refresh_from_db()
    status = source.status
    jobs.stage_imports(now())
    source.refresh_from_db()

    assert "Ann Lee" in page
    assert "Nobody knows this heading yet" in page
    assert answer.url == url("import", source)
    assert (status, source.status) == ("uploaded", "staged")
    assert source.mapping == {"1": "full_name", "2": "ignore"}
    assert source.rows.get().values["full_name"] == "Ann Lee"
    assert "city" not in source.rows.get().values


def test_unchanged_columns_read_nothing_again(office):
    source = brought(office, "Email,City\nann@example.org,Graz\n")

    office.post(url("import-columns", source), {"column-0": "email", "column-1": "city"})

    source.refresh_from_db()
    assert (source.status, source.mapping) == ("staged", {})


def test_a_field_that_does_not_exist_is_asked_again(office):
    source = brought(office, "Email,City\nann@example.org,Graz\n")

    answer = office.post(
        url("import-columns", source), {"column-0": "is_admin", "column-1": "city"}
    )

    assert answer.status_code == 422


def test_columns_of_a_used_list_lead_back_to_it(office):
    source = applied(office)

    assert office.get(url("import-columns", source)).url == url("import", source)


def test_every_field_of_a_column_has_a_name():
    assert set(field_words()) >= FIELDS


def test_refused_rows_can_be_kept_mended_and_brought_again(office):
    source = brought(office, LIST + '=cmd|calc,"Day",nobody@home,Wien,2001\n')

    answer = office.get(url("import-refused", source))
    text = answer.content.decode("utf-8-sig")

    lines = text.splitlines()
    assert "attachment" in answer["Content-Disposition"]
    assert lines[0] == "Row,Column,Reason,What to do,First name,Last name,Email,City,Class of"
    assert lines[1].startswith("4,Email,This person has no e-mail address.")
    assert "'=cmd|calc" in lines[2]
    mended = text.replace("nobody@home", "nobody@example.org")
    assert brought(office, mended).summary["created"] == 1


def test_names_of_any_script_and_very_long_cells_stand_on_the_page(office):
    about = "w" * 3000
    text = f"Email,Vorname,Nachname,City,About\nl@example.org,ليلى,حداد,عمّان,{about}\n"

    source = brought(office, text)

    page = words(office.get(url("import", source)))
    assert "ليلى حداد" in page
    assert "عمّان" in page
    assert about not in page


def test_what_a_list_says_is_never_a_page(office):
    source = brought(office, "Email,Vorname,<script>alert(1)</script>\na@b.example,<b>Ann</b>,x\n")

    for name in ("import", "import-columns"):
        page = words(office.get(url(name, source)))
        assert "<script>alert" not in page
        assert "<b>Ann" not in page


@pytest.mark.parametrize("size", [0, 1, 10_000])
def test_any_number_of_rows_costs_the_same_few_questions(
    office, size, django_assert_max_num_queries
):
    source = brought(office, "Email\n" + "".join(f"p{n}@example.org\n" for n in range(size)))

    with django_assert_max_num_queries(22):
        page = office.get(url("import", source), {"page": "9" * 40})

    assert page.status_code == 200
    assert len(page.context.get("rows", [])) == min(size, 50)


def test_a_page_of_changes_costs_the_same_few_questions(office, django_assert_max_num_queries):
    emails = [f"p{n}@example.org" for n in range(60)]
    applied(office, "Email\n" + "".join(f"{email}\n" for email in emails))
    source = brought(office, "Email,City\n" + "".join(f"{email},Graz\n" for email in emails))

    with django_assert_max_num_queries(24):
        page = office.get(url("import", source), {"show": "changed"})

    assert len(page.context["rows"]) == 50


def test_an_office_brings_its_own_export(office):
    source = brought(office, (EXPORTS / "raisers_edge_export.csv").read_bytes())

    assert source.status == "staged"
    assert office.get(url("import-columns", source)).status_code == 200


def test_why_a_row_is_refused_and_what_to_do_stand_in_one_cell_beside_its_number(office):
    source = brought(office)

    page = words(office.get(url("import", source), {"show": "refused"}))

    assert (
        '<th scope="row" class="n">4</th><td class="long"><strong>Email</strong>: This person'
        in page
    )
    assert "address.<br><small>Add an address to the row" in page


def test_columns_of_a_list_for_a_cohort_may_answer_its_own_questions(lena, cohort):
    ask(cohort.design, make_question("runs", "Do you run?", "yes_no"), make_question("sport"))
    text = "Email,Sports club,Do you run?\nann@example.org,Sailing,yes\n"
    browser = signed_in(lena)
    source = brought(browser, text, purpose=f"mentor-{cohort.public_id}")
    page = words(browser.get(url("import-columns", source)))
    assert "Your own questions" in page
    assert "The program’s own form asks this." in page

    fields = {"column-0": "email", "column-1": "q_sport", "column-2": "q_runs"}
    browser.post(url("import-columns", source), fields)
    jobs.stage_imports(now())

    assert source.rows.get().values["own"] == {"q_sport": "Sailing", "q_runs": "yes"}
    page = words(browser.get(url("import", source)))
    assert "Do you run?: Yes · Which sport do you do?: Sailing" in page
