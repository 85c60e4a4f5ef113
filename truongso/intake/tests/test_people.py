"""From a file to the school and back: what is made, what changes, what is asked, what is undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from truongso.intake.actions import runs
from truongso.intake.actions.commit import Stale, commit
from truongso.intake.actions.correct import correct
from truongso.intake.actions.undo import undo
from truongso.intake.export import LAYOUTS, export
from truongso.intake.models import ImportChange, ImportRow, ImportRun
from truongso.intake.tests.files import class_of, sector, sector_row, xlsx
from truongso.people import sealed
from truongso.people.actions.accounts import issue_account
from truongso.people.actions.persons import add_person
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit
from truongso.roster.models import (
    Contact,
    GroupMember,
    Movement,
    Position,
    PupilRecord,
    SensitiveRecord,
    StaffRecord,
    TeachingAssignment,
)
from truongso.school.models import SchoolClass, SchoolYear, Subject

TABLES = (Person, Unit, RoleAssignment, Guardianship, Contact, PupilRecord, StaffRecord, SensitiveRecord, Movement, Position, GroupMember,
          TeachingAssignment, SchoolYear, SchoolClass, Subject)  # fmt: skip


def everything() -> dict[str, str]:
    return {m._meta.label: serializers.serialize("json", m.objects.order_by("pk")) for m in TABLES}


def test_an_empty_school_gets_year_class_pupils_and_guardians(brought: Any) -> None:
    run, plan = brought(
        sector(
            [
                sector_row(
                    1,
                    "Nguyễn Thị Lan Anh",
                    "05/09/2015",
                    code="0123456789",
                    father="Nguyễn Văn Ba - 0912345678",
                    gender="Nữ",
                )
            ]
        )
    )
    assert plan.created == ["năm học 2026-2027", "lớp 6A1"]
    pupil = Person.objects.get(full_name="Nguyễn Thị Lan Anh")
    assert (pupil.birth_date.isoformat(), pupil.gender) == ("2015-09-05", "f")
    assert sealed.unseal(pupil.sector_code_sealed, use="sector_code") == "0123456789"
    place = RoleAssignment.objects.get(person=pupil)
    assert (place.role, place.unit.name, place.unit.school_class.grade) == ("pupil", "6A1", 6)
    assert place.during.lower == SchoolYear.objects.get().during.lower
    care = Guardianship.objects.get(child=pupil)
    assert (care.guardian.full_name, care.relation, care.guardian.contact.phone) == (
        "Nguyễn Văn Ba",
        "bố",
        "0912345678",
    )
    assert (
        sealed.unseal(SensitiveRecord.objects.get(person=pupil).ethnicity_sealed, use=f"ethnicity:{pupil.pk}") == "Kinh"
    )
    assert run.counts["pupils"] == {"new": 1, "changed": 0, "same": 0, "wrong": 0, "asked": 0}


def test_twice_changes_nothing(brought: Any, checked: Any) -> None:
    content = sector(class_of(20))
    brought(content)
    before = everything()
    _run, plan = checked(content)
    assert {d.status for d in plan.drafts} == {"same"}
    brought(content)
    assert everything() == before


def test_a_blank_cell_keeps_and_a_new_value_changes(brought: Any) -> None:
    row = sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001", phone="0912345678")
    brought(sector([row]))
    row[7], row[12] = "", "Thôn 9"
    _run, plan = brought(sector([row]))
    assert plan.of("pupils")[0].changes == [{"field": "address", "old": "Thôn 1", "new": "Thôn 9"}]
    assert (Contact.objects.get().phone, Contact.objects.get().address) == ("0912345678", "Thôn 9")


def test_a_change_of_class_is_shown_and_dated(brought: Any) -> None:
    brought(sector([sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001")]))
    _run, plan = brought(sector([sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001", klass="6A2")]))
    assert {"field": "class_name", "old": "6A1", "new": "6A2"} in plan.of("pupils")[0].changes
    old, new = RoleAssignment.objects.filter(role="pupil").order_by("during")
    assert (old.unit.name, new.unit.name) == ("6A1", "6A2")
    assert old.during.upper == new.during.lower


def test_a_pupil_who_left(brought: Any) -> None:
    brought(sector([sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001")]))
    row = sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001", status="Thôi học")
    brought(sector([row]))
    assert RoleAssignment.objects.get().during.upper is not None
    assert Movement.objects.filter(kind="leave").count() == 1
    _run, again = brought(sector([row]))
    assert again.of("pupils")[0].status == "same"


def test_a_code_of_somebody_else_is_wrong_with_both_names(brought: Any, checked: Any) -> None:
    brought(sector([sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001")]))
    _run, plan = checked(sector([sector_row(1, "Trần Thị Bình", "07/09/2015", code="3600000001")]))
    reason = plan.of("pupils")[0].problems[0].reason
    assert "Nguyễn Văn An" in reason and "Trần Thị Bình" in reason


def test_two_of_one_name_and_day_are_asked_then_answered(checked: Any) -> None:
    twins = [sector_row(n, "Nguyễn Văn An", "05/09/2015") for n in (1, 2)]
    run, plan = checked(sector(twins))
    assert [d.status for d in plan.of("pupils")] == ["asked", "asked"]
    assert "7" in plan.of("pupils")[0].question["text"]  # the other row is named
    for draft in plan.of("pupils"):
        run.answers[draft.key] = "new"
    run.save()
    assert [d.status for d in runs.recheck(run=run).of("pupils")] == ["new", "new"]


def test_a_namesake_in_the_school_is_asked(brought: Any, checked: Any) -> None:
    brought(
        sector(
            [
                sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001"),
                sector_row(2, "Nguyễn Văn An", "05/09/2015", code="3600000002"),
            ]
        )
    )
    _run, plan = checked(sector([sector_row(1, "Nguyễn Văn An", "05/09/2015")]))
    assert plan.of("pupils")[0].status == "asked"
    assert len(plan.of("pupils")[0].question["choices"]) == 4


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({3: "12/05/1936"}, "birth_date", "90 tuổi"), ({3: "12/05/2023"}, "birth_date", "3 tuổi"), ({3: "01/01/2031"}, "birth_date", "tương lai"),
        ({3: "31/02/2015"}, "birth_date", "Lịch"), ({1: "123"}, "sector_code", "10 chữ số"), ({1: 3.6e9 + 0.5}, "sector_code", "Excel"),
        ({1: 123456789.0}, "sector_code", "số 0 ở đầu"), ({1: "3.6E+09"}, "sector_code", "Excel"), ({2: "Nguyễn Văn 7"}, "full_name", "chữ số"),
        ({2: ""}, "full_name", "Thiếu họ tên"), ({4: "abc"}, "gender", "Nam hoặc Nữ"), ({7: "12"}, "phone", "Số điện thoại"),
        ({22: ", ".join(f"6A{n}" for n in range(1, 46))}, "class_name", "nhiều lớp"), ({23: "7"}, "grade", "không khớp"),
        ({6: "Bay"}, "status", "trạng thái"), ({24: "12"}, "national_number", "12 chữ số"),
    ],
)  # fmt: skip
def test_a_wrong_cell_says_where_and_why(checked: Any, change: dict[int, Any], field: str, words: str) -> None:
    row = sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001")
    for place, value in change.items():
        row[place] = value
    _run, plan = checked(sector([row, *class_of(1, start=5)]))
    first, second = plan.of("pupils")
    assert first.status == "wrong" and second.status == "new"
    problem = first.problems[0]
    assert (problem.field, first.row) == (field, 6)
    assert words in problem.reason and problem.spot is not None
    assert problem.spot.letter == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[next(iter(change))]


def test_duplicate_codes_name_each_other(checked: Any) -> None:
    _run, plan = checked(
        sector(
            [
                sector_row(1, "Nguyễn Văn An", "05/09/2015", code="3600000001"),
                sector_row(2, "Trần Thị Bình", "05/10/2015", code="3600000001"),
            ]
        )
    )
    assert [d.problems[0].reason for d in plan.of("pupils")] == [
        "Mã này có ở nhiều dòng: còn ở dòng 7.",
        "Mã này có ở nhiều dòng: còn ở dòng 6.",
    ]


def test_siblings_share_a_parent_by_phone_never_by_name(brought: Any) -> None:
    rows = [
        sector_row(1, "Nguyễn Văn An", "05/09/2015", father="Nguyễn Văn Ba - 0912345678"),
        sector_row(2, "Nguyễn Thị Bình", "05/10/2014", klass="7A1", father="Nguyễn Văn Ba - 0912345678"),
        sector_row(3, "Nguyễn Thị Chi", "05/11/2014", klass="7A1", father="Nguyễn Văn Ba"),
    ]
    brought(sector(rows))
    fathers = Person.objects.filter(full_name="Nguyễn Văn Ba")
    assert sorted(p.guardian_of.count() for p in fathers) == [1, 2]


def test_undo_restores_exactly(brought: Any) -> None:
    add_person(by=None, full_name="Người có sẵn")
    brought(sector(class_of(6)))
    before = everything()
    rows = class_of(12)
    rows[0][12], rows[1][22], rows[1][23] = "Nơi khác", "6A2", "6"
    run, _plan = brought(sector(rows))
    assert everything() != before
    undo(by=None, run=run)
    assert everything() == before
    run.refresh_from_db()
    assert run.state == "undone" and not ImportChange.objects.filter(run=run).exists()


def test_undo_of_everything_leaves_an_empty_school(brought: Any) -> None:
    before = everything()
    run, _plan = brought(STAFF_AND_LESSONS())
    undo(by=None, run=run)
    assert everything() == before


def test_undo_is_refused_once_something_depends_on_it(brought: Any) -> None:
    run, _plan = brought(sector(class_of(2)))
    issue_account(by=None, person=Person.objects.filter(roles__role="pupil").first(), class_name="6A1")
    before = everything()
    with pytest.raises(ValidationError, match="dựa vào"):
        undo(by=None, run=run)
    assert everything() == before


def test_undo_is_refused_after_a_later_change(brought: Any) -> None:
    run, _plan = brought(sector(class_of(2)))
    Contact.objects.update(address="đã sửa")
    with pytest.raises(ValidationError, match="đã được sửa"):
        undo(by=None, run=run)


def test_commit_is_refused_when_the_school_changed_since_the_check(checked: Any, brought: Any) -> None:
    content = sector(class_of(3))
    run, _plan = checked(content)
    brought(content)
    before = everything()
    with pytest.raises(Stale):
        commit(by=None, run=run)
    assert everything() == before
    run.refresh_from_db()
    assert run.counts["pupils"]["same"] == 3  # checked again, and says so
    commit(by=None, run=run)
    assert everything() == before


def test_an_edit_over_a_wrong_cell_mends_the_row(checked: Any, cast: Any) -> None:
    from truongso.people.actor import actor_for

    run, _plan = checked(sector([sector_row(1, "Nguyễn Văn An", "12/05/1936")]))
    fixed = correct(by=actor_for(cast.clerk), run=run, sheet="Danh sách", cell="D6", text="12/05/2015")
    assert fixed.of("pupils")[0].values["birth_date"] == "2015-05-12"
    assert ImportRow.objects.get(run=run, kind="pupils").status == "new"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_export_comes_back_the_same(brought: Any, checked: Any, layout: str) -> None:
    brought(sector(class_of(8)))
    content, count = export(layout=layout)
    _run, plan = checked(content, f"{layout}.xlsx")
    assert count == 8
    assert {d.status for d in plan.drafts} == {"same"}, [
        (d.kind, d.row, d.changes, d.problems) for d in plan.drafts if d.status != "same"
    ][:3]


def STAFF_AND_LESSONS() -> bytes:
    head = [
        "STT",
        "Mã cán bộ",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Vị trí việc làm",
        "Tổ",
        "Môn dạy",
        "Phân công giảng dạy",
        "Chủ nhiệm",
    ]
    rows = [
        [
            1,
            "CB01",
            "Lê Thị Hoa",
            "05/09/1985",
            "Nữ",
            "Giáo viên",
            "Toán - Tin",
            "Toán",
            "Toán 6A, 6B; HĐTN 6A (CN)",
            "",
        ],
        [2, "CB02", "Trần Văn Dũng", "06/09/1980", "Nam", "Giáo viên", "KHTN", "Vật lí", "Lý 6A, 6B; CN 6B", "6B"],
        [3, "CB03", "Vũ Thị Kế", "07/09/1990", "Nữ", "Kế toán", "Văn phòng", "", "", ""],
    ]
    return xlsx({"CBGV": [["DANH SÁCH CÁN BỘ, GIÁO VIÊN NĂM HỌC 2026-2027"], head, *rows]})


def test_staff_positions_lessons_and_homerooms(brought: Any, checked: Any) -> None:
    _run, plan = brought(STAFF_AND_LESSONS())
    assert plan.counts()["staff"]["new"] == 3, plan.drafts
    hoa, dung, ke = (Person.objects.get(full_name=n) for n in ("Lê Thị Hoa", "Trần Văn Dũng", "Vũ Thị Kế"))
    said = {
        (t.person.full_name, t.subject.short_name, t.part.name if t.part else "", t.unit.name)
        for t in TeachingAssignment.objects.all()
    }
    assert said == {
        ("Lê Thị Hoa", "Toán", "", "6A"), ("Lê Thị Hoa", "Toán", "", "6B"), ("Lê Thị Hoa", "HĐTN", "", "6A"),
        ("Trần Văn Dũng", "KHTN", "Vật lí", "6A"), ("Trần Văn Dũng", "KHTN", "Vật lí", "6B"),
    }  # fmt: skip
    assert {(r.person_id, r.unit.name) for r in RoleAssignment.objects.filter(role="homeroom")} == {
        (hoa.pk, "6A"),
        (dung.pk, "6B"),
    }
    assert Position.objects.get(person=ke).title == "Kế toán"
    assert not RoleAssignment.objects.filter(person=ke).exists()  # a position gives no right
    _run, again = checked(STAFF_AND_LESSONS())
    assert {d.status for d in again.drafts} == {"same"}
    content, _count = export(layout="simple", staff=True)
    _run, back = checked(content, "cbgv.xlsx")
    assert {d.status for d in back.drafts} == {"same"}, [
        (d.key, d.changes, d.problems) for d in back.drafts if d.status != "same"
    ]
    assert ImportRun.objects.count() == 3


def test_a_class_and_subject_given_twice(checked: Any, brought: Any) -> None:
    brought(STAFF_AND_LESSONS())
    head = ["STT", "Giáo viên", "Môn", "Lớp"]
    rows = [
        [1, "Lê Thị Hoa", "Toán", "6A"],
        [2, "Lê Thị Hoa", "Toán học", "6A"],
        [3, "Trần Văn Dũng", "Toán", "6A"],
        [4, "Lê Thị Hoa", "Tón", "6Z"],
    ]
    _run, plan = checked(xlsx({"Phân công": [["BẢNG PHÂN CÔNG CHUYÊN MÔN 2026-2027"], head, *rows]}))
    same, twice, other, unknown = plan.of("teaching")
    assert same.status == "same"
    assert "đã được giao môn này" in twice.problems[0].reason and "dòng 3" in twice.problems[0].reason
    assert "đã giao cho Lê Thị Hoa" in other.problems[0].reason
    assert {p.field for p in unknown.problems} == {"class_name", "subject"}
    assert "Có lẽ là: Tin, Toán." in " ".join(p.reason for p in unknown.problems)
