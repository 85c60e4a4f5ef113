"""The made-up school's timetables: one a term, published, so that every period of the year stands; and its past."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from truongso.school.models import SchoolYear
from truongso.timetable.actions.versions import create_version, publish_version
from truongso.timetable.demo import gaps
from truongso.timetable.demo.week import entries
from truongso.timetable.models import Entry, TimetableVersion


def load(today: date) -> None:
    """Nothing when there is a timetable already. Call it after classes, rooms and teaching assignments."""
    year = SchoolYear.objects.on(today).first()
    if year is None or TimetableVersion.objects.exists():
        return
    gaps.decide_storm_week(year, today)
    for term in year.terms.order_by("-number"):  # the later first: what it will take over is then laid out only once
        first = year.during.lower if term.number == 1 else term.during.lower
        name = _("Học kì %(term)s") % {"term": term}
        version = create_version(by=None, year=year, name=name, first=first)
        Entry.objects.bulk_create(entries(version, term, today), batch_size=1000)
        publish_version(by=None, version=version)
    gaps.leave_gaps(today)
