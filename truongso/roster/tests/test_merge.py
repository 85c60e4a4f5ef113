"""Two rows of one human being become one: nothing forgotten, nothing doubled, nothing rewritten."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from tests.cast import YEAR, Cast, account, assign, client_of, make_cast, person
from truongso.audit.models import Entry
from truongso.documents.models import StoredFile
from truongso.notify.models import Notice, Receipt
from truongso.people import sealed
from truongso.people.actions.accounts import issue_slip
from truongso.people.actions.persons import set_codes
from truongso.people.actor import actor_for
from truongso.people.models import (
    Account,
    Guardianship,
    LoginSession,
    Person,
    Role,
    RoleAssignment,
    SupportSession,
)
from truongso.roster import merge_queries, merge_references
from truongso.roster.actions.merge import merge_persons
from truongso.roster.models import (
    Contact,
    CustodyNote,
    MergedPerson,
    Movement,
    PupilRecord,
    SensitiveRecord,
    StaffRecord,
)


def merge(cast: Cast, kept: Person, gone: Person, **more) -> Person:  # type: ignore[no-untyped-def]
    return merge_persons(by=actor_for(cast.head), kept=kept.pk, gone=gone.pk, **more)


# Every column


def test_every_foreign_key_to_a_person_is_known(db: None) -> None:
    """The database's own list against ours: a table that nobody has heard of fails here."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f' AND c.confrelid = 'people_person'::regclass"""
        )
        in_database = {(table, column) for table, column in cursor.fetchall()}
    known = {(r.model._meta.db_table, r.column) for r in merge_references.references()}
    assert in_database - known == {("people_account", "person_id")}


def test_every_plain_id_column_is_a_persons_or_said_not_to_be() -> None:
    assert merge_references.unknown_columns() == [], "name it in PERSON_COLUMNS or in NOT_PERSONS, with its reason"


def test_every_table_that_may_refuse_a_second_row_says_how_two_become_one() -> None:
    missing = [r.name for r in merge_references.references() if merge_references.must_be_declared(r) and r.way is None]
    assert missing == [], "say it in merge_references.WAYS, or by declare() in the app's ready()"


def test_a_new_foreign_key_would_be_found_and_asked_about() -> None:
    """The two tests above can fail: a table made up here is seen, and must say how two rows become one."""

    class Diary(models.Model):
        person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
        seen_in_id = models.BigIntegerField()

        class Meta:
            app_label = "roster"
            managed = False

    try:
        mine = [r for r in merge_references.references() if r.model is Diary]
        assert [r.column for r in mine] == ["person_id"]
        assert merge_references.must_be_declared(mine[0]) and mine[0].way is None
        assert "roster.Diary.seen_in_id" in merge_references.unknown_columns()
    finally:
        from django.apps import apps

        del apps.all_models["roster"]["diary"]
        apps.clear_cache()


def test_nothing_is_left_behind_in_any_table(cast: Cast) -> None:
    gone, kept = account("Nguyễn Thị Lan", "lan.nt2"), cast.guardian
    child = cast.classmate.person
    Guardianship.objects.create(guardian=gone.person, child=child, relation="mẹ", during=YEAR)
    assign(gone, Role.CLERK)
    Contact.objects.create(person=gone.person, phone="0912000111", address="Thôn Đông")
    Contact.objects.create(person=kept.person, phone="0912000222")
    StaffRecord.objects.create(person=gone.person, local_code="CB7", contract="hợp đồng")
    CustodyNote.objects.create(child=child, text="…", by=gone.person)
    Movement.objects.create(person=child, kind="enrolled", day=date(2026, 8, 1), by_id=gone.person_id)
    StoredFile.objects.create(
        owner_id=gone.person_id, purpose="own", name="a", kind="pdf", size=1, sha256=b"", path="a"
    )
    notice = Notice.objects.create(title="x", sender=gone.person)
    Receipt.objects.create(notice=notice, person=gone.person, read_at="2026-11-01T00:00Z")
    Receipt.objects.create(notice=notice, person=kept.person)
    SensitiveRecord.objects.create(person=gone.person, health_sealed=sealed.seal("hen", use="health"))
    before = list(Entry.objects.values_list("pk", "person_id", "for_person_id"))

    merge(cast, kept.person, gone.person)

    for reference in merge_references.references():
        assert not reference.model._default_manager.filter(**{reference.column: gone.person_id}).exists(), (
            reference.name
        )
    assert not Person.objects.filter(pk=gone.person_id).exists()
    assert actor_for(kept).children == tuple(sorted((cast.pupil.person_id, child.pk)))
    assert actor_for(kept).has(Role.CLERK)
    contact = Contact.objects.get(person=kept.person)
    assert (contact.phone, contact.address) == ("0912000222", "Thôn Đông")
    assert StaffRecord.objects.get(person=kept.person).local_code == "CB7"
    assert Receipt.objects.get(notice=notice).read_at is not None
    assert sealed.unseal(SensitiveRecord.objects.get(person=kept.person).health_sealed, use="health") == "hen"
    assert list(Entry.objects.values_list("pk", "person_id", "for_person_id"))[: len(before)] == before
    row = MergedPerson.objects.get()
    assert (row.old_id, row.person_id, row.name) == (gone.person_id, kept.person_id, "Nguyễn Thị Lan")
    assert Entry.objects.get(verb="roster.merge_persons").detail["gone"] == gone.person_id


# What the user chooses


def test_the_user_chooses_field_by_field_and_gaps_are_filled(cast: Cast) -> None:
    kept, gone = person("Nguyễn Khánh Hoà"), person("Nguyễn Khánh Hòa")
    Person.objects.filter(pk=gone.pk).update(birth_date=date(2013, 5, 4), gender="f")
    gone.refresh_from_db()
    set_codes(by=None, person=kept, sector_code="3600000001")
    set_codes(by=None, person=gone, sector_code="3600000002", national_number="036213000001")
    PupilRecord.objects.create(person=kept, local_code="HS1", home_town="Nam Định")
    PupilRecord.objects.create(person=gone, local_code="HS2", birth_place="Ninh Bình")
    merge(
        cast,
        kept,
        gone,
        choices={"person.sector_code": "gone", "pupilrecord.local_code": "gone", "person.full_name": "keep"},
    )
    kept.refresh_from_db()
    assert (kept.full_name, kept.birth_date, kept.gender) == ("Nguyễn Khánh Hoà", date(2013, 5, 4), "f")
    assert sealed.unseal(kept.sector_code_sealed, use="sector_code") == "3600000002"
    assert kept.sector_code_hash and sealed.lookup("036213000001", use="national_number") == bytes(
        kept.national_number_hash
    )
    record = PupilRecord.objects.get(person=kept)
    assert (record.local_code, record.home_town, record.birth_place) == ("HS2", "Nam Định", "Ninh Bình")


@pytest.mark.parametrize("choose_other", [False, True])
def test_one_account_stays_and_the_other_lets_nobody_in(cast: Cast, choose_other: bool) -> None:
    kept, gone = cast.guardian, account("Nguyễn Thị Lan", "lan.nt2")
    SupportSession.objects.create(admin=cast.it_admin, target=gone, reason="x", until="2026-11-01T00:00Z")
    client_of(gone), client_of(kept)
    merge(cast, kept.person, gone.person, account=gone.pk if choose_other else None)
    stays, closed = (gone, kept) if choose_other else (kept, gone)
    assert Account.objects.get(person=kept.person).pk == stays.pk
    assert not Account.objects.filter(pk=closed.pk).exists()
    assert not LoginSession.objects.filter(account_id=closed.pk).exists()
    assert SupportSession.objects.get().target_id == stays.pk
    assert MergedPerson.objects.get().login == closed.login


def test_an_only_account_comes_over(cast: Cast) -> None:
    kept = person("Nguyễn Thị Lan")
    merge(cast, kept, cast.guardian.person)
    assert Account.objects.get(person=kept).login == "lan.nt"
    assert actor_for(Account.objects.get(person=kept)).children == (cast.pupil.person_id,)


# Dated rows


def test_overlapping_days_become_one_row_and_separate_days_stay_two(cast: Cast) -> None:
    kept, gone = person("Vũ Thị Mai"), person("Vũ Thị Mai")
    spans = [(kept, 2021, 2023), (gone, 2022, 2025), (gone, 2030, 2031)]
    for who, first, last in spans:
        RoleAssignment.objects.create(
            person=who, role=Role.TEACHER.value, during=DateRange(date(first, 1, 1), date(last, 1, 1))
        )
    merge(cast, kept, gone)
    found = [
        (r.during.lower.year, r.during.upper.year)
        for r in RoleAssignment.objects.filter(person=kept).order_by("during")
    ]
    assert found == [(2021, 2025), (2030, 2031)]


def test_of_two_guardianships_the_narrower_rights_stay(cast: Cast) -> None:
    """One row says that the father gets no news: merging must not give them back."""
    kept, gone, child = person("Nguyễn Văn Hải"), person("Nguyễn Văn Hải"), cast.pupil.person
    Guardianship.objects.create(guardian=kept, child=child, relation="bố", during=YEAR)
    Guardianship.objects.create(
        guardian=gone, child=child, relation="cha", during=DateRange(date(2020, 1, 1), None), informed=False,
        first_contact=True,
    )  # fmt: skip
    merge(cast, kept, gone)
    row = Guardianship.objects.get(guardian=kept)
    assert (row.during.lower, row.during.upper) == (date(2020, 1, 1), None)
    assert row.legal and not row.informed and row.first_contact and row.relation == "bố"


def test_a_child_merged_keeps_both_parents_and_one_first_contact(cast: Cast) -> None:
    twice, father = person("Nguyễn Khánh An"), person("Nguyễn Văn Hải")
    Guardianship.objects.update(first_contact=True)
    Guardianship.objects.create(guardian=father, child=twice, relation="bố", during=YEAR, first_contact=True)
    merge(cast, cast.pupil.person, twice)
    found = Guardianship.objects.filter(child=cast.pupil.person).order_by("pk")
    assert [(g.guardian_id, g.first_contact) for g in found] == [(cast.guardian.person_id, True), (father.pk, False)]


def test_sealed_facts_are_chosen_unseen(cast: Cast) -> None:
    kept, gone = person("Nguyễn Khánh Hoà"), person("Nguyễn Khánh Hoà")
    for who, text in ((kept, "hen suyễn"), (gone, "dị ứng tôm")):
        SensitiveRecord.objects.create(person=who, health_sealed=sealed.seal(text, use="health"))
    page = client_of(cast.it_admin).get(f"/people/duplicates/{kept.pk}/{gone.pk}/").content.decode()
    assert "Sức khoẻ" in page and "hen suyễn" not in page and "dị ứng" not in page
    merge(cast, kept, gone, choices={"sensitiverecord.health_sealed": "gone"})
    assert sealed.unseal(SensitiveRecord.objects.get(person=kept).health_sealed, use="health") == "dị ứng tôm"


def test_a_delegation_follows_the_row_it_was_lent_from(cast: Cast) -> None:
    gone = account("Lê Quang Dũng", "dung.lq2")
    lent = RoleAssignment.objects.get(person=cast.teacher.person)
    mine = assign(gone, Role.TEACHER)
    loan = RoleAssignment.objects.create(person=cast.stranger.person, role="teacher", during=YEAR, delegated_from=mine)
    merge(cast, cast.teacher.person, gone.person)
    loan.refresh_from_db()
    assert loan.delegated_from_id == lent.pk


@pytest.mark.parametrize("kind", ["two classes", "own guardian"])
def test_what_cannot_be_one_is_said_and_leaves_everything(cast: Cast, kind: str) -> None:
    kept, gone = cast.pupil, cast.other_pupil
    if kind == "own guardian":
        gone = cast.guardian
    before = [list(m.objects.values()) for m in (Person, Account, RoleAssignment, Guardianship, MergedPerson)]
    with pytest.raises(ValidationError) as wrong:
        merge(cast, kept.person, gone.person)
    assert ("hai lớp" if kind == "two classes" else "giám hộ") in wrong.value.messages[0]
    assert [list(m.objects.values()) for m in (Person, Account, RoleAssignment, Guardianship, MergedPerson)] == before


# Who may


def test_a_merge_hands_rights_on_so_leaders_are_the_heads_matter(cast: Cast) -> None:
    admin, double = actor_for(cast.it_admin), person("Trần Văn Minh")
    with pytest.raises(PermissionDenied):
        merge_persons(by=admin, kept=double.pk, gone=cast.head.person_id)
    with pytest.raises(PermissionDenied):
        merge_persons(by=admin, kept=cast.it_admin.person_id, gone=double.pk)
    with pytest.raises(PermissionDenied):
        merge_persons(by=actor_for(cast.clerk), kept=double.pk, gone=cast.stranger.person_id)
    merge_persons(by=admin, kept=double.pk, gone=cast.stranger.person_id)


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("it_admin", 200), ("deputy", 404), ("clerk", 404), ("homeroom", 404), ("pupil", 404)])  # fmt: skip
def test_who_sees_duplicates(cast: Cast, who: str, status: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get("/people/duplicates/").status_code == status
    a, b = cast.guardian.person_id, person("Nguyễn Thị Lan").pk
    assert client.get(f"/people/duplicates/{a}/{b}/").status_code == status
    if status == 404:
        assert client.post(f"/people/duplicates/{a}/{b}/").status_code == 404
        assert Person.objects.filter(pk=b).exists()


# Pages


def test_likely_pairs_are_proposed_each_for_its_reason_and_never_merged_by_themselves(cast: Cast) -> None:
    born = date(2014, 2, 3)
    one, two = person("Đặng Thị Ánh"), person("Dang Thi Anh")
    Person.objects.filter(pk__in=[one.pk, two.pk]).update(birth_date=born)
    same_phone = [person("Trần Văn Ba"), person("Trần V. Ba")]
    couple = [person("Lê Thị Tư"), person("Lê Văn Năm")]
    for number, group in (("0912345678", same_phone), ("0987654321", couple)):
        for who in group:
            Contact.objects.create(person=who, phone=number)
    twice = person("Nguyễn Thị Lan")
    Guardianship.objects.create(guardian=twice, child=cast.pupil.person, relation="mẹ", during=YEAR)
    found = {(p.one.pk, p.other.pk): p.reasons for p in merge_queries.proposals()}
    assert found == {
        (one.pk, two.pk): ("cùng họ tên và ngày sinh",),
        (same_phone[0].pk, same_phone[1].pk): ("cùng tên và số điện thoại",),
        (cast.guardian.person_id, twice.pk): ("cùng họ tên, cùng một con",),
    }
    assert "Đặng Thị Ánh" in client_of(cast.head).get("/people/duplicates/").content.decode()
    assert Person.objects.filter(pk__in=[one.pk, two.pk]).count() == 2


def test_two_people_stay_two_and_that_can_be_taken_back(cast: Cast) -> None:
    twice = person("Nguyễn Thị Lan")
    Guardianship.objects.create(guardian=twice, child=cast.pupil.person, relation="mẹ", during=YEAR)
    client, base = client_of(cast.head), f"/people/duplicates/{twice.pk}/{cast.guardian.person_id}/"
    assert client.post(f"{base}apart/").status_code == 302 and not merge_queries.proposals()
    assert client.post(f"{base}again/").status_code == 302 and len(merge_queries.proposals()) == 1


def test_the_page_compares_asks_and_leads_old_addresses_on(cast: Cast) -> None:
    kept, gone = cast.guardian.person, account("Nguyễn Thị Lân", "lan.nt2").person
    issue_slip(by=None, account=gone.account)
    Contact.objects.create(person=kept, phone="0912000222")
    Contact.objects.create(person=gone, phone="0912000333")
    client, address = client_of(cast.head), f"/people/duplicates/{kept.pk}/{gone.pk}/"
    page = client.get(address).content.decode()
    assert "0912000222" in page and "0912000333" in page and "không tách lại được" in page and "lan.nt2" in page
    answer = client.post(
        address, {"contact.phone": "gone", "person.full_name": "keep", "account": str(kept.account.pk)}
    )
    assert answer.status_code == 302
    assert Contact.objects.get(person=kept).phone == "0912000333"
    old = client.get(f"/people/{gone.pk}/")
    assert old.status_code == 302 and old.headers["Location"] == f"/people/{kept.pk}/"
    assert client.get(f"/people/{gone.pk}/edit/").headers["Location"] == f"/people/{kept.pk}/edit/"
    assert client_of(cast.other_pupil).get(f"/people/{gone.pk}/").status_code == 404
    by_old_name = client.get("/system/audit/?who=Lan&verb=people.issue_slip").content.decode()
    assert "Nguyễn Thị Lân" in by_old_name  # what was done to the row that went is still found, under its name
    assert client.get(address).status_code == 404


def test_bad_wishes_change_nothing(cast: Cast) -> None:
    kept, gone = cast.pupil.person_id, cast.other_pupil.person_id
    client = client_of(cast.head)
    answer = client.post(f"/people/duplicates/{kept}/{gone}/", {"account": "x"})
    assert answer.status_code == 422 and "hai lớp" in answer.content.decode()
    assert client.get(f"/people/duplicates/{kept}/{kept}/").status_code == 404
    assert client.get("/people/duplicates/?first=99999999999999999999&q=lan").status_code == 200


def test_queries_do_not_grow_with_the_pairs(cast: Cast) -> None:
    client = client_of(cast.head)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/duplicates/")
        return len(queries)

    def doubles(number: int) -> None:
        for _ in range(2):
            Person.objects.filter(pk=person(f"Trần Thị Hồng {number}").pk).update(birth_date=date(2014, 1, 1))

    doubles(0)
    count()
    small = count()
    for number in range(1, 20):
        doubles(number)
    assert count() == small


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_end_in_one() -> None:
    """A into B while B into A: one wins, the other is told; nobody waits for ever, nobody is lost."""
    cast = make_cast()
    one, other = person("Nguyễn Thị Lan"), person("Nguyễn Thị Lan")
    actor, told, start = actor_for(cast.head), [], threading.Barrier(2)

    def run(kept: int, gone: int) -> None:
        start.wait()
        try:
            merge_persons(by=actor, kept=kept, gone=gone)
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one.pk, other.pk), (other.pk, one.pk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert Person.objects.filter(pk__in=[one.pk, other.pk]).count() == 1
    assert len(told) == 1 and "vừa gộp xong" in told[0]
