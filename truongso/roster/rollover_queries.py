"""The plan for the next year as pages ask it: counts, what is missing, one class's pupils."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.lib import dates
from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF, Role
from truongso.roster import rollover_rules as rules
from truongso.roster.models import Outcome, PlanClass, PlanPupil, PlanState, RolloverPlan, TeachingAssignment
from truongso.school.actions.years import frame_of
from truongso.school.models import SchoolYear, Term
from truongso.school.queries import year_named


def draft() -> RolloverPlan | None:
    return RolloverPlan.objects.select_related("from_year", "job").filter(state=PlanState.DRAFT).first()


def year_to_roll(day: date) -> SchoolYear | None:
    """The year that a new plan would start from: the open one, or the last that has classes."""
    found = SchoolYear.objects.filter(classes__isnull=False).distinct()
    return found.filter(state="open").first() or found.filter(during__startswith__lte=day).order_by("-name").first()


def last_opened() -> RolloverPlan | None:
    return RolloverPlan.objects.filter(state=PlanState.OPENED).order_by("-name").first()


def days_of(plan: RolloverPlan) -> tuple[date, date]:
    """First and last day of the year to come: as entered, or as the national frame has them."""
    year = year_named(plan.name)
    if year is not None:
        return year.during.lower, year.during.upper - timedelta(days=1)
    frame = frame_of(plan.name).during
    return frame.first, frame.last


def opens_from(plan: RolloverPlan, first: date) -> date:
    last = Term.objects.filter(year_id=plan.from_year_id).aggregate(last=Max("during__endswith"))["last"]
    return rules.earliest(last - timedelta(days=1) if last else None, first)


def present_pupils(year: SchoolYear, day: date) -> dict[int, RoleAssignment]:
    """Who is in a class of this year to its end, by person: each one's last class row.

    A row counts when it holds on this day, or held to the last day of the year when the year is over already.
    """
    until = min(day + timedelta(days=1), year.during.upper)
    rows = (
        RoleAssignment.objects.filter(role=Role.PUPIL, unit__school_class__year=year)
        .filter(Q(during__endswith=None) | Q(during__endswith__gte=until))
        .select_related("unit")
        .order_by("during", "pk")
    )
    return {row.person_id: row for row in rows}


def grades_of(year: SchoolYear) -> dict[int, int]:
    """{unit id: grade} of a year's classes."""
    return dict(year.classes.values_list("unit_id", "grade"))


@dataclass(frozen=True, slots=True)
class OldClass:
    unit: Unit
    grade: int
    counts: Counter[str]
    unplaced: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def said(self) -> str:
        """38 lên lớp, 1 ở lại lớp"""
        return ", ".join(f"{self.counts[o]} {o.label}" for o in Outcome if self.counts[o])


@dataclass
class Overview:
    old: list[OldClass] = field(default_factory=list)
    new: list[PlanClass] = field(default_factory=list)  # with .size and .teaching
    counts: Counter[str] = field(default_factory=Counter)
    blocking: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # may stay so, but somebody should know
    changed: int = 0  # pupils who came or went since

    def outcomes(self) -> list[tuple[str, int]]:
        return [(str(o.label), self.counts[o]) for o in Outcome if self.counts[o]]


def overview(plan: RolloverPlan, day: date) -> Overview:
    """The whole plan in a fixed number of queries."""
    found = Overview(new=list(plan_classes(plan)))
    grades = grades_of(plan.from_year)
    rows = list(plan.pupils.values_list("person_id", "from_unit_id", "outcome", "to_id"))
    by_unit: dict[int, list[tuple[str, int | None]]] = {unit: [] for unit in grades}
    for _person, unit, outcome, to in rows:
        by_unit.setdefault(unit, []).append((outcome, to))
    for klass in Unit.objects.filter(pk__in=by_unit).order_by("name"):
        listed = by_unit[klass.pk]
        unplaced = sum(o in rules.STAYS and to is None for o, to in listed)
        found.old.append(OldClass(klass, grades.get(klass.pk, 0), Counter(o for o, _to in listed), unplaced))
        found.counts.update(o for o, _to in listed)
    found.old.sort(key=lambda c: (c.grade, c.unit.name))
    now = {person: row.unit_id for person, row in present_pupils(plan.from_year, day).items()}
    then = {person: unit for person, unit, _o, _t in rows}
    found.changed = sum(now.get(p) != then.get(p) for p in now.keys() | then.keys())
    _blocking(plan, found, day)
    _missing(plan, found)
    return found


