"""The school itself, by its own verbs: who governs it, its years and subjects, its groups, its classes."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.demo import cast
from truongso.demo.contacts import PROVINCE
from truongso.demo.drafts import Place, Plan
from truongso.people.models import Unit
from truongso.school import actions
from truongso.school.models import Campus, Subject

_SUBJECTS = {
    cast.MATHS: ("toan", "tin-hoc"),
    cast.LETTERS: ("ngu-van", "ls-dl", "gdcd", "gddp"),
    cast.SCIENCE: ("khtn", "cong-nghe"),
    cast.ARTS: ("tieng-anh", "gdtc", "nghe-thuat", "hdtn"),
    cast.OFFICE: (),
}
FAR_CAMPUS = "Điểm trường thôn Hạ"  # the last class of grade 6 learns there
GROUPS_SINCE = date(2015, 8, 1)


def lay_out(plan: Plan) -> dict[Place, Unit]:
    """Everything that people are placed in. Last year is closed, this one open."""
    actions.save_profile(
        by=None, name=cast.SCHOOL, short_name="THCS Bình Minh", place="Bình Minh", code="THCSBM",
        phone="0228 3 888 120", province=PROVINCE.removeprefix("tỉnh "), address="Thôn Đông, xã Bình Minh, tỉnh Sông Xanh",
    )  # fmt: skip
    actions.set_managing_body(by=None, name="Phòng Giáo dục và Đào tạo huyện Hoà Mai", first=date(1999, 9, 1))
    actions.set_managing_body(by=None, name="Ủy ban nhân dân xã Bình Minh", first=date(2025, 7, 1))
    actions.seed_subjects(by=None)
    actions.seed_bells(by=None)
    actions.save_campus(by=None, name="Cơ sở chính", address="Thôn Đông, xã Bình Minh", is_main=True)
    actions.save_campus(by=None, name=FAR_CAMPUS, address="Thôn Hạ, xã Bình Minh")
    return _groups(plan) | _last_year(plan) | _classes(plan, plan.year, plan.classes)


def _groups(plan: Plan) -> dict[Place, Unit]:
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    made = {}
    for place in plan.groups:
        unit = actions.make_group(by=None, name=place.name, subjects=[subjects[c] for c in _SUBJECTS[place.name]])
        unit.during = DateRange(GROUPS_SINCE, None)  # the verb begins them now; this school is older
        unit.save(update_fields=["during"])
        made[place] = unit
    return made


def _last_year(plan: Plan) -> dict[Place, Unit]:
    made = _classes(plan, plan.old_classes[0].year, plan.old_classes)
    actions.close_year(by=None, year=next(iter(made.values())).school_class.year)
    return made


def _classes(plan: Plan, name: str, places: list[Place]) -> dict[Place, Unit]:
    year = actions.make_year(by=None, name=name)
    if name == plan.year:
        actions.open_year(by=None, year=year)
    main, far = Campus.objects.get(is_main=True), Campus.objects.get(name=FAR_CAMPUS)
    there = max(p.name for p in places if p.grade == 6 and len(p.name) == 3)
    made = {}
    for place in places:
        campus = far if place.name == there else main
        code = f"{name[2:4]}{place.name}"
        made[place] = actions.make_class(by=None, year=year, name=place.name, campus=campus, local_code=code).unit
    return made
