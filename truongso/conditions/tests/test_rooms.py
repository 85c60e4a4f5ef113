"""Rooms, equipment, faults and bookings as the school uses them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, client_of, make_cast
from truongso.audit.models import Entry
from truongso.conditions import queries
from truongso.conditions.actions.bookings import book
from truongso.conditions.models import Booking, Fault, Room
from truongso.lib.sheets import read_workbook
from truongso.people.actor import actor_for

ROOM = {"name": "A203", "kind": "class", "seats": "45", "display": "tv", "internet": "wifi", "mbps_down": "85,5", "mbps_up": "20",
        "measured_on": "20/11/2026", "computers": "", "condition": "good", "active": "on"}  # fmt: skip


def studio() -> Room:
    return Room.objects.create(name="Góc studio", kind="studio", bookable=True, display="tv", internet="cable")


def test_a_room_is_entered_wrong_and_then_right(cast: Cast) -> None:
    client = client_of(cast.clerk)
    wrong = client.post("/rooms/add/", ROOM | {"measured_on": ""})
    assert wrong.status_code == 422 and "xin ghi cả ngày đo" in wrong.content.decode()
    assert 'value="85,5"' in wrong.content.decode(), "what was typed stays"
    assert client.post("/rooms/add/", ROOM | {"internet": "none"}).status_code == 422
    assert client.post("/rooms/add/", ROOM).status_code == 302
    made = Room.objects.get()
    assert (str(made.mbps_down), made.seats, made.computers) == ("85.5", 45, 0)
    assert "đã có phòng cùng tên" in client.post("/rooms/add/", ROOM).content.decode()
    assert client.post(f"/rooms/{made.pk}/edit/", ROOM | {"active": ""}).status_code == 302
    assert "ngừng dùng" in client.get("/rooms/").content.decode()


@pytest.mark.parametrize(
    ("who", "sees", "keeps"),
    [("head", 200, 200), ("deputy", 200, 200), ("clerk", 200, 200), ("it_admin", 200, 200), ("teacher", 200, 404), ("homeroom", 200, 404),
     ("inspector", 200, 404), ("pupil", 404, 404), ("guardian", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_who_reads_and_who_keeps_the_register(cast: Cast, who: str, sees: int, keeps: int) -> None:
    room = studio()
    client = client_of(getattr(cast, who))
    assert client.get(f"/rooms/{room.pk}/").status_code == sees
    assert client.get(f"/rooms/{room.pk}/edit/").status_code == keeps


def test_equipment_stands_in_its_room_and_in_the_file(cast: Cast) -> None:
    room, client = studio(), client_of(cast.it_admin)
    item = {
        "name": "Micro cài áo",
        "kind": "mic",
        "room": room.pk,
        "quantity": "2",
        "condition": "worn",
        "active": "on",
    }
    assert client.post("/equipment/add/", item | {"quantity": "hai"}).status_code == 422
    assert client.post("/equipment/add/", item).status_code == 302
    assert client.post("/equipment/add/", item | {"name": "Máy quay cầm tay", "room": ""}).status_code == 302
    page = client.get(f"/rooms/{room.pk}/").content.decode()
    assert "Micro cài áo" in page and "Máy quay cầm tay" not in page
    sheets = read_workbook(client.get("/rooms/export/").content)
    text = str([list(row) for sheet in sheets for row in sheet.rows])
    assert "Góc studio" in text and "Micro cài áo" in text and "mang đi các phòng" in text


def test_a_fault_is_open_until_somebody_mends_it(cast: Cast) -> None:
    room = studio()
    teacher, clerk = client_of(cast.teacher), client_of(cast.clerk)
    assert teacher.post(f"/rooms/{room.pk}/fault/", {"text": ""}).status_code == 422
    teacher.post(f"/rooms/{room.pk}/fault/", {"text": "Ti vi không lên hình"})
    fault = Fault.objects.get()
    assert "Ti vi không lên hình" in clerk.get(f"/rooms/{room.pk}/").content.decode()
    assert "1 chỗ hỏng" in clerk.get("/rooms/").content.decode()
    assert teacher.post(f"/faults/{fault.pk}/repair/").status_code == 404
    clerk.post(f"/faults/{fault.pk}/repair/")
    clerk.post(f"/faults/{fault.pk}/repair/")
    assert not queries.open_faults().exists() and Entry.objects.filter(verb="conditions.repair").count() == 1


def test_the_figures_of_the_digital_index(cast: Cast) -> None:
    Room.objects.create(name="A1", display="tv", internet="wifi")
    Room.objects.create(name="A2", display="tv", internet="none")
    Room.objects.create(name="A3", display="none", internet="wifi")
    Room.objects.create(name="A4", display="tv", internet="wifi", active=False)
    Room.objects.create(name="A5", display="tv", internet="wifi", condition="broken")
    assert not queries.has_studio()
    Room.objects.create(name="TH", kind="computers", computers=20, display="projector", internet="cable")
    studio()
    assert queries.share_of_classrooms_with_display_and_internet() == (1, 4)
    assert queries.pupils_per_computer(timezone.localdate()) == (3, 20)
    assert queries.has_studio()
    assert "1 trên 4 phòng" in client_of(cast.head).get("/rooms/").content.decode()


def test_a_taken_time_says_by_whom_and_offers_others(cast: Cast) -> None:
    room = studio()
    day = timezone.localdate() + timedelta(days=1)
    first = {"day": day.strftime("%d/%m/%Y"), "start": "08:00", "end": "10:00", "purpose": "Quay bài Hình thoi"}
    mai = client_of(cast.teacher)
    assert mai.post(f"/rooms/{room.pk}/bookings/", first).status_code == 302
    other = client_of(cast.homeroom)
    clash = other.post(f"/rooms/{room.pk}/bookings/", first | {"start": "9h30", "end": "10h30"})
    said = clash.content.decode()
    assert clash.status_code == 422 and "Vũ Thị Mai đặt, từ 08:00 đến 10:00" in said
    assert "06:00–08:00, 10:00–21:00" in said and "Quay bài Hình thoi" in said
    assert other.post(f"/rooms/{room.pk}/bookings/", first | {"start": "10:00", "end": "10:45"}).status_code == 302, (
        "back to back"
    )
    assert other.post(f"/rooms/{room.pk}/bookings/", first | {"start": "25:00"}).status_code == 422
    booking = Booking.objects.get(person=cast.teacher.person)
    assert other.post(f"/bookings/{booking.pk}/cancel/").status_code == 403
    assert mai.post(f"/bookings/{booking.pk}/cancel/").status_code == 302
    assert other.post(f"/rooms/{room.pk}/bookings/", first).status_code == 302, "given back at once"
    assert client_of(cast.pupil).get(f"/rooms/{room.pk}/bookings/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_has_the_room() -> None:
    cast, room = make_cast(), studio()
    start = timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=2), datetime.min.time())
    ) + timedelta(hours=9)
    actors = [actor_for(cast.teacher), actor_for(cast.homeroom)]

    def take(turn: int) -> str:
        try:
            book(by=actors[turn], room=room, start=start, end=start + timedelta(hours=1), purpose="quay bài")
            return "has it"
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(take, range(2)))
    assert said.count("has it") == 1 and any("Giờ này phòng đã có" in s for s in said)
    assert Booking.objects.count() == 1


def test_the_lists_cost_the_same_for_many_rooms(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of(cast.clerk)
    for n in range(30):
        Fault.objects.create(room=Room.objects.create(name=f"P{n}"), by=cast.teacher.person, text="hỏng")
    with django_assert_max_num_queries(16):
        client.get("/rooms/")
