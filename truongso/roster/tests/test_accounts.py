"""Accounts in bulk: who sees what, what is printed, and that a killed or doubled try prints and changes nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import YEAR, Cast, account, assign, client_of, person
from truongso.jobs.actions import take
from truongso.jobs.models import Job, JobState
from truongso.jobs.registry import Cancelled, JobHandle
from truongso.jobs.tasks import run_job
from truongso.lib.sheets import read_workbook
from truongso.people.models import Account, Guardianship, Person, Role, RoleAssignment, SignInSlip, Unit
from truongso.roster import account_queries
from truongso.roster.account_queries import Kind, Scope, State
from truongso.roster.actions import slips
from truongso.roster.models import SlipBatch
from truongso.roster.tasks import print_slips
from truongso.roster.tests.test_slips import text_of


def order(client: Client, query: str = "", **data: str) -> SlipBatch:
    answer = client.post(f"/accounts/print/{query}", {"who": "waiting", **data})
    assert answer.status_code == 302, answer.content.decode()
    return SlipBatch.objects.get(pk=int(answer.headers["Location"].split("/")[-2]))


def finish(batch: SlipBatch) -> SlipBatch:
    run_job.func(batch.job_id)
    batch.refresh_from_db()
    return batch


def paper(client: Client, batch: SlipBatch) -> str:
    answer = client.get(f"/accounts/print/{batch.pk}/file/")
    assert answer.status_code == 200
    return text_of(answer.content)


def pupil_of(unit: Unit, name: str, *, with_account: bool = True) -> Person:
    who = person(name)
    if with_account:
        who = account(name, f"p{who.pk}").person
    RoleAssignment.objects.create(person=who, role=Role.PUPIL.value, unit=unit, during=YEAR)
    return who


def test_the_school_at_a_glance_and_by_filter(cast: Cast) -> None:
    came_in = timezone.now()
    Account.objects.filter(pk=cast.pupil.pk).update(first_signed_in_at=came_in)
    pupil_of(cast.class_8a2, "Cao Không Tài Khoản", with_account=False)
    client = client_of(cast.it_admin)
    page = client.get(f"/accounts/?unit={cast.class_8a2.pk}").content.decode()
    for name in ("Nguyễn Khánh An", "Cao Không Tài Khoản", "Nguyễn Thị Lan"):
        assert name in page
    assert "Trịnh Mai Chi" not in page and "Vũ Thị Mai" not in page
    never = client.get("/accounts/?kind=pupil&state=waiting").content.decode()
    assert "Lê Gia Bảo" in never and "Nguyễn Khánh An" not in never and "Nguyễn Thị Lan" not in never
    none = client.get("/accounts/?grade=8&state=none").content.decode()
    assert "Cao Không Tài Khoản" in none and "Lê Gia Bảo" not in none
    assert client.get("/accounts/?grade=xyz&unit=0&state=?&from=-3").status_code == 200


@pytest.mark.parametrize(
    ("who", "looks", "prints"),
    [("it_admin", 200, 200), ("homeroom", 200, 200), ("head", 200, 404), ("deputy", 200, 404), ("clerk", 404, 404),
     ("teacher", 404, 404), ("inspector", 404, 404), ("pupil", 404, 404), ("guardian", 404, 404)],
)  # fmt: skip
def test_who_looks_and_who_prints(cast: Cast, who: str, looks: int, prints: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get("/accounts/").status_code == looks
    assert client.get("/accounts/excel/").status_code == looks
    assert client.get("/accounts/print/").status_code == prints
    assert client.post("/accounts/issue/").status_code == (404 if prints == 404 else 302)


def test_the_homeroom_teacher_has_the_own_class_only(cast: Cast) -> None:
    """Not another class, though it is asked for by address; not a guardian who works here."""
    Guardianship.objects.create(guardian=cast.teacher.person, child=cast.pupil.person, relation="bố", during=YEAR)
    client = client_of(cast.homeroom)
    page = client.get(f"/accounts/?unit={cast.class_7a1.pk}").content.decode()
    assert "Trịnh Mai Chi" not in page and "Nguyễn Khánh An" in page and "Trần Văn Minh" not in page
    text = paper(client, finish(order(client, f"?unit={cast.class_7a1.pk}")))
    assert "Nguyễn Khánh An" in text and "Nguyễn Thị Lan" in text
    assert "Trịnh Mai Chi" not in text and "Vũ Thị Mai" not in text


def test_slips_of_the_school_are_made_by_a_job_and_work(cast: Cast) -> None:
    new = pupil_of(cast.class_7a1, "Cao Không Tài Khoản", with_account=False)
    client = client_of(cast.it_admin)
    batch = order(client)
    assert batch.pdf_sealed is None and not SignInSlip.objects.exists()
    assert "<progress" in client.get(f"/accounts/print/{batch.pk}/").content.decode()
    finish(batch)
    assert Job.objects.get(pk=batch.job_id).state == JobState.DONE
    text = paper(client, batch)
    assert "phụ huynh lớp 8A2" in " ".join(text.split())
    assert "Cao Không Tài Khoản" in text and "Nguyễn Thị Lan" in text and "Hoàng Hải Nam" not in text
    lines = [line.strip() for line in text.splitlines()]
    login = Account.objects.get(person=new).login
    password = next(line for line in lines[lines.index(login) :] if line.count("-") == 4)
    assert Client().post("/sign-in/", {"login": login, "password": password}).status_code == 302
    assert password.encode() not in bytes(batch.pdf_sealed or b"")
    assert len(pypdfium2.PdfDocument(client.get(f"/accounts/print/{batch.pk}/file/").content)) == -(-batch.count // 8)


def test_only_who_never_came_in_unless_told_otherwise(cast: Cast) -> None:
    Account.objects.filter(pk=cast.pupil.pk).update(first_signed_in_at=timezone.now())
    client, query = client_of(cast.it_admin), f"?unit={cast.class_8a2.pk}&kind=pupil"
    text = paper(client, finish(order(client, query)))
    assert "Lê Gia Bảo" in text and "Nguyễn Khánh An" not in text
    assert "hết tác dụng" in client.get(f"/accounts/print/{query}").content.decode()
    assert "Nguyễn Khánh An" in paper(client, finish(order(client, query, who="all")))
    Account.objects.update(first_signed_in_at=timezone.now())
    answer = client.post(f"/accounts/print/{query}", {"who": "waiting"})
    assert answer.status_code == 422 and "không cần in phiếu" in answer.content.decode()


def test_the_file_is_its_owners_alone_for_a_day(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    batch = finish(order(client, f"?unit={cast.class_8a2.pk}"))
    for other in (cast.homeroom, cast.head, cast.teacher):
        assert client_of(other).get(f"/accounts/print/{batch.pk}/file/").status_code == 404
        assert client_of(other).get(f"/accounts/print/{batch.pk}/").status_code == 404
    assert client.get(f"/accounts/print/{batch.pk}/file/").headers["Cache-Control"].count("no-store")
    SlipBatch.objects.filter(pk=batch.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/accounts/print/{batch.pk}/file/").status_code == 404
    assert slips.wipe_old_slips() == 1
    batch.refresh_from_db()
    assert batch.pdf_sealed is None
    assert "đã được xoá" in client.get(f"/accounts/print/{batch.pk}/").content.decode()


def test_it_can_be_wiped_at_once(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    batch = finish(order(client, f"?unit={cast.class_8a2.pk}"))
    assert client.post(f"/accounts/print/{batch.pk}/wipe/").status_code == 302
    batch.refresh_from_db()
    assert batch.pdf_sealed is None and client.get(f"/accounts/print/{batch.pk}/file/").status_code == 404


def test_a_try_that_dies_has_changed_no_password_and_the_next_one_does_it_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast.it_admin)
    batch = order(client, f"?unit={cast.class_8a2.pk}&kind=pupil")
    before = dict(Account.objects.values_list("pk", "password"))
    job, _work = take(batch.job_id)  # type: ignore[misc]
    stale = JobHandle(job.pk, job.attempt)
    monkeypatch.setattr(slips, "slips_pdf", lambda *a, **k: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        print_slips.run(stale, batch_id=batch.pk)
    assert dict(Account.objects.values_list("pk", "password")) == before and not SignInSlip.objects.exists()
    monkeypatch.undo()
    finish(batch)
    made, kept = SignInSlip.objects.count(), bytes(batch.pdf_sealed or b"")
    assert made == 2
    with pytest.raises(Cancelled):  # the first worker was only slow: it may not print a second time
        print_slips.run(stale, batch_id=batch.pk)
    run_job.func(batch.job_id)
    batch.refresh_from_db()
    assert SignInSlip.objects.count() == made and bytes(batch.pdf_sealed or b"") == kept


def test_who_comes_in_while_the_pages_are_made_keeps_the_password(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, real = client_of(cast.it_admin), slips.slips_pdf
    batch = order(client, f"?unit={cast.class_8a2.pk}&kind=pupil")

    def meanwhile(*args, **kwargs):  # type: ignore[no-untyped-def]
        Account.objects.filter(pk=cast.pupil.pk).update(first_signed_in_at=timezone.now())
        return real(*args, **kwargs)

    monkeypatch.setattr(slips, "slips_pdf", meanwhile)
    finish(batch)
    assert batch.count == 1 and "Nguyễn Khánh An" not in paper(client, batch)
    cast.pupil.refresh_from_db()
    assert check_password("binh-minh-8", cast.pupil.password)


def test_families_can_lie_together(cast: Cast) -> None:
    """A mother of two in two classes stands after both; without the wish the order is that of the lists."""
    Guardianship.objects.create(
        guardian=cast.guardian.person, child=cast.other_pupil.person, relation="mẹ", during=YEAR
    )
    found = account_queries.rows(timezone.localdate(), Scope(), None)
    plain = [r.name for r in found if r.kind is not Kind.STAFF]
    assert plain == ["Trịnh Mai Chi", "Nguyễn Khánh An", "Lê Gia Bảo", "Nguyễn Thị Lan"]
    family = [r.name for r in account_queries.by_family(found) if r.kind is not Kind.STAFF]
    assert family == ["Trịnh Mai Chi", "Nguyễn Khánh An", "Nguyễn Thị Lan", "Lê Gia Bảo"]


def test_excel_says_the_state_and_no_password(cast: Cast) -> None:
    answer = client_of(cast.it_admin).get("/accounts/excel/?kind=pupil")
    rows = read_workbook(answer.content)[0].rows
    assert rows[0][0] == "Họ và tên" and len(rows) == 4
    assert any(r[0] == "Lê Gia Bảo" and r[4] == "bao.lg.8a2" and r[5] == "chưa vào lần nào" for r in rows)


def test_accounts_without_slips(cast: Cast) -> None:
    who = pupil_of(cast.class_8a2, "Cao Không Tài Khoản", with_account=False)
    client = client_of(cast.homeroom)
    assert client.post(f"/accounts/issue/?unit={cast.class_8a2.pk}").status_code == 302
    assert Account.objects.get(person=who).login == "tai.ckk.8a2" or Account.objects.filter(person=who).exists()
    assert not SignInSlip.objects.exists()


def test_queries_do_not_grow_with_the_school(cast: Cast) -> None:
    client = client_of(cast.it_admin)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/accounts/")
        return len(queries)

    count()
    small = count()
    for number in range(30):
        child = pupil_of(cast.class_7a1, f"Trần Thị Hồng {number}")
        Guardianship.objects.create(guardian=person(f"Trần Văn Ba {number}"), child=child, relation="bố", during=YEAR)
    assert count() == small


def test_the_it_admin_is_told_who_waits(cast: Cast) -> None:
    assign(cast.stranger, Role.TEACHER)
    assert account_queries.never_in(timezone.localdate()) == 14
    assert "người chưa vào lần nào" in client_of(cast.it_admin).get("/").content.decode()
    assert State.WAITING in {r.state for r in account_queries.rows(timezone.localdate(), Scope(), None)}


@pytest.mark.parametrize(
    ("who", "lines"),
    [
        ("head", {"accounts", "duplicates", "rollover"}),
        ("it_admin", {"accounts", "duplicates", "rollover"}),
        ("deputy", {"accounts", "rollover"}),
        ("clerk", {"rollover"}),
        ("homeroom", {"accounts"}),
    ],
)
def test_the_page_of_the_school_leads_here(cast: Cast, who: str, lines: set[str]) -> None:
    page = client_of(getattr(cast, who)).get("/school/").content.decode()
    ways = {"accounts": "/accounts/", "duplicates": "/people/duplicates/", "rollover": "/school/rollover/"}
    assert {name for name, way in ways.items() if f'href="{way}"' in page} == lines
