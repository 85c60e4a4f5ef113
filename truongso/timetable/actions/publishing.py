"""Applying a timetable: asked for on a page, done by a job, told to those whose week changes."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso import jobs, realtime
from truongso.jobs.models import Job
from truongso.lib import dates
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people.actor import Actor
from truongso.timetable import rules
from truongso.timetable.access import insist
from truongso.timetable.actions import versions
from truongso.timetable.actions.cells import opened
from truongso.timetable.differences import Difference
from truongso.timetable.models import TimetableVersion
from truongso.timetable.queries import publishing
from truongso.ui.jinja import url

_MOST_LINES = 12  # in one notice; the rest is counted


@transaction.atomic
def ask_to_publish(*, by: Actor, version: TimetableVersion, first: date) -> Job:
    """Queue it: laying out a year takes a while. Raises ValidationError where it is being done already."""
    version = opened(version)
    running = publishing.job_of(version)
    if running is not None and not running.is_over:
        raise ValidationError(_("Thời khoá biểu này đang được áp dụng."))
    version.laid = {}
    version.save(update_fields=["laid"])
    label = _("Áp dụng %(name)s") % {"name": version.name}
    return jobs.enqueue(_task(), owner=by.person_id, label=label, version_id=version.pk, first=first.isoformat())


def _task() -> jobs.Task:
    from truongso.timetable.tasks import publish

    return publish


@transaction.atomic
def publish_and_tell(*, by: Actor, version: TimetableVersion, first: date) -> None:
    """Apply it, and send one notice to each teacher and each class whose week changes."""
    insist(rules.may_publish(by))
    impact = publishing.impact(version, first)
    versions.publish_version(by=by, version=version, first=first)
    head = _("Từ %(day)s trường dạy theo %(name)s.") % {"day": dates.show(first), "name": version.name}
    for person, found in impact.by_person.items():
        text = _body(head, [] if impact.new else found)
        title = _("Lịch dạy của thầy cô thay đổi")
        send_notice(by=by, title=title, body=text, link=url("week"), to=Audience.only(person))
    for unit, found in impact.by_class.items():
        people = impact.families.get(unit, frozenset())
        if people:
            title = _("Thời khoá biểu lớp %(name)s thay đổi") % {"name": found[0].unit}
            text = _body(head, [] if impact.new else found)
            send_notice(by=by, title=title, body=text, link=url("week_class", unit), to=Audience(persons=people))
    realtime.publish_many([f"class:{unit}" for unit in impact.by_class], "periods")
    _tell_clashes(by, version)


def _body(head: str, found: list[Difference]) -> str:
    lines = [f"– {d.short} {d.unit}: {d.said}." for d in found[:_MOST_LINES]]
    if (more := len(found) - _MOST_LINES) > 0:
        lines.append(ngettext("và %(num)d tiết nữa.", "và %(num)d tiết nữa.", more) % {"num": more})
    return "\n".join([head, *lines])


def _tell_clashes(by: Actor, version: TimetableVersion) -> None:
    version.refresh_from_db(fields=["laid"])
    count = len(version.laid.get("clashes", ()))
    if count:
        title = ngettext(
            "%(num)d tiết chưa xếp được vì vướng tiết đã dời", "%(num)d tiết chưa xếp được vì vướng tiết đã dời", count
        ) % {"num": count}
        send_notice(by=None, title=title, link=url("timetable_publish", version.pk), to=Audience.only(by.person_id))


@transaction.atomic
def note_problem(*, version: TimetableVersion, problem: str) -> None:
    """Why the job could not apply it, for the page."""
    TimetableVersion.objects.filter(pk=version.pk).update(laid={"problem": problem})
