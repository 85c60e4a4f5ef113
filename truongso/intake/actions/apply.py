"""Write a plan: everything of one kind in a few statements, each row into the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.intake.actions.journal import Journal
from truongso.intake.drafts import Draft
from truongso.intake.known import CODES, CONTACT, PERSON, SENSITIVE
from truongso.intake.plan import Plan
from truongso.intake.plan_guardians import relation
from truongso.lib import vi
from truongso.people import sealed
from truongso.people.models import Guardianship, Person
from truongso.roster.models import Contact, PupilRecord, SensitiveRecord, StaffRecord

Tell = Callable[[int, int, str], None]


def people(journal: Journal, drafts: list[Draft], plan: Plan) -> None:
    """Persons, new and changed, with codes, contact, sensitive data; afterwards every draft knows its person."""
    world = plan.world
    assert world is not None
    new = [d for d in drafts if d.status == "new" and d.same_as is None and d.person_id is None]
    made = [_person(Person(), d.values) for d in new]
    journal.add(made)
    for draft, person in zip(new, made, strict=True):
        draft.person_id = person.pk
        world.people[person.pk] = person
    for draft in drafts:
        if draft.same_as is not None and draft.person_id is None:
            draft.person_id = draft.same_as.person_id
    changed = []
    for draft in drafts:
        names = {c["field"] for c in draft.changes} & {*PERSON, *CODES}
        if draft.person_id and names:
            person = world.people[draft.person_id]
            journal.keep(person)
            changed.append(_person(person, {n: draft.values[n] for n in names}))
    journal.save(
        once(changed),
        [
            "full_name",
            "sort_key",
            "search_text",
            "birth_date",
            "gender",
            "sector_code_sealed",
            "sector_code_hash",
            "national_number_sealed",
            "national_number_hash",
        ],
    )
    hang_on(journal, drafts, Contact, CONTACT, world.contacts)
    _sensitive(journal, drafts, plan)


def _person(person: Person, values: dict[str, Any]) -> Person:
    if name := values.get("full_name"):
        person.full_name, person.sort_key, person.search_text = name, vi.sort_key(name), vi.fold(name)
    if born := values.get("birth_date"):
        person.birth_date = date.fromisoformat(born)
    if values.get("gender"):
        person.gender = values["gender"]
    for code in CODES:
        if text := values.get(code):
            setattr(person, f"{code}_sealed", sealed.seal(text, use=code))
            setattr(person, f"{code}_hash", sealed.lookup(text, use=code))
    return person


def once(objects: Iterable[Any]) -> list[Any]:
    return list({obj.pk: obj for obj in objects}.values())


def hang_on(journal: Journal, drafts: list[Draft], model: Any, names: tuple[str, ...], known: dict[int, Any]) -> None:
    """Rows that hang on a person one to one: created where there is something to say, else changed."""
    new: dict[int, Any] = {}
    old: dict[int, Any] = {}
    for draft in drafts:
        pk = draft.person_id
        if pk is None or draft.status not in {"new", "changed"}:
            continue
        always = model in {PupilRecord, StaffRecord}
        values = {n: draft.values[n] for n in names if draft.values.get(n) not in (None, "")}
        if not values and not always:
            continue
        row = known.get(pk)
        if row is None:
            row = new.setdefault(pk, model(person_id=pk))
        elif pk not in new:
            if all(getattr(row, n) == v for n, v in values.items()):
                continue
            journal.keep(row)
            old[pk] = row
        for name, value in values.items():
            setattr(row, name, value)
    journal.add(list(new.values()))
    journal.save(list(old.values()), list(names))
    known.update(new)


def _sensitive(journal: Journal, drafts: list[Draft], plan: Plan) -> None:
    world = plan.world
    assert world is not None
    new: dict[int, SensitiveRecord] = {}
    old: dict[int, SensitiveRecord] = {}
    for draft in drafts:
        pk = draft.person_id
        changed = {c["field"] for c in draft.changes}
        for name in SENSITIVE:
            text = draft.values.get(name)
            if (
                pk is None
                or not text
                or draft.status not in {"new", "changed"}
                or (draft.status == "changed" and name not in changed)
            ):
                continue
            row = world.sensitive.get(pk) or new.get(pk)
            if row is None:
                row = new[pk] = SensitiveRecord(person_id=pk)
            elif pk not in new:
                journal.keep(row)
                old[pk] = row
            setattr(row, f"{name}_sealed", sealed.seal(str(text), use=f"{name}:{pk}"))
    journal.add(list(new.values()))
    journal.save(list(old.values()), [f"{name}_sealed" for name in SENSITIVE])


def guardians(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    drafts = [d for d in plan.of("guardians") if d.status in {"new", "changed"}]
    people(journal, drafts, plan)
    rows: list[Guardianship] = []
    have = {(g.guardian_id, g.child_id) for found in world.guardians.values() for g in found}
    contact = {child for child, found in world.guardians.items() if any(g.first_contact for g in found)}
    for draft in drafts:
        child = draft.of.person_id if draft.of else None
        if child is None or draft.person_id is None or child == draft.person_id or (draft.person_id, child) in have:
            continue
        have.add((draft.person_id, child))
        said = relation(str(draft.values["relation"]))
        first = bool(draft.values.get("phone")) and child not in contact
        if first:
            contact.add(child)
        rows.append(
            Guardianship(
                guardian_id=draft.person_id,
                child_id=child,
                relation=said[:40],
                during=DateRange(world.first, None),
                first_contact=first,
            )
        )
    journal.add(rows)
