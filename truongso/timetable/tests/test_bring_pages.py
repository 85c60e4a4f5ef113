"""The pages of bringing a timetable in, and the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.audit.models import Entry as AuditEntry
from truongso.conditions.models import Room
from truongso.school.models import SubjectGrade, Term
from truongso.timetable.commands import import_timetable
from truongso.timetable.models import Entry, Period, TimetableFile, TimetableVersion
from truongso.timetable.tests.bring_files import xlsx
from truongso.timetable.tests.bring_school import Made
from truongso.timetable.tests.bring_school import make as school_of

pytestmark = pytest.mark.django_db

GRID = [
    ["Thứ", "Tiết", "6A1", "6A2"],
    ["2", 1, "Chào cờ", "Chào cờ"],
    ["", 2, "Toán - Lan", "Văn - Hoa"],
    ["", 3, "Tin - Lan", "Vẽ"],
]


@pytest.fixture
def school(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2026, 9, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    )
    return school_of(cast)


def send(client: Client, content: bytes, name: str = "tkb.xlsx") -> TimetableFile:
    answer = client.post("/timetables/files/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return TimetableFile.objects.get()


def digest(client: Client, file: TimetableFile) -> str:
    page = client.get(f"/timetables/files/{file.pk}/")
    return (
        str(page.context["digest"])
        if page.context
        else page.content.decode().split('name="digest" value="')[1].split('"')[0]
    )


def test_from_file_to_draft(school: Made, cast: Cast) -> None:
    client = client_of(cast.deputy)
    file = send(client, xlsx({"Sáng": GRID}))
    at = f"/timetables/files/{file.pk}/"
    page = client.get(at).content.decode()
    assert "“Lan” ở các ô Tin là ai?" in page and "“Vẽ” trong tệp là môn nào?" in page and "D4" in page
    assert "Nhận 4 tiết đúng, bỏ 2 tiết sai" in page
    client.post(
        f"{at}answer/", {"a:t|lan|" + str(school.subject("tin-hoc").pk): str(school.people["Lan"].pk), "a:s|ve": "skip"}
    )
    page = client.get(at).content.decode()
    assert "Lập bản nháp với 5 tiết" in page and "Đã chọn 2 chỗ." in page
    said = {"title": "TKB số 1", "first": "07/09/2026", "base": "", "digest": digest(client, file), "do": "write"}
    assert client.post(at, said).status_code == 302
    version = TimetableVersion.objects.get()
    assert (version.name, version.entries.count(), version.state) == ("TKB số 1", 5, "draft")
    assert "Đã lập bản nháp “TKB số 1”" in client.get(at).content.decode()
    assert "tkb.xlsx" in client.get("/timetables/files/").content.decode()
    client.post(f"{at}take-back/")
    assert not TimetableVersion.objects.exists()
    client.post(f"{at}drop/")
    assert not TimetableFile.objects.exists()
    verbs = list(AuditEntry.objects.filter(verb__startswith="timetable.").order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"timetable.{verb}" for verb in ("take_file", "create_version", "bring", "take_back", "drop_file")]


def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(school: Made, cast: Cast) -> None:
    client = client_of(cast.deputy)
    refused = client.post("/timetables/files/", {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.4")})
    assert refused.status_code == 422 and "PDF" in refused.content.decode()
    assert client.post("/timetables/files/", {}).status_code == 422
    file = send(client, xlsx({"Sáng": GRID}))
    at = f"/timetables/files/{file.pk}/"
    for bad in ({"first": "31/02/2026"}, {"first": "07/09/2031"}, {"title": ""}, {"base": "99"}):
        said = {"title": "Tên tôi gõ", "first": "07/09/2026", "base": "", "do": "write", "digest": "x"} | bad
        answer = client.post(at, said)
        page = answer.content.decode()
        assert answer.status_code == 422 and 'aria-invalid="true"' in page and ("Tên tôi gõ" in page or "title" in bad)
    stale = client.post(at, {"title": "A", "first": "07/09/2026", "base": "", "do": "write", "digest": "x"})
    assert stale.status_code == 422 and "xin xem lại" in stale.content.decode() and not Entry.objects.exists()


def test_only_planners_come_in(school: Made, cast: Cast) -> None:
    file = send(client_of(cast.deputy), xlsx({"Sáng": GRID}))
    for name, who in cast.accounts.items():
        may = name in {"head", "deputy", "it_admin"}
        for at in ("/timetables/files/", f"/timetables/files/{file.pk}/"):
            answer = client_of(who).get(at)
            assert (answer.status_code in {200, 302}) == may, (name, at, answer.status_code)


def test_the_page_costs_the_same_queries_for_many_lessons(school: Made, cast: Cast) -> None:
    client = client_of(cast.deputy)
    client.get("/timetables/files/")
    counts = []
    for rows in (
        GRID,
        [GRID[0], *([[d if n == 1 else "", n, "Toán - Lan", "Vẽ"] for d in range(2, 8) for n in range(1, 6)])],
    ):
        TimetableFile.objects.all().delete()
        file = send(client, xlsx({"Sáng": rows}))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/timetables/files/{file.pk}/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def run(capsys: pytest.CaptureFixture[str], *paths: Path, write: bool = False, publish: bool = False, name: str | None = None, first: str | None = None) -> tuple[int, dict[str, object]]:  # fmt: skip
    capsys.readouterr()
    code = import_timetable(
        [str(p) for p in paths],
        name=name,
        first=first,
        year=None,
        write=write,
        publish=publish,
        keep=False,
        as_json=True,
    )
    return code, json.loads(capsys.readouterr().out)


def test_the_command_line(school: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tkb.xlsx"
    file.write_bytes(xlsx({"Sáng": [*GRID, ["3", 1, "GDTC - Sơn", "GDTC - Sơn"]]}))
    code, said = run(capsys, file)
    assert code == 0 and said["committed"] is False and not TimetableVersion.objects.exists()
    assert said["counts"] == {"lessons": {"new": 4, "changed": 0, "same": 0, "wrong": 4}}
    assert len(said["lessons"]) == 8  # type: ignore[arg-type]
    wrong = {w["cell"]: w for w in said["wrong"]}  # type: ignore[attr-defined]
    assert wrong.keys() == {"C4", "D4", "C5", "D5"}
    assert {k: wrong["D4"][k] for k in ("sheet", "row", "column", "value", "field")} == {"sheet": "Sáng", "row": 4, "column": "6A2", "value": "Vẽ", "field": "subject"}  # fmt: skip
    assert said["clashes"][0]["who"] == "Bùi Hồng Sơn"  # type: ignore[index]
    code, said = run(capsys, file, write=True, name="Số 1", first="14/09/2026")
    assert (code, said["committed"], said["version"]["name"], said["version"]["first"]) == (
        0,
        True,
        "Số 1",
        "2026-09-14",
    )  # type: ignore[index]
    code, said = run(capsys, file, write=True)
    assert code == 0 and said["counts"]["lessons"]["same"] == 4 and TimetableVersion.objects.count() == 1  # type: ignore[index]
    assert said["version"]["name"] == "Số 1"  # type: ignore[index]
    code, said = run(capsys, file, write=True, name="Số 1", first="07/09/2026")
    assert code == 0
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    code, said = run(capsys, broken)
    assert code == 1 and said["refused"] and said["counts"]["lessons"]["new"] == 0  # type: ignore[index]


def test_a_program_gets_a_report_whatever_is_wrong(
    school: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tkb.xlsx"
    code, said = run(capsys, file)
    assert code == 1 and "không có đường dẫn này" in str(said["refused"]) and said["lessons"] == []
    assert "thư mục" in str(run(capsys, tmp_path)[1]["refused"])
    file.write_bytes(xlsx({"Sáng": GRID[:3]}))
    code, said = run(capsys, file, first="31/02/2026")
    assert code == 1 and "không phải là ngày" in str(said["refused"])
    code, said = run(capsys, file, publish=True)
    assert code == 1 and "--commit" in str(said["refused"]) and not TimetableVersion.objects.exists()
    (made,) = run(capsys, file)[1]["created"]  # type: ignore[misc]
    assert run(capsys, file, write=True)[1]["created"] == [made] and run(capsys, file)[1]["created"] == []


def test_what_we_write_comes_back_as_it_was(school: Made, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Rooms in some lessons and none in others of the same class and subject, both halves of the day, a Sunday."""
    file, back = tmp_path / "tkb.xlsx", tmp_path / "ra.xlsx"
    days = [[day, 1, "Toán - Lan", "Văn - Hoa", "Toán"] for day in ("Thứ 2", "Thứ 4", "Thứ 6", "Chủ nhật")]
    file.write_bytes(xlsx({"TKB": [["Thứ", "Tiết", "6A1", "6A2", "8A2"], *days]}))
    assert run(capsys, file, write=True, publish=True)[1]["counts"] == {"lessons": {"new": 12, "changed": 0, "same": 0, "wrong": 0}}  # fmt: skip
    version = TimetableVersion.objects.get()
    rooms = {unit: Room.objects.create(name=f"A{n}") for n, unit in enumerate(school.units.values())}
    for entry in version.entries.exclude(weekday=3):
        Entry.objects.filter(pk=entry.pk).update(room=rooms[entry.unit])
    back.write_bytes(client_of(cast.head).get(f"/timetables/{version.pk}/export.xlsx").content)
    code, said = run(capsys, back)
    assert code == 0 and said["counts"] == {"lessons": {"new": 0, "changed": 0, "same": 12, "wrong": 0}} and not said["gone"]  # fmt: skip


def test_the_counts_are_those_of_the_term_that_the_file_names(school: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    term = DateRange(date(2027, 1, 18), date(2027, 5, 31))
    Term.objects.create(year=school.year, number=2, during=term, weeks=17)
    SubjectGrade.objects.filter(grade=6).delete()
    SubjectGrade.objects.create(year=school.year, subject=school.subject("toan"), grade=6, periods=52, weekly_term_1=1, weekly_term_2=2)  # fmt: skip
    file = tmp_path / "tkb.xlsx"
    rows = [["Thứ", "Tiết", "6A1", "6A2"], ["2", 1, "Toán - Lan", ""], ["3", 1, "", "Toán - Lan"]]
    file.write_bytes(xlsx({"TKB": [["Áp dụng từ ngày 18/01/2027"], *rows]}))
    assert "Toán 1/2" in str(run(capsys, file)[1]["warnings"])


def test_the_command_line_may_publish(school: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tkb.xlsx"
    file.write_bytes(xlsx({"Sáng": GRID[:3]}))
    code, said = run(capsys, file, write=True, publish=True)
    assert (code, said["published"]) == (0, True) and TimetableVersion.objects.get().state == "published"
    assert Period.objects.count() == 4 * 18
