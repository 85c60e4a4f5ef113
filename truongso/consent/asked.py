"""Whom a person may answer for today, and what is still open: the pages of families and the line on Hôm nay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from truongso.consent import queries, rules
from truongso.consent.models import Capacity, ConsentAnswer, PurposeVersion
from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to this person: about a child, as guardian or as the pupil, with the answer given last."""

    child: Person
    version: PurposeVersion
    capacity: Capacity
    given: ConsentAnswer | None
    verdict: rules.Consent


def asks(actor: Actor) -> list[Ask]:
    """Every question the actor may answer today, purpose by purpose: only with the legal right of this day."""
    legal = set(
        Guardianship.objects.on(actor.on)
        .filter(guardian_id=actor.person_id, legal=True)
        .values_list("child", flat=True)
    )
    here = set(
        RoleAssignment.objects.on(actor.on)
        .filter(role=Role.PUPIL, person_id__in=legal)
        .values_list("person", flat=True)
    )
    own = {actor.person_id} if actor.has(Role.PUPIL) else set()
    children = list(Person.objects.filter(pk__in=here | own).order_by("sort_key", "pk"))
    if not children:
        return []
    found = queries.sheet([c.pk for c in children], actor.on)
    made = []
    for version in found.asked:
        for child in children:
            capacity = Capacity.PUPIL if child.pk == actor.person_id else Capacity.GUARDIAN
            age = rules.age_on(child.birth_date, actor.on)
            needed = (
                rules.asks_pupil(version.discloses, age) if capacity == Capacity.PUPIL else rules.asks_guardian(age)
            )
            if not needed:
                continue
            said = found.said(child, version)
            given = said.pupil if capacity == Capacity.PUPIL else said.guardians.get(actor.person_id)
            made.append(Ask(child, version, capacity, given, found.verdict(child, version)))
    return made


# The same question as `asks`, counted in one query: it stands on everybody's home. A test holds both together.
_OPEN = """
    SELECT count(*)
      FROM people_person c
      JOIN consent_purposeversion v ON v.during @> %(day)s::date
      JOIN consent_purpose p ON p.id = v.purpose_id AND p.active
     WHERE NOT EXISTS (SELECT 1 FROM consent_consentanswer a
                        WHERE a.child_id = c.id AND a.version_id = v.id AND a.by_id = %(me)s AND a.day <= %(day)s::date)
       AND EXISTS (SELECT 1 FROM people_roleassignment r
                    WHERE r.person_id = c.id AND r.role = 'pupil' AND r.during @> %(day)s::date)
       AND CASE WHEN c.id = %(me)s
           THEN c.birth_date <= %(day)s::date - make_interval(years => %(grown)s)
             OR v.discloses AND (c.birth_date IS NULL OR c.birth_date <= %(day)s::date - make_interval(years => %(asked)s))
           ELSE (c.birth_date IS NULL OR c.birth_date > %(day)s::date - make_interval(years => %(grown)s))
            AND EXISTS (SELECT 1 FROM people_guardianship g
                         WHERE g.child_id = c.id AND g.guardian_id = %(me)s AND g.legal AND g.during @> %(day)s::date)
           END
       AND c.id = ANY(%(mine)s)
"""


def count_open(actor: Actor) -> int:
    """How many questions this person has not answered."""
    mine = [*actor.children, actor.person_id]
    values: dict[str, Any] = {
        "day": actor.on, "me": actor.person_id, "mine": mine, "grown": rules.CHILD_UNTIL, "asked": rules.PUPIL_AGREES_FROM,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, values)
        (count,) = cursor.fetchone()
    return int(count)
