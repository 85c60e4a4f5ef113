"""The pages: send, see, mend, write, undo; and who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.intake.models import ImportRun
from truongso.intake.tasks import check_run, commit_run
from truongso.intake.tests.files import class_of, sector, sector_row
from truongso.jobs.models import Job
from truongso.jobs.registry import JobHandle
from truongso.lib.sheets import read_workbook
from truongso.people.models import Person


def work(run: ImportRun) -> ImportRun:
    """What the worker would do now."""
    run.refresh_from_db()
    Job.objects.filter(pk=run.job_id).update(state="running", attempt=1)
    {"reading": check_run, "committing": commit_run}[run.state].run(JobHandle(run.job_id, 1), run_id=run.pk)
    run.refresh_from_db()
    return run


def send(client: Any, content: bytes, name: str = "lop 6.xlsx") -> ImportRun:
    answer = client.post("/import/", {"file": SimpleUploadedFile(name, content), "year": ""})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return ImportRun.objects.latest("pk")


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_send_see_mend_write_undo(cast: Cast) -> None:
    client = client_of(cast.clerk)
    run = send(client, sector([sector_row(1, "Nguyễn Văn Mới", "12/05/1936"), *class_of(2, start=5)]))
    assert "Đang đọc tệp" in text_of(client.get(f"/import/{run.pk}/"))
    run = work(run)
    assert run.content_sealed is None  # the file itself is gone once it was read
    page = text_of(client.get(f"/import/{run.pk}/"))
    assert "90 tuổi" in page and "D6" in page and "Ghi " in page
    assert 'value="12/05/1936"' in client.get(f"/import/{run.pk}/").content.decode()
    client.post(f"/import/{run.pk}/mend/", {"cell:Danh sách!D6": "12/05/2015", "back": "?kind=pupils"})
    assert "90 tuổi" not in text_of(client.get(f"/import/{run.pk}/?kind=pupils"))
    client.post(f"/import/{run.pk}/write/")
    run = work(run)
    assert run.state == "committed" and Person.objects.filter(full_name="Nguyễn Văn Mới").exists()
    client.post(f"/import/{run.pk}/undo/")
    run.refresh_from_db()
    assert run.state == "undone" and not Person.objects.filter(full_name="Nguyễn Văn Mới").exists()


def test_a_question_is_answered_on_the_page(cast: Cast) -> None:
    client = client_of(cast.clerk)
    run = work(send(client, sector([sector_row(n, "Nguyễn Văn Đôi", "05/09/2015") for n in (1, 2)])))
    page = client.get(f"/import/{run.pk}/?kind=pupils&status=asked").content.decode()
    for key in re.findall(r'name="key" value="([^"]+)"', page):
        client.post(f"/import/{run.pk}/mend/", {"key": key, "choice": "new"})
    run.refresh_from_db()
    assert run.counts["pupils"]["new"] == 2


def test_the_file_of_wrong_rows_comes_back_in_its_layout(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    run = work(send(client, sector([sector_row(1, "Nguyễn Văn Mới", "12/05/1936"), *class_of(2, start=5)])))
    answer = client.get(f"/import/{run.pk}/wrong/")
    head, row = read_workbook(b"".join(answer) if answer.streaming else answer.content)[0].rows[:2]
    assert head[:4] == ["STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh (dd/mm/yyyy)"] and head[-1] == "Lí do"
    assert row[2] == "Nguyễn Văn Mới" and "90 tuổi" in str(row[-1])


def test_a_refused_file_says_one_sentence(cast: Cast) -> None:
    client = client_of(cast.clerk)
    run = work(send(client, b"%PDF-1.7 nothing", "a.xlsx"))
    assert run.state == "refused"
    assert "Đây là tệp PDF, không phải bảng tính" in text_of(client.get(f"/import/{run.pk}/"))


@pytest.mark.parametrize(
    ("data", "words"), [({}, "Xin chọn một tệp"), ({"file": SimpleUploadedFile("a.csv", b"")}, "Tệp trống")]
)
def test_no_file(cast: Cast, data: dict[str, Any], words: str) -> None:
    answer = client_of(cast.clerk).post("/import/", data)
    assert answer.status_code == 422 and words in text_of(answer)


def test_who_may(cast: Cast) -> None:
    run = work(send(client_of(cast.clerk), sector(class_of(1))))
    for name in ("head", "clerk", "it_admin", "deputy"):
        assert client_of(cast.accounts[name]).get(f"/import/{run.pk}/").status_code in {200, 302}, name
    for name in ("teacher", "homeroom", "pupil", "guardian", "stranger", "inspector"):
        assert client_of(cast.accounts[name]).get(f"/import/{run.pk}/").status_code == 404, name
    deputy = client_of(cast.deputy)
    for verb in ("mend", "write", "undo", "drop"):
        assert deputy.post(f"/import/{run.pk}/{verb}/").status_code == 403
    assert deputy.post("/import/", {"file": SimpleUploadedFile("a.xlsx", sector(class_of(1)))}).status_code == 200
    assert ImportRun.objects.count() == 1


def test_columns_are_chosen_once_and_remembered(cast: Cast) -> None:
    client = client_of(cast.clerk)
    rows = "Tên gọi khác,Họ và tên,Lớp,Cột lạ\n,Nguyễn Văn An,6A1,0912345678\n".encode()
    run = work(send(client, rows, "a.csv"))
    assert run.ignored == ["Tên gọi khác", "Cột lạ"]
    assert client.get(f"/import/{run.pk}/columns/0/").status_code == 200
    client.post(
        f"/import/{run.pk}/columns/0/", {"column:B": "full_name", "column:C": "class_name", "column:D": "phone"}
    )
    again = work(send(client, rows, "b.csv"))
    assert "0912345678" in text_of(client.get(f"/import/{again.pk}/?kind=pupils"))


def test_queries_do_not_grow(cast: Cast) -> None:
    client = client_of(cast.clerk)
    counts = []
    client.get("/import/")
    for size in (3, 120):
        run = work(send(client, sector(class_of(size, start=size))))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/import/{run.pk}/?kind=pupils&status=new").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_export_for_those_who_may(cast: Cast) -> None:
    run = work(send(client_of(cast.clerk), sector(class_of(3))))
    client_of(cast.clerk).post(f"/import/{run.pk}/write/")
    work(run)
    for who, ethnicity in ((cast.clerk, True), (cast.deputy, False)):
        answer = client_of(who).get("/export/people/sector/")
        rows = read_workbook(answer.content)[0].rows
        assert ("Kinh" in [c for row in rows for c in row]) is ethnicity
    assert client_of(cast.teacher).get("/export/people/sector/").status_code == 404
    assert client_of(cast.clerk).get("/export/people/nothing/").status_code == 404


def test_old_files_are_forgotten(cast: Cast) -> None:
    from datetime import timedelta

    from truongso.intake.actions.files import forget_old

    run = work(send(client_of(cast.clerk), sector(class_of(1))))
    ImportRun.objects.update(made_at=run.made_at - timedelta(days=31))
    forget_old()
    assert not ImportRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_writes() -> None:
    """Both press the button for one file; the other is told, and nobody is entered twice."""
    from concurrent.futures import ThreadPoolExecutor

    from django.core.exceptions import ValidationError

    from truongso.intake.actions import runs
    from truongso.intake.actions.commit import commit

    content = sector(class_of(5))
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        run = runs.start_run(by=None, name=name)
        runs.check(run=run, content=content)
        made.append(run)

    def go(run: ImportRun) -> str:
        try:
            commit(by=None, run=run)
            return "written"
        except ValidationError:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(go, made))
    assert said == ["told", "written"]
    assert Person.objects.filter(roles__role="pupil").count() == 5
