"""The school itself, by its own verbs: who governs it, its years and subjects, its groups, its classes."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.demo import cast
from truongso.demo.contacts import PROVINCE
from truongso.demo.drafts import Place, Plan
from truongso.people.models import Unit
from truongso.school import actions
from truongso.school.models import Subject

_SUBJECTS = {
    cast.MATHS: ("toan", "tin-hoc"),
    cast.LETTERS: ("ngu-van", "ls-dl", "gdcd", "gddp"),
    cast.SCIENCE: ("khtn", "cong-nghe"),
    cast.ARTS: ("tieng-anh", "gdtc", "nghe-thuat", "hdtn"),
    cast.OFFICE: (),
}
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
    return {
        p: actions.make_class(by=None, year=year, name=p.name, local_code=f"{year.name[2:4]}{p.name}").unit
        for p in places
    }
