"""What applying a timetable would change, and for whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from truongso.jobs.models import Job
from truongso.people.models import Guardianship, RoleAssignment
from truongso.people.roles import Role
from truongso.school.models import SchoolClass
from truongso.timetable import checks
from truongso.timetable.checks import Finding
from truongso.timetable.differences import Difference, by_class, by_person, differences
from truongso.timetable.models import Period, PeriodState, TimetableVersion, VersionState
from truongso.timetable.queries import grid, tray
from truongso.timetable.queries.tray import Counts


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes from the timetable in force on that day; `new` when there is none."""

    before: TimetableVersion | None
    found: list[Difference]
    by_person: dict[int, list[Difference]]
    by_class: dict[int, list[Difference]]
    families: dict[int, frozenset[int]]  # class → its pupils and their informed guardians

    @property
    def new(self) -> bool:
        return self.before is None

    @property
    def people(self) -> int:
        """How many persons' days change, each counted once."""
        return len(set(self.by_person).union(*self.families.values()))


def in_force(version: TimetableVersion, first: date) -> TimetableVersion | None:
    """The timetable that this one would take over from."""
    found = TimetableVersion.objects.filter(
        year=version.year_id, state=VersionState.PUBLISHED, during__contains=first
    ).exclude(pk=version.pk)
    return found.first()


def impact(version: TimetableVersion, first: date) -> Impact:
    """Six queries."""
    before = in_force(version, first)
    found = differences(grid.held(before) if before else [], grid.held(version))
    classes = by_class(found)
    return Impact(before, found, by_person(found), classes, families(list(classes)))


def families(units: list[int]) -> dict[int, frozenset[int]]:
    """Pupils of today, and the guardians who are kept informed of their study."""
    today = timezone.localdate()
    pupils = RoleAssignment.objects.on(today).filter(role=Role.PUPIL.value, unit_id__in=units)
    of_class = dict(pupils.values_list("person_id", "unit_id"))
    found: dict[int, set[int]] = defaultdict(set)
    for person, unit in of_class.items():
        found[unit].add(person)
    informed = Guardianship.objects.on(today).filter(child_id__in=of_class, informed=True)
    for guardian, child in informed.values_list("guardian_id", "child_id"):
        found[of_class[child]].add(guardian)
    return {unit: frozenset(people) for unit, people in found.items()}


def job_of(version: TimetableVersion) -> Job | None:
    """The last time that somebody asked to apply it."""
    return Job.objects.filter(task="timetable.publish", ids__version_id=version.pk).order_by("-pk").first()


def kept_from(day: date) -> int:
    """Periods that a person has arranged, which a new timetable leaves where they are."""
    return Period.objects.filter(day__gte=day, kept=True, state=PeriodState.PLANNED).count()


@dataclass(frozen=True, slots=True)
class Review:
    """The state of a timetable: what stops it, what to look at, and each class against its counts."""

    findings: list[Finding]
    counts: Counts
    loads: list[checks.Load]

    @property
    def blocks(self) -> list[Finding]:
        return [f for f in self.findings if f.blocks]

    @property
    def warnings(self) -> list[Finding]:
        return [f for f in self.findings if not f.blocks]

    @property
    def unplaced(self) -> int:
        return sum(max(0, w.left) for found in self.counts.values() for w in found)

    @property
    def too_many(self) -> int:
        return sum(max(0, -w.left) for found in self.counts.values() for w in found)


def review(version: TimetableVersion) -> Review:
    """Eleven queries, for one class as for fifty."""
    cells, units = grid.held(version), grid.classes(version)
    campuses = dict(SchoolClass.objects.filter(year=version.year_id).values_list("unit_id", "campus_id"))
    found = checks.findings(cells, grid.bells(), campuses)
    return Review(found, tray.of_classes(version, units, cells), checks.loads(cells))
