"""What families of the made-up school have answered: the same every time, from the pupils in the database."""

from __future__ import annotations

from datetime import date, timedelta

from truongso.consent import queries, rules
from truongso.consent.models import ConsentAnswer, DataRequest
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role


def load(today: date) -> None:
    """Nothing when there are answers already. Call it in the demo's transaction, after pupils and families."""
    if ConsentAnswer.objects.exists():
        return
    roles = RoleAssignment.objects.on(today).filter(role=Role.PUPIL).select_related("person")
    children = [r.person for r in roles.order_by("unit__name", "person__sort_key", "person_id")]
    found = queries.sheet([c.pk for c in children], today)
    day, made = today - timedelta(days=30), []
    for number, child in enumerate(children):
        age = rules.age_on(child.birth_date, day)
        for place, version in enumerate(found.asked):
            turn = (number + 3 * place) % 10
            if turn in {0, 5}:  # not answered yet
                continue
            said = {"child": child, "version": version, "day": day, "device": "Chrome trên Android"}
            for g in found.guardians.get(child.pk, ())[: 1 + (turn == 3)]:
                agrees = turn != 7 and not (turn == 3 and g is found.guardians[child.pk][-1] and number % 30 == 3)
                made.append(ConsentAnswer(by_id=g.guardian_id, capacity="guardian", agrees=agrees, **said))
            if rules.asks_pupil(version.discloses, age) and turn != 4:
                made.append(ConsentAnswer(by=child, capacity="pupil", agrees=turn != 9, **said))
    ConsentAnswer.objects.bulk_create(made, batch_size=2000)
    if children:
        DataRequest.objects.create(
            subject=children[0], asked_by=children[0], kind="correct", text="Sửa nơi sinh trong hồ sơ", received_on=today - timedelta(days=1)
        )  # fmt: skip
