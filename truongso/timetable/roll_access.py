"""The doors to rolls, absence notes and totals."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, Unit, UnitKind
from truongso.people.roles import Role
from truongso.people.rules import Verdict
from truongso.roster import queries as roster
from truongso.timetable import access, roll_rules, rules
from truongso.timetable.models import AbsenceNote, AbsencePolicy, Period, PeriodState
from truongso.timetable.queries import absences, roll_page
from truongso.timetable.queries.roll_page import Roll
from truongso.timetable.queries.rolls import pupils_on
from truongso.timetable.rules import PeriodTies

READERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR)  # of all classes' totals


def is_keeper(actor: Actor, unit_ids: set[int]) -> bool:
    """Homeroom teacher of all of them, or a leader: may correct after the lock and read the family's reasons."""
    return actor.has(*rules.LEADERS) or unit_ids <= actor.units(Role.HOMEROOM)


def roll_for(actor: Actor, pk: int) -> Roll:
    """The roll of a period that the actor may take; with the classes taught together where the whole lesson is theirs."""
    period = access.period_for(actor, pk, need="roll")
    whole = period.person_id == actor.person_id or actor.has(*rules.LEADERS)
    return roll_page.of_periods(roll_page.joint(period) if whole else [period])


def session_for(actor: Actor, pk: int, day: date, shift: str) -> Roll:
    unit = access.class_for(actor, pk)
    access.insist(rules.may_take_roll(actor, PeriodTies(homeroom=pk in actor.units(Role.HOMEROOM))))
    return roll_page.of_session(unit, day, shift)


def is_locked(roll: Roll, today: date) -> bool:
    days = absences.policy_on(roll.day).lock_days
    return any(
        roll_rules.is_locked(roll.day, today, signed=roll_page.is_signed(unit.pk, roll.day), lock_days=days)
        for unit in roll.units
    )


def may_write(actor: Actor, roll: Roll) -> Verdict:
    return roll_rules.may_write(
        day=roll.day, today=actor.on, locked=is_locked(roll, actor.on), keeper=is_keeper(actor, {u.pk for u in roll.units}),
        cancelled=any(p.state == PeriodState.CANCELLED for p in roll.periods.values()),
    )  # fmt: skip


def may_correct(actor: Actor, period: Period, mine: PeriodTies) -> bool:
    """Does the period's page offer the roll? The page itself says why not."""
    return bool(rules.may_take_roll(actor, mine)) and period.day <= actor.on and period.state != PeriodState.CANCELLED


def children_of(actor: Actor) -> list[Person]:
    """The children for whom this guardian may write a note: on whose study they are kept informed."""
    held = Guardianship.objects.on(actor.on).filter(guardian=actor.person_id, informed=True)
    found = list(Person.objects.filter(pk__in=held.values("child_id")).order_by("sort_key", "pk"))
    if not found:
        raise Http404
    return found


def own_pupils(actor: Actor, period: Period) -> list[Person]:
    """Oneself, or the children one is informed about, who are in the class on the period's day."""
    held = Guardianship.objects.on(actor.on).filter(guardian=actor.person_id, informed=True)
    ids = {*held.values_list("child_id", flat=True), *([actor.person_id] if actor.has(Role.PUPIL) else [])}
    return [person for _unit, person in pupils_on([period.unit_id], period.day) if person.pk in ids]


def class_notes_for(actor: Actor, pk: int) -> Unit:
    """The class whose notes one reads with their reasons: its homeroom teacher, and the leaders."""
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    if unit is None or not is_keeper(actor, {pk}):
        raise Http404
    return unit


def note_to_withdraw(actor: Actor, pk: int) -> AbsenceNote:
    """One's own; or one of the own class that was written down for a family."""
    note = AbsenceNote.objects.select_related("child").filter(pk=pk, withdrawn_at=None).first()
    if note is None:
        raise Http404
    own = note.by_id == actor.person_id and (note.by_school or note.child_id in {c.pk for c in children_of(actor)})
    kept = note.by_school and roster.class_of(note.child_id, actor.on) in actor.units(Role.HOMEROOM)
    if not (own or kept):
        raise Http404
    return note


def note_to_see(actor: Actor, pk: int) -> AbsenceNote:
    note = AbsenceNote.objects.select_related("child").filter(pk=pk).first()
    unit = roster.class_of(note.child_id, actor.on) if note else None
    if note is None or unit is None or not is_keeper(actor, {unit}):
        raise Http404
    if actor.acting_account_id is not None:
        raise PermissionDenied
    return note


def class_totals_for(actor: Actor, pk: int) -> Unit:
    unit = Unit.objects.filter(pk=pk, kind=UnitKind.CLASS).first()
    if unit is None or not (actor.has(*READERS) or pk in actor.units(Role.HOMEROOM)):
        raise Http404
    return unit


def pupil_for(actor: Actor, pk: int) -> tuple[Person, bool]:
    """A pupil whose absences one may read, and whether the family's reasons are among them."""
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    own = pk == actor.person_id and actor.has(Role.PUPIL)
    family = Guardianship.objects.on(actor.on).filter(guardian=actor.person_id, child=pk, informed=True).exists()
    unit = roster.class_of(pk, actor.on)
    keeper = unit is not None and is_keeper(actor, {unit})
    if not (own or family or keeper or (unit is not None and actor.has(*READERS))):
        raise Http404
    return person, own or family or keeper


def policy_for(pk: int) -> AbsencePolicy:
    found = AbsencePolicy.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
