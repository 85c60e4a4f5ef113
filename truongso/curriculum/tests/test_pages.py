"""The pages of programmes: who comes in, editing in place, a table brought in and corrected."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from tests.cast import YEAR, Cast, client_of
from truongso.curriculum import queries
from truongso.curriculum.actions.examples import load_example
from truongso.curriculum.actions.outline import add_lesson, add_topic, make_programme, set_state
from truongso.curriculum.models import Lesson, Programme, ProgrammeState, Topic
from truongso.curriculum.tests.test_annex import annex_docx
from truongso.roster.models import TeachingAssignment
from truongso.school.models import GroupSubject, SchoolClass, SchoolYear, Subject, SubjectGrade


@pytest.fixture
def toan(cast: Cast) -> Subject:
    year = SchoolYear.objects.create(name="2026-2027", during=YEAR)
    for unit, grade in ((cast.class_8a2, 8), (cast.class_7a1, 7)):
        SchoolClass.objects.create(unit=unit, year=year, grade=grade)
    subject = Subject.objects.create(code="toan", name="Toán", short_name="Toán", order=1)
    other = Subject.objects.create(code="ngu-van", name="Ngữ văn", short_name="Văn", order=2)
    GroupSubject.objects.create(group=cast.group, subject=subject)
    for grade in (6, 7, 8):
        for one in (subject, other):
            SubjectGrade.objects.create(
                year=year, subject=one, grade=grade, periods=140, weekly_term_1=4, weekly_term_2=4
            )
    TeachingAssignment.objects.create(unit=cast.class_7a1, subject=subject, person=cast.teacher.person, during=YEAR)
    return subject


@pytest.fixture
def programme(toan: Subject) -> Programme:
    made = make_programme(by=None, subject=toan, grade=8, year=SchoolYear.objects.get())
    for title, lessons in (("Chương I", ("Đơn thức", "Đa thức")), ("Chương II", ("Phân thức",))):
        topic = add_topic(by=None, programme=made, title=title)
        for name in lessons:
            add_lesson(by=None, topic=topic, title=name, periods=2, outcomes=["Nhận biết được"])
    return made


def titles(programme: Programme) -> list[tuple[str, list[str]]]:
    return [(r.topic.title, [p.lesson.title for p, _ in r.lessons]) for r in queries.outline(programme)]


def undo_of(page: str) -> str:
    found = re.search(r'action="(/programmes/\d+/undo/[^"]+)"', page)
    assert found
    return found[1]


READS = {"head": 200, "deputy": 200, "group_head": 200, "teacher": 200, "clerk": 200, "it_admin": 200, "inspector": 200,
         "homeroom": 404, "other_homeroom": 404, "pupil": 404, "classmate": 404, "other_pupil": 404, "guardian": 404, "stranger": 404}  # fmt: skip
IN_USE = READS | {"pupil": 200, "classmate": 200, "guardian": 200}
EDITS = {"head": 302, "deputy": 302, "group_head": 302, "teacher": 403, "clerk": 403, "it_admin": 403, "inspector": 403}


def test_who_reads_and_who_edits(cast: Cast, programme: Programme) -> None:
    address = f"/programmes/{programme.pk}/"
    for name, who in cast.accounts.items():
        assert client_of(who).get(address).status_code == READS[name], name
    set_state(by=None, programme=programme, state=ProgrammeState.IN_USE)
    for name, who in cast.accounts.items():
        client = client_of(who)
        assert client.get(address).status_code == IN_USE[name], name
        posted = client.post(address, {"do": "up topic-999"}).status_code
        wanted = 404 if EDITS.get(name) == 302 else 403 if IN_USE[name] == 200 else 404
        assert posted == wanted, name
        assert client.post(address, {"do": "state use"}).status_code == EDITS.get(name, wanted), name
        for more in ("print/", "annex/word/", "annex/excel/"):
            assert client.get(address + more).status_code == IN_USE[name], (name, more)
        assert client.get(f"{address}bring/").status_code == (200 if EDITS.get(name) == 302 else wanted), name


def test_a_group_head_edits_the_own_groups_subjects_only(cast: Cast, toan: Subject) -> None:
    year, other = SchoolYear.objects.get(), Subject.objects.get(code="ngu-van")
    client = client_of(cast.group_head)
    assert client.get(f"/programmes/start/{year.pk}/{other.pk}/6/").status_code == 404
    assert client.get(f"/programmes/start/{year.pk}/{toan.pk}/6/").status_code == 200
    assert client_of(cast.teacher).get(f"/programmes/start/{year.pk}/{toan.pk}/6/").status_code == 403
    page = client.get("/programmes/").content.decode()
    assert "Toán" in page and "Ngữ văn" not in page


def test_the_list_shows_where_periods_do_not_add_up(cast: Cast, programme: Programme) -> None:
    page = html.unescape(client_of(cast.head).get("/programmes/").content.decode())
    assert "6 / 140" in page and "1 chương trình có số tiết khác" in page
    load_example(by=None, programme=make_programme(by=None, subject=programme.subject, grade=6, year=programme.year))
    assert "140 / 140" in client_of(cast.head).get("/programmes/").content.decode()


def test_pupils_and_families_see_what_is_in_use_in_their_grade(cast: Cast, programme: Programme) -> None:
    assert "Toán" not in client_of(cast.pupil).get("/programmes/").content.decode().split('id="main"')[1]
    set_state(by=None, programme=programme, state=ProgrammeState.IN_USE)
    for who in (cast.pupil, cast.guardian):
        page = client_of(who).get("/programmes/").content.decode()
        assert f"/programmes/{programme.pk}/" in page and "Soạn" not in page
    assert f"/programmes/{programme.pk}/" not in client_of(cast.other_pupil).get("/programmes/").content.decode()
    page = client_of(cast.pupil).get(f"/programmes/{programme.pk}/").content.decode()
    assert "Đơn thức" in page and 'name="do"' not in page.split('id="main"')[1]


def test_lists_ask_the_same_whatever_their_length(
    cast: Cast, programme: Programme, django_assert_max_num_queries
) -> None:
    client = client_of(cast.head)
    client.get("/programmes/")
    for more in range(2):
        with django_assert_max_num_queries(24):
            client.get(f"/programmes/{programme.pk}/")
        with django_assert_max_num_queries(20):
            client.get("/programmes/")
        for n in range(8):
            topic = add_topic(by=None, programme=programme, title=f"Chương {n} {more}")
            for k in range(4):
                add_lesson(by=None, topic=topic, title=f"Bài {n} {k}", periods=1, outcomes=["Một", "Hai"])


def test_a_programme_begins_empty_from_the_example_or_from_last_year(cast: Cast, toan: Subject) -> None:
    year, head = SchoolYear.objects.get(), client_of(cast.head)
    for grade, how in ((6, "example"), (7, "empty")):
        answer = head.post(f"/programmes/start/{year.pk}/{toan.pk}/{grade}/", {"how": how})
        made = Programme.objects.get(grade=grade)
        assert answer["Location"] == f"/programmes/{made.pk}/"
        assert (queries.lessons_in_order(made) != []) == (how == "example")
    year.during = DateRange(YEAR.lower, YEAR.lower.replace(year=2030))
    year.save()
    later = SchoolYear.objects.create(name="2030-2031", during=DateRange(YEAR.lower.replace(year=2030), YEAR.upper))
    address = f"/programmes/start/{later.pk}/{toan.pk}/6/"
    assert "Chép từ năm học trước" in head.get(address).content.decode()
    head.post(address, {"how": "copy"})
    assert titles(Programme.objects.get(year=later)) == titles(Programme.objects.get(year=year, grade=6))
    assert head.post(address, {"how": "copy"}).status_code == 302  # a second press leads to what is there


def test_a_lesson_is_edited_in_place_and_the_edit_taken_back(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.group_head), f"/programmes/{programme.pk}/"
    lesson = Lesson.objects.get(title="Đơn thức")
    page = client.get(f"{address}?edit=lesson-{lesson.pk}").content.decode()
    assert 'value="Đơn thức"' in page and "Nhận biết được</textarea>" in page
    form = {
        "do": "save",
        "row": f"lesson-{lesson.pk}",
        "title": "Đơn thức nhiều biến",
        "periods": "ba",
        "kind": "lesson",
        "outcomes": "",
    }
    bad = client.post(address, form)
    assert bad.status_code == 422 and "Xin ghi số tiết bằng một con số" in bad.content.decode()
    assert 'value="Đơn thức nhiều biến"' in bad.content.decode()
    good = client.post(address, form | {"periods": "3", "outcomes": "- Nêu được\n- Thu gọn được"}, follow=True)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.periods) == ("Đơn thức nhiều biến", 3)
    assert [o.text for o in queries.outcomes_of(lesson)] == ["Nêu được", "Thu gọn được"]
    client.post(undo_of(good.content.decode()))
    lesson.refresh_from_db()
    assert (lesson.title, lesson.periods) == ("Đơn thức", 2)
    assert [o.text for o in queries.outcomes_of(lesson)] == ["Nhận biết được"]


def test_topics_and_lessons_are_added_moved_split_merged_and_put_away(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.head), f"/programmes/{programme.pk}/"
    first, second = Topic.objects.order_by("pk")
    a, b, c = Lesson.objects.order_by("pk")

    def do(deed: str, **more: str) -> str:
        return client.post(address, {"do": deed, **more}, follow=True).content.decode()

    do("save", row="topic-new", title="Chương III")
    do("save", row=f"lesson-new-{second.pk}", title="Phép chia", periods="1", kind="lesson", outcomes="")
    assert titles(programme)[1:] == [("Chương II", ["Phân thức", "Phép chia"]), ("Chương III", [])]
    do(f"down lesson-{a.pk}")
    assert titles(programme)[0] == ("Chương I", ["Đa thức", "Đơn thức"])
    do(f"place lesson-{c.pk}/before-{b.pk}")
    assert titles(programme)[0] == ("Chương I", ["Phân thức", "Đa thức", "Đơn thức"])
    before = titles(programme)
    page = do("save", row=f"split-{a.pk}", title="Chương I bis")
    assert titles(programme)[:2] == [("Chương I", ["Phân thức", "Đa thức"]), ("Chương I bis", ["Đơn thức"])]
    client.post(undo_of(page))
    assert titles(programme) == before
    page = do(f"merge topic-{second.pk}")
    assert titles(programme)[0][1] == ["Phân thức", "Đa thức", "Đơn thức", "Phép chia"]
    client.post(undo_of(page))
    assert titles(programme) == before
    page = do(f"drop lesson-{b.pk}")
    assert "Đã cất “Đa thức”" in page and "Lấy lại" in page
    do(f"restore lesson-{b.pk}")
    assert titles(programme) == before
    do(f"drop topic-{first.pk}")
    assert titles(programme)[0][0] == "Chương II"
    do(f"restore lesson-{a.pk}")  # its topic comes back with it
    assert titles(programme) == before
    assert Lesson.objects.count() == 4  # nothing was ever deleted


def test_what_cannot_be_done_says_why(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.head), f"/programmes/{programme.pk}/"
    first = Topic.objects.order_by("pk").first()
    lesson = Lesson.objects.order_by("pk").first()
    assert first and lesson
    merged = client.post(address, {"do": f"merge topic-{first.pk}"})
    assert merged.status_code == 422 and "không gộp lên được" in merged.content.decode()
    split = client.post(address, {"do": "save", "row": f"split-{lesson.pk}", "title": "X"})
    assert split.status_code == 422 and "không tách được" in split.content.decode()
    for deed in ("x", "up lesson-999999", "place lesson-1/under-2", "place x", "merge lesson-999", ""):
        assert client.post(address, {"do": deed}).status_code == 404, deed
    assert client.post(f"{address}undo/khong-co/").status_code == 404


def preview_fields(page: str) -> dict[str, object]:
    """What a browser would post of the preview as it stands."""
    found: dict[str, object] = {}
    takes: list[str] = []
    for tag in re.findall(r"<input[^>]*>", page.split('class="stack" method="post"')[1]):
        named = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if named and named[1] == "take":
            takes += [value[1]] if value and "checked" in tag else []
        elif named:
            found[named[1]] = html.unescape(value[1]) if value else ""
    return found | {"take": takes}


PASTE = 'STT\tBài học\tSố tiết\tYêu cầu cần đạt\nChương I\t\t\t\n1\tĐơn thức\t3\t"- Nêu được\n- Viết được"\n2\tHằng đẳng thức\thai tiết\t- Dùng được\n'


def test_a_pasted_table_is_shown_corrected_and_taken(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.group_head), f"/programmes/{programme.pk}/bring/"
    shown = client.post(address, {"do": "paste", "text": PASTE})
    page = shown.content.decode()
    assert (
        shown.status_code == 200
        and "Chưa hiểu số tiết này" in page
        and "&lt;input" not in page
        and "2 → 3" in html.unescape(page)
    )
    fields = preview_fields(page)
    bad = client.post(address, fields | {"do": "take"})
    assert bad.status_code == 422 and "bỏ dấu “Lấy”" in html.unescape(bad.content.decode())
    assert titles(programme)[0] == ("Chương I", ["Đơn thức", "Đa thức"])
    good = client.post(address, fields | {"do": "take", "p-w0": "2", "take": ["0", "w0"]}, follow=True)
    assert "1 bài mới, 1 bài thay đổi" in good.content.decode()
    assert titles(programme)[0] == ("Chương I", ["Đơn thức", "Hằng đẳng thức", "Đa thức"])
    assert Lesson.objects.get(title="Đơn thức").periods == 3


def test_a_row_corrected_on_the_way_in_is_not_overwritten_later(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.head), f"/programmes/{programme.pk}/bring/"
    text = "Bài học\tSố tiết\nChương V\t\nHàm số\t4\n"
    page = client.post(address, {"do": "paste", "text": text}).content.decode()
    client.post(address, preview_fields(page) | {"do": "take", "p-0": "5"})
    assert Lesson.objects.get(title="Hàm số").periods == 5
    again = client.post(address, {"do": "paste", "text": text}).content.decode()
    assert "đã sửa tay" in again and preview_fields(again)["take"] == []
    client.post(address, preview_fields(again) | {"do": "take"})
    assert Lesson.objects.get(title="Hàm số").periods == 5


def test_the_clipboards_markup_goes_before_its_text(cast: Cast, programme: Programme) -> None:
    markup = "<table><tr><td>Bài học</td><td>Số tiết</td></tr><tr><td rowspan=2>Tam giác</td><td>2</td></tr><tr><td>1</td></tr></table>"
    page = (
        client_of(cast.head)
        .post(f"/programmes/{programme.pk}/bring/", {"do": "paste", "text": "x", "markup": markup})
        .content.decode()
    )
    assert 'value="Tam giác"' in page and 'value="3"' in page


def test_a_bringing_can_be_undone(cast: Cast, programme: Programme) -> None:
    client, address = client_of(cast.head), f"/programmes/{programme.pk}/bring/"
    before = titles(programme)
    page = client.post(address, {"do": "paste", "text": "Bài học\tSố tiết\nChương V\t\nHàm số\t4\n"}).content.decode()
    done = client.post(address, preview_fields(page) | {"do": "take"}, follow=True).content.decode()
    assert titles(programme) != before
    client.post(undo_of(done))
    assert titles(programme) == before


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({"do": "paste", "text": "Kính gửi tổ"}, "Không tìm thấy bảng"), ({"do": "paste", "text": ""}, "Không tìm thấy bảng"),
     ({"do": "file"}, "Chưa chọn tệp"), ({"do": "file", "file": b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")}, "đời cũ"),
     ({"do": "file", "file": b"%PDF-1.7"}, "không phải tệp Word")],
)  # fmt: skip
def test_what_is_no_table_is_told(cast: Cast, programme: Programme, sent: dict[str, object], sentence: str) -> None:
    if isinstance(body := sent.get("file"), bytes):
        sent = sent | {"file": SimpleUploadedFile("a.docx", body)}
    answer = client_of(cast.head).post(f"/programmes/{programme.pk}/bring/", sent)
    assert answer.status_code == 422 and sentence in html.unescape(answer.content.decode())


def test_a_forged_draft_is_turned_away(cast: Cast, programme: Programme) -> None:
    client = client_of(cast.head)
    client.raise_request_exception = False
    for text in ("", "[]", '{"topics":[{"title":"a","part":"","lessons":[{"title":"x","periods":99}]}]}'):
        assert client.post(f"/programmes/{programme.pk}/bring/", {"do": "take", "draft": text}).status_code == 400


def test_a_file_names_its_programme_or_asks(cast: Cast, toan: Subject) -> None:
    client: Client = client_of(cast.group_head)
    page = client.post(
        "/programmes/bring/", {"do": "file", "file": SimpleUploadedFile("pl1.docx", annex_docx())}
    ).content.decode()
    assert re.search(r'<option value="\d+" selected>Toán', page) and re.search(r'<option value="6" selected', page)
    year = SchoolYear.objects.get()
    fields = preview_fields(page) | {"subject": str(toan.pk), "grade": "6", "year": str(year.pk)}
    bare = client.post("/programmes/bring/", {"do": "paste", "text": "Bài học\tSố tiết\nĐa thức\t2\n"}).content.decode()
    asked = client.post("/programmes/bring/", preview_fields(bare) | {"subject": "", "grade": "", "do": "take"})
    assert "Chưa rõ tệp của môn nào" in asked.content.decode()
    assert asked.status_code == 422 and not Programme.objects.exists()
    other = client.post(
        "/programmes/bring/",
        fields | {"subject": str(Subject.objects.get(code="ngu-van").pk), "do": "take", "take": ["0"]},
    )
    assert other.status_code == 422 and not Programme.objects.exists()
    client.post("/programmes/bring/", fields | {"do": "take", "take": ["0", "1", "2", "3"]})
    assert Programme.objects.get().grade == 6 and Lesson.objects.count() == 4
