"""The made-up school's year of periods: two timetables, what the head decided, and a past as a real school would have it.

Chance goes by names and days (lib.dice), so the same day gives the same school. Everything is thought out over values
read once (held.py) and written in bulk (store.py).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.school.models import SchoolYear
from truongso.timetable.actions.versions import create_version, publish_version
from truongso.timetable.demo import changes, decisions, held, links, register, rolls, store
from truongso.timetable.demo.week import entries
from truongso.timetable.models import Entry, TimetableVersion


def load(today: date) -> None:
    """Nothing when there is a timetable already. Call it after classes, rooms and teaching assignments."""
    year = SchoolYear.objects.on(today).first()
    if year is None or TimetableVersion.objects.exists():
        return
    decisions.decide(year, today)
    for term in year.terms.order_by("-number"):  # the later first: what it will take over is then laid out only once
        first = year.during.lower if term.number == 1 else term.during.lower
        name = _("Học kì %(term)s") % {"term": term}
        version = create_version(by=None, year=year, name=name, first=first)
        Entry.objects.bulk_create(entries(version, term, today), batch_size=1000)
        publish_version(by=None, version=version)
        then = timezone.make_aware(datetime.combine(term.during.lower - timedelta(days=5), time(9)))
        TimetableVersion.objects.filter(pk=version.pk).update(published_at=min(then, timezone.now()))
    fill(held.read(year, today))


def fill(school: held.School) -> None:
    """What happened until now, and what is already arranged for the days ahead."""
    told = changes.think(school)
    store.keep_changes(told, school.deputy)
    school.rows.extend(told.added)
    school.rows.sort(key=lambda row: (row.starts, row.unit))
    taken = rolls.think(school)
    store.keep_rolls(taken)
    store.keep_register(register.lines(school), register.weeks(school))
    always = links.standing(school)
    store.keep_links(always, links.of_periods(school, always, taken))
