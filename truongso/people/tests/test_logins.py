from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.people.logins import first_password, free_login, stem


@pytest.mark.parametrize(
    ("name", "unit", "login"),
    [
        ("Nguyễn Khánh An", "8A2", "an.nk.8a2"),
        ("Vũ Thị Mai", "", "mai.vt"),
        ("Đỗ Ý", "7/1", "y.d.71"),
        ("Bình", "", "binh"),
    ],
)
def test_logins_are_made_of_names(name: str, unit: str, login: str) -> None:
    assert stem(name, unit) == login


@given(st.text(max_size=60), st.text(max_size=8))
def test_any_name_gives_a_login_of_the_right_shape(name: str, unit: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", free_login(name, unit, ()))


def test_the_second_of_a_name_gets_a_number() -> None:
    assert free_login("Vũ Thị Mai", "", {"mai.vt", "mai.vt2"}) == "mai.vt3"


def test_first_passwords_are_readable_and_differ() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-z]+-\d-[a-z]+-\d-[a-z]+", password) for password in made)
