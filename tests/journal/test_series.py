"""Running numbers."""

import threading

import pytest
from django.db import connection, transaction

from simpul.journal.series import next_in


@pytest.mark.django_db
def test_numbers_begin_with_one_and_follow_each_other():
    assert [next_in("report 2031") for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_each_series_counts_for_itself():
    next_in("report 2031")
    assert next_in("case 2031") == 1


@pytest.mark.django_db
def test_a_refused_report_gives_its_number_back():
    @transaction.atomic
    def refused():
        assert next_in("report 2031") == 2
        raise ZeroDivisionError

    next_in("report 2031")
    with pytest.raises(ZeroDivisionError):
        refused()
    assert next_in("report 2031") == 2


def test_a_number_outside_a_transaction_is_refused():
    refused = []

    def outside():
        try:
            next_in("report 2031")
        except RuntimeError as problem:
            refused.append(str(problem))
        finally:
            connection.close()

    thread = threading.Thread(target=outside)
    thread.start()
    thread.join()
    assert refused == ["A number belongs into the transaction that uses it."]
