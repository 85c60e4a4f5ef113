"""Rooms, a studio corner and a survey of the made-up school: the same every time, from the classes in the database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from truongso.conditions import rules, survey_queries
from truongso.conditions.models import Booking, Equipment, Fault, Room, SurveyAnswer, SurveyRound
from truongso.people.models import Guardianship, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.school.models import Campus

_SPECIAL = (
    ("Phòng Tin học 1", "computers", 40, 38), ("Phòng Tin học 2", "computers", 40, 36), ("Phòng Vật lí", "subject", 45, 0),
    ("Phòng Hoá – Sinh", "subject", 45, 0), ("Góc studio", "studio", 4, 1), ("Phòng hội đồng", "meeting", 60, 0),
)  # fmt: skip
_EQUIPMENT = (
    ("camera", "Máy quay trên chân", 1, "Góc studio"), ("mic", "Micro cài áo không dây", 2, "Góc studio"),
    ("light", "Đèn và phông xanh", 1, "Góc studio"), ("computer", "Máy tính dựng bài", 1, "Góc studio"),
    ("tablet", "Máy tính bảng cho mượn", 20, ""), ("camera", "Webcam rời", 6, ""), ("mic", "Loa kèm micro", 4, ""),
)  # fmt: skip
# (device, sharing, connection, quiet, camera, helper): what homes of a town school answer, by a pupil's number.
_HOMES = (
    ("own_phone", "", "wifi", "yes", "yes", "parent"), ("laptop", "1", "wifi", "yes", "yes", "sibling"),
    ("shared_phone", "2", "data_limit", "partly", "yes", "parent"), ("own_phone", "", "data", "yes", "yes", "nobody"),
    ("shared_phone", "1", "wifi", "partly", "yes", "sibling"), ("pc", "1", "wifi", "yes", "no", "parent"),
    ("laptop", "0", "wifi", "yes", "yes", "parent"), ("tablet", "1", "wifi", "no", "yes", "other"),
    ("own_phone", "", "data_limit", "no", "partly", "nobody"), ("none", "", "none", "no", "", "nobody"),
)  # fmt: skip


def load(today: date) -> None:
    """Nothing when there are rooms already. Call it in the demo's transaction, after classes, pupils and families."""
    if Room.objects.exists():
        return
    rooms = _rooms(today)
    _bookings(rooms["Góc studio"], today)
    round = SurveyRound.objects.create(
        title="Khảo sát thiết bị và mạng ở nhà", during=DateRange(today - timedelta(days=7), today + timedelta(days=8))
    )
    _answers(round, today)


def _rooms(today: date) -> dict[str, Room]:
    campus = Campus.objects.first()
    classes = Unit.objects.on(today).filter(kind=UnitKind.CLASS).count()
    measured = today - timedelta(days=40)
    made = [
        Room(
            campus=campus, name=f"A{101 + 100 * (n // 8) + n % 8}", kind="class", seats=45, display="none" if n % 9 == 8 else ("tv", "projector")[n % 2],
            internet="wifi" if n % 7 else "none", mbps_down=40 + n % 30 if n % 7 else None, mbps_up=15 if n % 7 else None,
            measured_on=measured if n % 7 else None,
        )
        for n in range(max(classes, 2))
    ]  # fmt: skip
    made += [
        Room(
            campus=campus, name=name, kind=kind, seats=seats, computers=computers, display="board" if kind == "studio" else "projector",
            internet="cable", mbps_down=180, mbps_up=90, measured_on=measured, bookable=kind != "subject",
        )
        for name, kind, seats, computers in _SPECIAL
    ]  # fmt: skip
    rooms = {r.name: r for r in Room.objects.bulk_create(made)}
    Equipment.objects.bulk_create(
        [Equipment(kind=kind, name=name, quantity=n, room=rooms.get(room)) for kind, name, n, room in _EQUIPMENT]
    )
    return rooms


def _bookings(studio: Room, today: date) -> None:
    staff = list(
        RoleAssignment.objects.on(today)
        .filter(role=Role.TEACHER)
        .order_by("person_id")
        .values_list("person", flat=True)[:4]
    )
    made = []
    for n, person in enumerate(staff):
        start = timezone.make_aware(datetime.combine(today + timedelta(days=1 + n // 2), time(8 + 5 * (n % 2))))
        during = DateTimeTZRange(start, start + timedelta(hours=2))
        made.append(Booking(room=studio, person_id=person, during=during, purpose="quay bài giảng"))
    Booking.objects.bulk_create(made)
    if staff:
        Fault.objects.create(room=studio, by_id=staff[0], text="Một micro cài áo hết pin, chưa có pin thay")


def _answers(round: SurveyRound, today: date) -> None:
    """Four families in five have answered, guardians where there is one; who signs in to look still finds a question."""
    care = dict(Guardianship.objects.on(today).order_by("-pk").values_list("child_id", "guardian_id"))
    made = []
    for number, role in enumerate(survey_queries.pupils(today)):
        if number % 5 == 0:
            continue
        said = dict(zip(rules.QUESTIONS, _HOMES[(number * 7) % 10], strict=True))
        guardian = care.get(role.person_id) if number % 3 else None
        made.append(
            SurveyAnswer(
                round=round, child_id=role.person_id, by_id=guardian or role.person_id, complete=True,
                capacity="guardian" if guardian else "pupil", **said,
            )
        )  # fmt: skip
    SurveyAnswer.objects.bulk_create(made, batch_size=2000)
