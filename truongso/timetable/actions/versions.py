"""Making, filling and publishing timetables."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Person, Unit
from truongso.school.models import SchoolYear, Subject, SubjectPart
from truongso.timetable.actions.laying import Laid, lay_out_periods
from truongso.timetable.clashes import told
from truongso.timetable.layout import NoBell
from truongso.timetable.models import Entry, Period, TimetableVersion, VersionState
from truongso.timetable.queries.clash_lines import clash_lines


@transaction.atomic
def create_version(
    *, by: Actor | None, year: SchoolYear, name: str, first: date, copy_from: TimetableVersion | None = None,
    note: str = "",
) -> TimetableVersion:  # fmt: skip
    """A draft that is to hold from `first`, empty or with the entries of another version."""
    _in_year(year, first)
    if copy_from is not None and copy_from.year_id != year.pk:
        raise ValidationError({"copy_from": _("Bản ấy của năm học khác, các lớp khác. Xin chọn bản cùng năm học.")})
    with told("name"):
        made = TimetableVersion.objects.create(
            year=year, name=name, note=note, during=DateRange(first, year.during.upper),
            created_by_id=by.person_id if by else None,
        )  # fmt: skip
    if copy_from is not None:
        Entry.objects.bulk_create(_copies(made, copy_from), batch_size=1000)
    audit.record(by, "timetable.create_version", obj=made)
    return made


def _copies(made: TimetableVersion, source: TimetableVersion) -> list[Entry]:
    copies = []
    for entry in source.entries.all():
        entry.pk, entry.version = None, made
        entry._state.adding = True
        copies.append(entry)
    return copies


@transaction.atomic
def put_entry(
    *, by: Actor, version: TimetableVersion, unit: Unit, weekday: int, shift: str, number: int, subject: Subject,
    part: SubjectPart | None = None, person: Person | None = None, room: Room | None = None, label: str = "",
    lesson: UUID | None = None,
) -> Entry:  # fmt: skip
    """Write one cell of a draft; what stood there gives way. Raises ValidationError when teacher or room is taken."""
    _open(version)
    with told():
        Entry.objects.filter(version=version, unit=unit, weekday=weekday, shift=shift, number=number).delete()
        made = Entry.objects.create(
            version=version, unit=unit, weekday=weekday, shift=shift, number=number, subject=subject, part=part,
            person=person, room=room, label=label, lesson=lesson or uuid4(),
        )  # fmt: skip
    audit.record(by, "timetable.put_entry", obj=made)
    return made


def _open(version: TimetableVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise ValidationError(_("Thời khoá biểu này đã áp dụng. Xin lập bản mới từ bản này rồi sửa ở đó."))


@transaction.atomic
def change_version(
    *, by: Actor, version: TimetableVersion, name: str, note: str, first: date | None = None
) -> TimetableVersion:
    """Name and note of any timetable; the day on which it shall begin only of a draft."""
    version = TimetableVersion.objects.select_for_update(no_key=True).select_related("year").get(pk=version.pk)
    if first is not None and first != version.during.lower:
        _open(version)
        _in_year(version.year, first)
        version.during = DateRange(first, version.year.during.upper)
    version.name, version.note = name, note
    with told("name"):
        version.save(update_fields=["name", "note", "during"])
    audit.record(by, "timetable.change_version", obj=version)
    return version


@transaction.atomic
def delete_version(*, by: Actor, version: TimetableVersion) -> None:
    """A draft goes, with its cells; what was applied stays, since periods were laid out from it."""
    version = TimetableVersion.objects.select_for_update().get(pk=version.pk)
    _open(version)
    audit.record(by, "timetable.delete_version", obj=version, detail={"name": version.name})
    version.delete()


def _in_year(year: SchoolYear, first: date) -> None:
    if not year.during.lower <= first < year.during.upper:
        raise ValidationError({"first": _("Ngày này không nằm trong năm học %(year)s.") % {"year": year.name}})


@transaction.atomic
def publish_version(*, by: Actor | None, version: TimetableVersion, first: date | None = None) -> Laid:
    """From `first` on this is the school's timetable: the one before it ends the day before, and the periods of the days
    from then (never of days past) are laid out anew. The sooner end of a later published version is kept.

    Raises ValidationError: no entries, no bells for a period that it uses.
    """
    version = TimetableVersion.objects.select_for_update().select_related("year").get(pk=version.pk)
    _open(version)
    start = first or version.during.lower
    _in_year(version.year, start)
    if not version.entries.exists():
        raise ValidationError(_("Thời khoá biểu này còn trống."))
    published = TimetableVersion.objects.select_for_update().filter(year=version.year, state=VersionState.PUBLISHED)
    later = published.filter(during__startswith__gte=start).order_by("during").first()
    if later is not None and later.during.lower == start:
        raise ValidationError({"first": _("Từ ngày này đã có thời khoá biểu khác áp dụng. Xin chọn ngày khác.")})
    before = published.filter(during__contains=start).first()
    if before is not None:
        before.during = DateRange(before.during.lower, start)
        before.save(update_fields=["during"])
    version.during = DateRange(start, later.during.lower if later else version.year.during.upper)
    version.state, version.published_at = VersionState.PUBLISHED, timezone.now()
    version.published_by_id = by.person_id if by else None
    version.save(update_fields=["during", "state", "published_at", "published_by_id"])
    laid = _lay_out(version)
    version.laid = {
        "made": laid.made,
        "moved": laid.moved,
        "removed": laid.removed,
        "clashes": clash_lines(laid.clashes),
    }
    version.save(update_fields=["laid"])
    audit.record(by, "timetable.publish", obj=version, detail={"made": laid.made, "moved": laid.moved})
    return laid


def _lay_out(version: TimetableVersion) -> Laid:
    try:
        return lay_out_periods(version=version, first=_first_to_lay(version), last=version.last_day)
    except NoBell as missing:
        raise no_bell(missing) from None


def no_bell(missing: NoBell) -> ValidationError:
    return ValidationError(
        _("Chưa có giờ của tiết %(number)d buổi %(shift)s. Xin ghi ở trang Giờ vào học rồi áp dụng lại.")
        % {"number": missing.number, "shift": _("sáng") if missing.shift == "am" else _("chiều")}
    )


def _first_to_lay(version: TimetableVersion) -> date:
    """What was held by the old timetable stays; only where nothing stands yet are past days laid out too."""
    first: date = version.during.lower
    tomorrow = timezone.localdate() + timedelta(days=1)
    if first < tomorrow and Period.objects.filter(day__range=(first, tomorrow - timedelta(days=1))).exists():
        return tomorrow
    return first
