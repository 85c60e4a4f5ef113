"""Make the demo school in an empty install."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from truongso.conditions import demo as conditions
from truongso.consent import demo as consent
from truongso.curriculum import demo as curriculum
from truongso.demo import news, store, structure
from truongso.demo.plan import think
from truongso.demo.size import Size
from truongso.lib.dates import school_year
from truongso.people.models import Person
from truongso.people.roles import Role
from truongso.school.actions import record_step
from truongso.school.models import SchoolProfile
from truongso.timetable import demo as timetable

# What higher parts of the product show of themselves: called last, in the same transaction, with the day.
PARTS: tuple[Callable[[date], None], ...] = (curriculum.load, conditions.load, consent.load, timetable.load)


def load(size: Size | None = None) -> bool:
    """False when there is a school already. All or nothing."""
    with transaction.atomic():
        if SchoolProfile.objects.exists() or Person.objects.exists():
            return False
        plan = think(school_year(timezone.localdate()), size or Size())
        units = structure.lay_out(plan)
        people = store.keep(plan, units)
        store.keep_lessons(plan, people, units)
        record_step(by=None, step="teaching", state="done")
        for part in PARTS:
            part(timezone.localdate())
        news.tell(next(people[h.who] for h in plan.holds if h.role is Role.HEAD))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # else the first minutes go by plans made for empty tables
    return True
