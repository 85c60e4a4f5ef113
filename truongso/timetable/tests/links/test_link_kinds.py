"""What is recognised in a pasted address, and what is said of a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.timetable.link_kinds import NotALink, opened, read_moment, recognise, show_moment

ID = "dQw4w9WgXcQ"
WATCH = f"https://www.youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    ("pasted", "kind", "url"),
    [
        ("https://us02web.zoom.us/j/84512345678?pwd=QkxPT0Q&utm_source=zalo", "zoom", "https://us02web.zoom.us/j/84512345678?pwd=QkxPT0Q"),
        ("zoom.us/j/84512345678", "zoom", "https://zoom.us/j/84512345678"),
        ("http://zoom.us/wc/join/84512345678", "zoom", "https://zoom.us/j/84512345678"),
        ("Mời vào Zoom: https://zoom.us/j/84512345678. Xin đúng giờ", "zoom", "https://zoom.us/j/84512345678"),
        ("https://zoom.us/my/co.mai", "zoom", "https://zoom.us/my/co.mai"),
        ("https://meet.google.com/abc-defg-hij?authuser=1&hs=179", "meet", "https://meet.google.com/abc-defg-hij"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0?context=%7b%7d", "teams", "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0?context=%7B%7D"),
        ("https://teams.live.com/meet/9312345678?p=abc", "teams", "https://teams.live.com/meet/9312345678?p=abc"),
        ("https://zalo.me/g/abcdef123", "zalo", "https://zalo.me/g/abcdef123"),
        (f"https://youtu.be/{ID}?si=xyz&t=200", "video", WATCH),
        (f"https://m.youtube.com/watch?v={ID}&list=PL1&index=3&feature=share", "video", WATCH),
        (f"https://www.youtube.com/shorts/{ID}", "video", WATCH),
        (f"https://www.youtube-nocookie.com/embed/{ID}?start=20", "video", WATCH),
        ("https://olm.vn/chu-de/1?fbclid=IwAR0&b=2#bai-3", "other", "https://olm.vn/chu-de/1?b=2#bai-3"),
        ("https://truong.example/bai.mp4", "video", "https://truong.example/bai.mp4"),
    ],
)  # fmt: skip
def test_recognised_and_clean(pasted: str, kind: str, url: str) -> None:
    found = recognise(pasted)
    assert (found.kind, found.url) == (kind, url)
    assert recognise(found.url).url == found.url, "a clean address stays as it is"
    assert str(found.title)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("xin chào", "Chưa thấy đường dẫn"),
        ("javascript:alert(1)", "Chỉ dùng được đường dẫn của trang web"),
        ("file:///etc/passwd", "Chỉ dùng được"),
        ("http://olm.vn/bai", "không được bảo vệ"),
        ("https://an:matkhau@olm.vn/", "tên và mật khẩu"),
        ("https://www.youtube.com/results?search_query=hình+thoi", "trang tìm kiếm"),
        ("https://www.youtube.com/@co.mai", "chưa phải của một video"),
        ("https://studio.youtube.com/video/abc", "trang quản lí"),
        ("https://zoom.us/", "thiếu số phòng"),
        ("https://zoom.us/s/84512345678?zak=abc", "người chủ trì"),
        ("https://meet.google.com/landing", "thiếu mã phòng"),
        ("https://teams.microsoft.com/", "trang chủ Teams"),
        ("https://chat.zalo.me/", "trang Zalo riêng"),
        ("https://192.168.1.5/bai", "mạng riêng"),
        ("https://[::1]/bai", "mạng riêng"),
        ("https://may-chu.local/bai", "mạng riêng"),
        ("https://localhost/bai", "mạng riêng"),
        ("https://olm.vn:99999999/", "viết chưa đúng"),
        ("https://olm.vn/" + "a" * 600, "quá dài"),
        ("https://lop.truong.example/l/abc/", "chính Trường Số"),
    ],
)
def test_wrong_ones_are_told_in_a_sentence(pasted: str, said: str) -> None:
    with pytest.raises(NotALink, match=said):
        recognise(pasted, own_host="lop.truong.example")


def test_a_password_that_all_would_see_is_warned_of() -> None:
    assert "kèm mật khẩu" in str(recognise("https://zoom.us/j/84512345678?pwd=123456").warning)
    assert "Lời dặn" in str(recognise("https://zoom.us/j/84512345678 Passcode: 123456").warning)
    assert not recognise("https://zoom.us/j/84512345678").warning


@given(st.text())
def test_whatever_is_pasted_is_an_address_of_the_web_or_a_sentence(text: str) -> None:
    try:
        assert recognise("https://" + text).url.startswith("https://")
    except NotALink as no:
        assert str(no.why)


@pytest.mark.parametrize(
    ("text", "second"),
    [("3:20", 200), ("200", 200), ("1:02:03", 3723), ("3 phút 20", 200), ("3p20", 200), ("3'20\"", 200), ("7 phút", 420), ("90s", 90)],
)  # fmt: skip
def test_moments_as_people_write_them(text: str, second: int) -> None:
    assert read_moment(text) == second


@pytest.mark.parametrize("text", ["", "ba phút", "3:75", "-5", "3:20:10:1"])
def test_no_moment(text: str) -> None:
    with pytest.raises(ValueError):
        read_moment(text)


@given(st.integers(min_value=0, max_value=86_399))
def test_what_is_shown_is_read_again(second: int) -> None:
    assert read_moment(show_moment(second)) == second


def test_a_video_opens_at_its_second() -> None:
    found = recognise(f"https://youtu.be/{ID}?t=1m30s&end=120")
    assert (found.start, found.end) == (90, 120)
    assert opened(found.url, found.start) == WATCH + "&t=90s"
    assert opened("https://olm.vn/x", 90) == "https://olm.vn/x"


@pytest.mark.parametrize(
    "text", ["https://lua.example\\.zoom.us/j/98765432101", "https://zoom.us%2elua.example/j/98765432101"]
)
def test_no_other_site_passes_for_a_known_tool(text: str) -> None:
    with pytest.raises(NotALink):
        recognise(text)
