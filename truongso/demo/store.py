"""Rows of the plan, in bulk: the same invariants as the verbs keep, without a thousand deeds in the log of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from truongso.demo.cast import PASSWORD
from truongso.demo.drafts import Human, Place, Plan
from truongso.demo.sign_ins import secret_of
from truongso.lib import vi
from truongso.people import sealed
from truongso.people.logins import free_login
from truongso.people.models import Account, Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import NEEDS_SECOND_FACTOR, Role
from truongso.roster.models import (
    Contact,
    CustodyNote,
    GroupMember,
    Movement,
    Position,
    PupilRecord,
    SensitiveRecord,
    StaffRecord,
    TeachingAssignment,
)
from truongso.school.models import Subject

_BATCH = 1000
Rows = Mapping[Human, Person]


def keep(plan: Plan, units: Mapping[Place, Unit]) -> Rows:
    """Everything of the plan but its lessons."""
    people = _people(plan.people)
    _accounts(plan, people)
    _records(plan.people, people)
    _belongings(plan, people, units)
    return people


def _people(humans: list[Human]) -> Rows:
    rows = []
    for human in humans:
        name = vi.nfc(human.name)
        row = Person(
            full_name=name, sort_key=vi.sort_key(name), search_text=vi.fold(name), birth_date=human.born, gender=human.gender
        )  # fmt: skip
        for use in ("sector_code", "national_number"):
            if code := getattr(human, use):
                setattr(row, f"{use}_sealed", sealed.seal(code, use=use))
                setattr(row, f"{use}_hash", sealed.lookup(code, use=use))
        if human.pupil is not None and not human.national_number:
            row.no_national_number_reason = "Đang chờ cấp"
        rows.append(row)
    return dict(zip(humans, Person.objects.bulk_create(rows, batch_size=_BATCH), strict=True))


def _accounts(plan: Plan, people: Rows) -> None:
    """One hash for all: the password is printed in the documentation, and a thousand would take a minute."""
    hashed, taken, rows = make_password(PASSWORD), set[str](), []
    since = timezone.make_aware(datetime.combine(plan.start, time(8)))
    for human in plan.people:
        if not human.account:
            continue
        login = free_login(human.name, human.login_class, taken)
        taken.add(login)
        rows.append(
            Account(
                person=people[human], login=login, password=hashed, must_change_password=False,
                is_active=human.account != "closed", first_signed_in_at=since if human.account == "used" else None,
            )
        )  # fmt: skip
    made = {account.person_id: account for account in Account.objects.bulk_create(rows, batch_size=_BATCH)}
    for hold in plan.holds:
        if hold.role in NEEDS_SECOND_FACTOR:
            account = made[people[hold.who].pk]
            TOTP.activate(account, secret_of(account.login))


def _records(humans: list[Human], people: Rows) -> None:
    pairs = [(human, people[human]) for human in humans]
    Contact.objects.bulk_create(
        [
            Contact(person=person, birth_year=human.birth_year, **human.contact)
            for human, person in pairs
            if human.contact or human.birth_year
        ],
        batch_size=_BATCH,
    )
    PupilRecord.objects.bulk_create(
        [PupilRecord(person=p, **h.pupil) for h, p in pairs if h.pupil is not None], batch_size=_BATCH
    )
    StaffRecord.objects.bulk_create(
        [StaffRecord(person=p, **h.staff) for h, p in pairs if h.staff is not None], batch_size=_BATCH
    )
    SensitiveRecord.objects.bulk_create(
        [
            SensitiveRecord(
                person=p, **{f"{name}_sealed": sealed.seal(text, use=f"{name}:{p.pk}") for name, text in h.sensitive.items()}
            )
            for h, p in pairs
            if h.sensitive
        ]
    )  # fmt: skip


def _belongings(plan: Plan, people: Rows, units: Mapping[Place, Unit]) -> None:
    def unit(place: Place | None) -> Unit | None:
        return units[place] if place is not None else None

    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                person=people[h.who], role=h.role.value, unit=unit(h.place), during=DateRange(h.first, h.until)
            )
            for h in plan.holds
        ],
        batch_size=_BATCH,
    )
    Guardianship.objects.bulk_create(
        [
            Guardianship(
                guardian=people[s.guardian], child=people[s.child], relation=s.relation, during=DateRange(s.first, None),
                legal=s.legal, informed=s.informed, first_contact=s.first_contact,
            )
            for s in plan.standings
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    Movement.objects.bulk_create(
        [
            Movement(
                person=people[s.who], kind=s.kind, day=s.day, from_unit=unit(s.come_from), to_unit=unit(s.go_to),
                other_school=s.other_school, document=s.document, reason=s.reason,
            )
            for s in sorted(plan.steps, key=lambda step: step.day)
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    Position.objects.bulk_create(
        [Position(person=people[p.who], title=p.title, during=DateRange(p.first, None)) for p in plan.posts if p.title]
    )
    GroupMember.objects.bulk_create(
        [
            GroupMember(person=people[p.who], unit=units[p.place], during=DateRange(p.first, None))
            for p in plan.posts
            if p.place is not None
        ]
    )
    head = next(people[h.who] for h in plan.holds if h.role is Role.HEAD)
    CustodyNote.objects.bulk_create([CustodyNote(child=people[who], text=text, by=head) for who, text in plan.custody])


def keep_lessons(plan: Plan, people: Rows, units: Mapping[Place, Unit]) -> None:
    """The teaching assignments of the year."""
    subjects = {subject.code: subject for subject in Subject.objects.prefetch_related("parts")}
    during = DateRange(plan.start, plan.start.replace(year=plan.start.year + 1))
    rows = []
    for lesson in plan.lessons:
        subject = subjects[lesson.subject]
        part = next((p for p in subject.parts.all() if p.name == lesson.part), None)
        assert part is not None or not lesson.part, lesson.part
        rows.append(
            TeachingAssignment(
                unit=units[lesson.place], subject=subject, part=part, person=people[lesson.who],
                compiles=lesson.compiles, during=during,
            )
        )  # fmt: skip
    TeachingAssignment.objects.bulk_create(rows, batch_size=_BATCH)
