"""What a person reads when a page can't be shown."""

import pytest
from django.test import Client, RequestFactory

from lodestar.web.common.views.errors import failed


@pytest.mark.django_db
def test_a_wrong_address_is_told_kindly():
    answer = Client().get("/no/such/page/")

    assert answer.status_code == 404
    assert "There is nothing for you at this address" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_an_old_page_is_told_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/accounts/sign-out/", {})

    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_a_failure_is_told_without_asking_the_database():
    answer = failed(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
