from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.lib import dates, vi

NAMES = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ", min_size=1
)


def test_names_are_ordered_as_in_a_class_list() -> None:
    names = ["Nguyễn Văn Ân", "Trần Thị Anh", "Lê Ánh", "Đỗ Đạt", "Phan Dung", "Bùi Ảnh", "Vũ Ăn", "An Anh"]
    assert sorted(names, key=vi.sort_key) == [
        "An Anh", "Trần Thị Anh", "Bùi Ảnh", "Lê Ánh", "Vũ Ăn", "Nguyễn Văn Ân", "Phan Dung", "Đỗ Đạt",
    ]  # fmt: skip


def test_fold_takes_every_mark_away() -> None:
    assert vi.fold("  Đặng   Thị ÁNH ") == "dang thi anh"


@given(NAMES)
def test_decomposed_and_composed_text_are_one(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert vi.nfc(apart) == vi.nfc(name)
    assert vi.fold(apart) == vi.fold(name)
    assert vi.sort_key(apart) == vi.sort_key(name)
    assert vi.fold(name).isascii()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_shown_date_reads_back(day: date) -> None:
    assert dates.parse(dates.show(day), today=date(2026, 1, 1)) == day
    assert dates.parse(day.isoformat(), today=date(2026, 1, 1)) == day


@pytest.mark.parametrize("text", ["24 11", "24/11", "24.11.26", "24-11-2026", " 24/11/2026 "])
def test_short_dates(text: str) -> None:
    assert dates.parse(text, today=date(2026, 1, 1)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "why"), [("31/02/2013", "calendar"), ("hôm qua", "shape"), ("2013", "shape"), ("1/13", "calendar")]
)
def test_wrong_dates_say_why(text: str, why: str) -> None:
    with pytest.raises(dates.NotADate) as caught:
        dates.parse(text, today=date(2026, 1, 1))
    assert caught.value.why == why


@pytest.mark.parametrize(("day", "year"), [(date(2026, 8, 1), "2026-2027"), (date(2026, 7, 31), "2025-2026")])
def test_school_year_turns_in_august(day: date, year: str) -> None:
    assert dates.school_year(day) == year
