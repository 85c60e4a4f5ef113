"""From timetable and calendar to periods, and how periods keep their identity."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.timetable.layout import Cell, NoBell, Slot, Standing, lay_out, monday, spans

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROOT = UUID(int=7)
BELLS = {(None, "am", n): (time(7, 0), time(7, 45)) for n in (1,)} | {
    (None, "am", n): (
        (datetime(2026, 1, 1, 7) + timedelta(minutes=50 * (n - 1))).time(),
        (datetime(2026, 1, 1, 7, 45) + timedelta(minutes=50 * (n - 1))).time(),
    )
    for n in range(1, 6)
}
WEEK = {date(2026, 9, 7) + timedelta(days=i): i + 1 for i in range(6)}


def cell(number: int, weekday: int, unit: int = 1, subject: int = 1, person: int | None = 9, lesson: int = 0) -> Cell:
    key = uuid5(ROOT, f"{unit}-{weekday}-{number}-{lesson}")
    return Cell(number + 10 * weekday, unit, weekday, "am", number, subject, None, person, None, "", key)


def slots(*cells: Cell, days: dict[date, int] | None = None) -> list[Slot]:
    return [Slot(c, d, s, "inperson") for c, d, s in spans(cells, days or WEEK, BELLS, {}, ZONE)]


def standing(key: int, slot: Slot, *, fixed: bool = False, first: Slot | None = None, planned: bool = True) -> Standing:
    origin = first or slot
    return Standing(
        key, slot.stream, slot.day, slot.cell.shift, slot.cell.number, slot.span, slot.cell.person_id, slot.cell.room_id,
        slot.lesson, fixed, planned, True, (origin.day, origin.cell.shift, origin.cell.number),
    )  # fmt: skip


def test_every_cell_stands_on_every_teaching_day_of_its_weekday() -> None:
    made = lay_out(slots(cell(1, 1), cell(2, 3), cell(1, 7)), []).make
    assert [(s.day, s.cell.number) for s in made] == [(date(2026, 9, 7), 1), (date(2026, 9, 9), 2)]
    assert made[0].span[0].isoformat() == "2026-09-07T07:00:00+07:00"


def test_a_make_up_day_is_taught_by_the_day_it_stands_for() -> None:
    saturday = {date(2026, 9, 12): 1}
    assert [s.cell.weekday for s in lay_out(slots(cell(1, 1), cell(1, 6), days=saturday), []).make] == [1]


def test_a_period_without_bell_times_is_named() -> None:
    with pytest.raises(NoBell) as missing:
        slots(cell(7, 1))
    assert (missing.value.shift, missing.value.number) == ("am", 7)


def test_a_campus_may_have_its_own_bells() -> None:
    own = BELLS | {(5, "am", 1): (time(7, 30), time(8, 15))}
    rows = spans([cell(1, 1, unit=1), cell(1, 1, unit=2)], WEEK, own, {1: 5, 2: 6}, ZONE)
    assert {(c.unit_id, s[0].strftime("%H:%M")) for c, _, s in rows} == {(1, "07:30"), (2, "07:00")}


def test_a_new_timetable_moves_the_same_periods() -> None:
    old = slots(cell(1, 1), cell(2, 3), cell(3, 5))
    new = slots(cell(1, 2), cell(4, 4), cell(5, 6))
    found = lay_out(new, [standing(i, s) for i, s in enumerate(old)])
    assert [(key, s.cell.weekday) for key, s in sorted(found.move)] == [(0, 2), (1, 4), (2, 6)]
    assert not found.make and not found.remove and not found.clashes


def test_fewer_periods_remove_the_last_and_more_are_made() -> None:
    two, three = slots(cell(1, 1), cell(2, 3)), slots(cell(1, 1), cell(2, 3), cell(3, 5))
    assert lay_out(two, [standing(i, s) for i, s in enumerate(three)]).remove == [2]
    assert len(lay_out(three, [standing(i, s) for i, s in enumerate(two)]).make) == 1


def test_a_moved_period_uses_up_its_slot_and_is_left_alone() -> None:
    wanted = slots(cell(1, 1), cell(2, 3))
    friday = slots(cell(4, 5))[0]
    found = lay_out(wanted, [standing(1, friday, fixed=True, first=wanted[0]), standing(2, wanted[1])])
    assert found.make == [] and found.remove == [] and [key for key, _ in found.move] == [2]


def test_a_cancelled_period_is_not_made_again() -> None:
    wanted = slots(cell(1, 1))
    assert lay_out(wanted, [standing(1, wanted[0], fixed=True, planned=False)]).make == []


def test_what_a_fixed_period_stands_in_the_way_of_is_said() -> None:
    other = slots(cell(1, 1, subject=2))[0]
    found = lay_out(slots(cell(1, 1)), [standing(8, other, fixed=True)])
    assert not found.make and [(c.who, c.standing_id) for c in found.clashes] == [("class", 8)]
    teacher = slots(cell(1, 1, unit=2, subject=2))[0]
    assert [c.who for c in lay_out(slots(cell(1, 1)), [standing(8, teacher, fixed=True)]).clashes] == ["teacher"]


places = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5)), unique=True, min_size=0, max_size=8)


@given(places, places, st.sets(st.integers(0, 7)))
def test_nothing_is_lost_or_doubled(
    before: list[tuple[int, int]], after: list[tuple[int, int]], kept: set[int]
) -> None:
    old = slots(*(cell(n, w) for w, n in before))
    there = [standing(i, s, fixed=i in kept) for i, s in enumerate(old)]
    found = lay_out(slots(*(cell(n, w) for w, n in after)), there)
    touched = [key for key, _ in found.move] + found.remove
    assert sorted(touched) == sorted(s.id for s in there if not s.fixed), "each loose period once, fixed ones never"
    left = sum(s.fixed for s in there)
    assert len(found.move) + len(found.make) + len(found.clashes) == max(0, len(after) - left)
    again = lay_out(
        slots(*(cell(n, w) for w, n in after)),
        [s for s in there if s.fixed]
        + [standing(100 + i, s) for i, s in enumerate([s for _, s in found.move] + found.make)],
    )
    assert not again.make and not again.remove, "laying out twice changes nothing"
    assert {monday(s.day) for s in found.make} <= {date(2026, 9, 7)}
