"""Taking and correcting a roll. Whoever saves over a newer one is shown both; nothing is ever silently replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.people.rules import Verdict
from truongso.timetable import roll_access
from truongso.timetable.models import MarkSource, Period, Presence, RollChange, RollMark, RollSheet
from truongso.timetable.queries import roll_page
from truongso.timetable.queries.roll_page import Roll, Row
from truongso.timetable.roll_rules import HERE, Mark, merge


class SavedMeanwhile(Exception):
    """Somebody else saved this roll after the page was opened. Nothing was written; `asked` are the pupils of whom the
    two say different things, `mine` what this person said, `merged` what to write when everything asked stays theirs."""

    def __init__(
        self, roll: Roll, asked: tuple[int, ...], mine: Mapping[int, Mark], merged: Mapping[int, Mark]
    ) -> None:
        super().__init__()
        self.roll, self.asked, self.mine, self.merged = roll, asked, mine, merged


@transaction.atomic
def take_roll(
    *, by: Actor, roll: Roll, marks: Mapping[int, Mark], version: int, seen: Mapping[int, Mark] | None = None, reason: str = "",
) -> Roll:  # fmt: skip
    """Write what is said of the pupils of a list. `version` and `seen`: the roll as the person saw it (0, None: none).

    Raises SavedMeanwhile, or ValidationError when a reason is missing or the roll may not be written (any more).
    """
    refuse_acting(by)
    lock_classes(unit.pk for unit in roll.units)
    now = roll_page.again(roll)
    _insist(roll_access.may_write(by, now), reason, locked=roll_access.is_locked(now, by.on))
    listed = {row.person.pk: row for row in now.rows}
    mine = {pupil: mark for pupil, mark in marks.items() if pupil in listed}
    theirs = {pupil: row.saved or HERE for pupil, row in listed.items()}
    if version != now.version:
        merged = merge(seen if version else None, mine, theirs)
        if merged.asked:
            raise SavedMeanwhile(now, merged.asked, mine, merged.marks)
        mine = merged.marks
    _write(by, now, listed, mine, reason.strip())
    return roll_page.again(roll)


def lock_classes(units: Iterable[int]) -> None:
    """Rolls and notes of a class are written one after the other."""
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=set(units)).order_by("pk"))


def _insist(verdict: Verdict, reason: str, *, locked: bool) -> None:
    if not verdict:
        raise ValidationError(str(verdict.why))
    if locked and not reason.strip():
        raise ValidationError({"reason": _("Sổ đã khoá. Xin ghi lí do sửa, để sau này ai xem cũng hiểu.")})


def _write(by: Actor, roll: Roll, listed: Mapping[int, Row], marks: Mapping[int, Mark], reason: str) -> None:
    for unit in roll.units:
        changed = {
            pupil: _excused(row, marks[pupil])
            for pupil, row in listed.items()
            if row.unit_id == unit.pk and pupil in marks
        }
        _write_sheet(by, roll, unit, {p: (listed[p], m) for p, m in changed.items()}, reason)
        realtime.publish(f"class:{unit.pk}", "periods")
    if roll.periods:
        Period.objects.filter(pk__in=[p.pk for p in roll.periods.values()], kept=False).update(kept=True)


def _excused(row: Row, mark: Mark) -> Mark:
    """Who has the family's note is away with permission, also when the note came while the roll was being taken."""
    return Mark(Presence.EXCUSED.value, None, mark.note) if row.note and mark.state == Presence.ABSENT else mark


def _write_sheet(by: Actor, roll: Roll, unit: Unit, said: Mapping[int, tuple[Row, Mark]], reason: str) -> None:
    sheet = roll.sheets.get(unit.pk)
    differing = {p: (row, mark) for p, (row, mark) in said.items() if mark != (row.saved or HERE)}
    if sheet is None:
        sheet = RollSheet.objects.create(
            unit=unit, day=roll.day, shift=roll.shift, period=roll.periods.get(unit.pk), taken_by_id=by.person_id
        )
        audit.record(by, "timetable.take_roll", obj=sheet)
    elif differing:
        RollChange.objects.bulk_create(
            [
                change_of(sheet, pupil, row.saved or HERE, mark, by=by, reason=reason)
                for pupil, (row, mark) in differing.items()
            ]
        )
        bump(sheet, by)
        audit.record(by, "timetable.correct_roll", obj=sheet, detail={"pupils": len(differing), "reason": reason})
    RollMark.objects.filter(sheet=sheet, pupil__in=differing).delete()
    RollMark.objects.bulk_create(
        RollMark(
            sheet=sheet, pupil_id=pupil, state=mark.state, minutes=mark.minutes, note=mark.note,
            source=_source(row, mark), excuse=row.note if mark.state == Presence.EXCUSED else None,
        )
        for pupil, (row, mark) in differing.items() if mark != HERE
    )  # fmt: skip


def bump(sheet: RollSheet, teacher: Actor | None = None) -> None:
    """A new version; taken by who took it, also when a family's note changed it since."""
    sheet.version += 1
    if teacher is not None:
        sheet.taken_by_id = teacher.person_id
    sheet.save(update_fields=["version", "taken_by_id", "taken_at"])


def change_of(sheet: RollSheet, pupil: int, before: Mark, after: Mark, *, by: Actor, reason: str) -> RollChange:
    return RollChange(
        sheet=sheet, pupil_id=pupil, before=before.state, after=after.state, before_more=before.more,
        after_more=after.more, by_id=by.person_id, reason=reason,
    )  # fmt: skip


def _source(row: Row, mark: Mark) -> str:
    """Whence it is known: the note, or the links when the teacher let their proposal stand."""
    if row.note and mark.state == Presence.EXCUSED:
        return MarkSource.NOTE.value
    same = row.proposal is not None and (row.proposal.mark.state, row.proposal.mark.minutes) == (
        mark.state,
        mark.minutes,
    )
    return row.proposal.source if same and row.proposal else MarkSource.TEACHER.value


def refuse_acting(by: Actor) -> None:
    if by.acting_account_id is not None:
        raise PermissionDenied(_("Đang xem thay thì không ghi được."))