def plan_classes(plan: RolloverPlan) -> QuerySet[PlanClass]:
    return (
        plan.classes.select_related("homeroom", "from_unit", "campus")
        .annotate(size=Count("pupils"))
        .order_by("grade", "name")
    )


def _blocking(plan: RolloverPlan, found: Overview, day: date) -> None:
    first, _last = days_of(plan)
    start = opens_from(plan, first)
    if day < start:
        found.blocking.append(
            _("Năm học %(year)s còn dạy. Năm học mới mở được từ ngày %(day)s.")
            % {"year": plan.from_year.name, "day": dates.show(start)}
        )
    if found.changed:
        found.blocking.append(
            ngettext(
                "%(num)s em vào hoặc rời lớp sau khi lập kế hoạch. Xin cập nhật danh sách.",
                "%(num)s em vào hoặc rời lớp sau khi lập kế hoạch. Xin cập nhật danh sách.",
                found.changed,
            )
            % {"num": found.changed}
        )
    for old in found.old:
        if old.unplaced:
            found.blocking.append(
                ngettext(
                    "%(num)s em lớp %(name)s chưa có lớp mới.", "%(num)s em lớp %(name)s chưa có lớp mới.", old.unplaced
                )
                % {"num": old.unplaced, "name": old.unit.name}
            )
    if not found.new:
        found.blocking.append(_("Năm học mới chưa có lớp nào."))
    placed = Person.objects.filter(
        roles__role=Role.PUPIL, roles__unit__school_year=plan.name, pk__in=plan.pupils.values("person_id")
    ).distinct()
    for person in placed[:5]:
        found.blocking.append(
            _("%(name)s đã được xếp vào một lớp của năm học mới. Xin bỏ lớp ấy trước.") % {"name": person.full_name}
        )


def _missing(plan: RolloverPlan, found: Overview) -> None:
    if year_named(plan.name) is None:
        found.missing.append(
            _("Năm học %(name)s chưa có lịch: khi mở sẽ theo khung của Bộ, sửa sau được.") % {"name": plan.name}
        )
    without = [c.name for c in found.new if c.homeroom_id is None]
    if without:
        found.missing.append(_("Chưa có giáo viên chủ nhiệm: %(names)s.") % {"names": ", ".join(without)})
    twice = Counter(c.homeroom.full_name for c in found.new if c.homeroom)
    for name in [n for n, times in twice.items() if times > 1]:
        found.missing.append(_("%(name)s đang đứng chủ nhiệm nhiều lớp.") % {"name": name})
    for klass in found.new:
        size: int = klass.size  # type: ignore[attr-defined]
        if size > rules.FULL_CLASS:
            found.missing.append(
                _("Lớp %(name)s có %(size)s em, quá %(most)s em.")
                % {"name": klass.name, "size": size, "most": rules.FULL_CLASS}
            )
    units = Unit.objects.filter(kind=UnitKind.CLASS, school_year=plan.from_year.name, school_class=None)
    strangers = list(units.values_list("name", flat=True))
    if strangers:
        found.missing.append(_("Lớp chưa ghi khối nên chưa vào kế hoạch: %(names)s.") % {"names": ", ".join(strangers)})


def pupils_from(plan: RolloverPlan, unit: Unit) -> list[PlanPupil]:
    return list(plan.pupils.filter(from_unit=unit).select_related("person", "to"))


def teachers(day: date) -> QuerySet[Person]:
    """Who may stand before a class: staff of this day."""
    held = RoleAssignment.objects.on(day).filter(role__in=[r.value for r in STAFF])
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("sort_key", "pk")


def teaching_of(unit_ids: list[int], year: SchoolYear) -> QuerySet[TeachingAssignment]:
    """What is taught in these classes to the end of the year."""
    return TeachingAssignment.objects.filter(unit_id__in=unit_ids).filter(
        Q(during__endswith=None) | Q(during__endswith__gte=year.during.upper)
    )
