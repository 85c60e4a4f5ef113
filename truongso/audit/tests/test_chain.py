"""The log: append-only, chained at commit, and honest about what was done to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.cast import Cast, client_of
from truongso import audit
from truongso.audit.actions import checkpoint
from truongso.audit.models import Entry, Head
from truongso.audit.verify import verify


def tamper(statement: str) -> None:
    """What only somebody with the database's own keys can do: the triggers are switched off for one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def log(transactional_db: None) -> list[int]:
    for number in range(6):
        audit.record(None, "test.deed", detail={"n": number})
    return list(Entry.objects.order_by("place").values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_rows_are_chained_at_commit_and_the_chain_is_whole(log: list[int]) -> None:
    assert list(Entry.objects.order_by("place").values_list("place", flat=True)) == [1, 2, 3, 4, 5, 6]
    verdict = verify()
    assert (verdict.rows, verdict.fault) == (6, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_past(log: list[int], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_the_log(log: list[int]) -> None:
    """conftest takes this trigger away from the test database; here it stands again, for one transaction."""
    again = "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(again)
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "fault", "place"),
    [
        ("UPDATE audit_entry SET verb = 'test.other' WHERE place = 3", "altered", 3),
        ("UPDATE audit_entry SET detail = '{}' WHERE place = 5", "altered", 5),
        ("DELETE FROM audit_entry WHERE place = 2", "missing", 2),
        ("DELETE FROM audit_entry WHERE place > 4", "tail", 5),
    ],
)
def test_verify_names_the_first_wrong_row(log: list[int], statement: str, fault: str, place: int) -> None:
    tamper(statement)
    verdict = verify()
    assert (verdict.fault, verdict.place) == (fault, place)


@pytest.mark.django_db(transaction=True)
def test_an_inserted_row_stands_outside_the_chain(log: list[int]) -> None:
    tamper(
        "INSERT INTO audit_entry (at, verb, object_type, object_id, detail) VALUES (now(), 'test.forged', '', '', '{}')"
    )
    assert verify().fault == "unchained"


@pytest.mark.django_db(transaction=True)
def test_a_chain_rewritten_whole_is_betrayed_by_the_checkpoint(log: list[int]) -> None:
    checkpoint()
    tamper(
        """
        DO $$ DECLARE e audit_entry; before bytea := ''; BEGIN
          UPDATE audit_entry SET verb = 'test.other' WHERE place = 2;
          FOR e IN SELECT * FROM audit_entry ORDER BY place LOOP
            e.previous := before; e.hash := audit_digest(e); before := e.hash;
            UPDATE audit_entry SET previous = e.previous, hash = e.hash WHERE id = e.id;
          END LOOP;
          UPDATE audit_head SET hash = before;
        END $$"""
    )
    verdict = verify()
    assert (verdict.fault, verdict.place) == ("checkpoint", 6)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap(log: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(None, "test.never")
        _ = 1 / 0
    audit.record(None, "test.deed")
    assert verify().fault is None and verify().rows == 7


@pytest.mark.django_db(transaction=True)
def test_many_write_at_once_and_a_long_transaction_holds_nobody_up(log: list[int]) -> None:
    def deed(number: int) -> None:
        try:
            with transaction.atomic():
                audit.record(None, "test.parallel", detail={"n": number})
        finally:
            connections.close_all()

    with transaction.atomic():
        audit.record(None, "test.long")  # recorded, not committed: the others pass by
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(deed, range(40)))
        assert Entry.objects.filter(verb="test.parallel", place__isnull=False).count() == 40
    verdict = verify()
    assert (verdict.rows, verdict.fault) == (47, None)
    assert Head.objects.get().place == 47


def test_every_recorded_verb_has_a_name_that_people_read() -> None:
    import re

    from tests.conventions.sources import modules
    from truongso.audit import verbs

    found = set()
    for path in modules():
        found |= set(
            re.findall(r'audit\.record\(\s*[^,]+,\s*\n?\s*"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
        )
    found |= {"people.open_account", "people.close_account"}
    assert len(found) > 20
    assert {verb for verb in found if verbs.label(verb) == verb} == set()


# -- the page -------------------------------------------------------------------------------------------------------


def test_the_log_page_is_for_head_and_it_admin(cast: Cast) -> None:
    seen = {name: client_of(a).get("/system/audit/").status_code for name, a in cast.accounts.items()}
    assert {name for name, status in seen.items() if status == 200} == {"head", "it_admin"}


def test_the_log_is_searched_by_person_verb_and_dates(cast: Cast) -> None:
    from truongso.people.actor import actor_for

    audit.record(actor_for(cast.homeroom), "people.issue_slip", for_person=cast.pupil.person_id)
    audit.record(actor_for(cast.clerk), "notify.send")
    client = client_of(cast.head)

    def rows(**query: str) -> str:
        return client.get("/system/audit/", query).content.decode().split("<tbody>")[-1]

    assert "cấp phiếu đăng nhập" in rows(who="khanh an") and "gửi thông báo" not in rows(who="khanh an")
    assert "Ngô Thị Thu" in rows(verb="notify.send")
    assert "Không có dòng nào" in rows(since="1/1/2030", until="2/1/2030")
    wrong = client.get("/system/audit/", {"since": "31/02/2026"})
    assert wrong.status_code == 422 and "không có ngày 31" in wrong.content.decode()
    table = b"".join(client.get("/system/audit/", {"as": "csv"}).streaming_content).decode()
    assert "people.issue_slip" in table


def test_the_log_page_costs_the_same_for_many_rows(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.head)
    client.get("/system/audit/")
    for _ in range(120):
        audit.record(None, "test.deed")
    with django_assert_max_num_queries(7):
        page = client.get("/system/audit/").content.decode()
    assert page.count("<tr>") == 51 and "Cũ hơn" in page
