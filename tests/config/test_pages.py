"""What somebody sees who opens an address that only buttons lead to."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/track/leave/", "/apply/leave/"])
def test_a_page_says_that_nothing_was_done_and_where_to_go(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "刚才没有办任何事" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
