"""The first-run wizard: its steps, and how far the school is. A step is a structure page in the wizard's frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Account, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.school.models import BellSchedule, Campus, SchoolClass, SchoolProfile, SchoolYear, Subject, SubjectGrade


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    label: str | Promise
    hint: str | Promise


STEPS = (
    Step("profile", _("Thông tin nhà trường"), _("Tên, cấp học, xã, tỉnh và cơ quan chủ quản")),
    Step("campuses", _("Điểm trường"), _("Trường dạy ở những nơi nào")),
    Step("calendar", _("Năm học và lịch"), _("Hai học kì, 35 tuần, ngày nghỉ và Tết")),
    Step("bells", _("Giờ học"), _("Giờ vào, giờ ra của từng tiết, buổi sáng và buổi chiều")),
    Step("subjects", _("Môn học"), _("Môn và hoạt động, cách đánh giá, tên gọi khác")),
    Step("periods", _("Số tiết"), _("Số tiết cả năm của mỗi môn ở mỗi khối")),
    Step("groups", _("Tổ chuyên môn"), _("Mỗi tổ phụ trách môn nào, ai là tổ trưởng")),
    Step("classes", _("Lớp"), _("Gõ một dòng như 6A1-6A5 là có cả khối")),
    Step("people", _("Con người"), _("Học sinh, phụ huynh và thầy cô, từ tệp Excel sẵn có")),
    Step("teaching", _("Phân công giảng dạy"), _("Thầy cô nào dạy lớp nào, môn nào")),
)
BY_KEY = {step.key: step for step in STEPS}

# What shows that a step was done without asking whoever did it. An app above adds the fact that it alone knows.
FACTS: dict[str, QuerySet[Any]] = {
    "profile": SchoolProfile.objects.exclude(name=""),
    "campuses": Campus.objects.all(),
    "calendar": SchoolYear.objects.all(),
    "bells": BellSchedule.objects.all(),
    "subjects": Subject.objects.all(),
    "periods": SubjectGrade.objects.all(),
    "groups": Unit.objects.filter(kind=UnitKind.GROUP),
    "classes": SchoolClass.objects.all(),
    "people": RoleAssignment.objects.filter(role=Role.PUPIL.value),
}


@dataclass(frozen=True, slots=True)
class StepState:
    step: Step
    state: str  # "done", "skipped", "todo"
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    steps: tuple[StepState, ...]

    @property
    def left(self) -> int:
        return sum(1 for s in self.steps if s.state == "todo")

    @property
    def percent(self) -> int:
        return round(100 * (len(self.steps) - self.left) / len(self.steps))

    @property
    def next(self) -> Step | None:
        """The first step that nobody has done or skipped."""
        return next((s.step for s in self.steps if s.state == "todo"), None)

    def after(self, key: str) -> Step | None:
        """The step to go on with from this one: the next undone below it, else the first undone anywhere."""
        number = next(s.number for s in self.steps if s.step.key == key)
        return next((s.step for s in self.steps if s.number > number and s.state == "todo"), self.next)

    def before(self, key: str) -> Step | None:
        number = next(s.number for s in self.steps if s.step.key == key)
        return self.steps[number - 2].step if number > 1 else None


@cache
def _facts(keys: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """One query that says of each fact whether it holds; written once, since it stands on the head's home."""
    asked = Account.objects.annotate(**{f"fact_{key}": Exists(FACTS[key]) for key in keys})
    rows = asked.order_by("pk").values_list(*(f"fact_{key}" for key in keys))[:1]
    sql, values = rows.query.sql_with_params()
    return sql, tuple(values)


def progress() -> Progress:
    """Two queries: what was said of each step, and what the tables show of it."""
    said = SchoolProfile.objects.values_list("setup", flat=True).first() or {}
    keys = tuple(FACTS)
    with connection.cursor() as cursor:
        cursor.execute(*_facts(keys))
        shown = dict(zip(keys, cursor.fetchone() or (), strict=False))
    return Progress(
        tuple(
            StepState(step, "done" if shown.get(step.key) else said.get(step.key, "todo"), number)
            for number, step in enumerate(STEPS, start=1)
        )
    )
