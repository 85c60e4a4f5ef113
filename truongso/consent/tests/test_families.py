"""Guardians and pupils answer, change their minds, and ask."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import YEAR, Cast, account, assign, client_of
from truongso.consent import asked, queries
from truongso.consent.actions.answers import answer
from truongso.consent.models import ConsentAnswer, DataRequest, PurposeVersion, RequestKind
from truongso.people.actor import actor_for
from truongso.people.models import Guardianship, Person
from truongso.people.roles import Role


def today() -> date:
    return timezone.localdate()


def name(cast: Cast) -> str:
    return f"c{cast.pupil.person_id}"


def recording() -> PurposeVersion:
    return PurposeVersion.objects.get(purpose__code="recording")


def born(cast: Cast, years: int = 12) -> None:
    Person.objects.filter(pk=cast.pupil.person_id).update(birth_date=today() - timedelta(days=366 * years))


def test_what_is_asked_ships_and_nothing_is_allowed_by_itself(cast: Cast) -> None:
    codes = [v.purpose.code for v in queries.versions(today())]
    assert codes == ["recording", "camera", "photos", "portal"]
    assert not any(queries.allows(cast.pupil.person_id, code, today()) for code in [*codes, "khong-co"])


def test_a_yes_that_the_child_has_not_shared_is_not_shown_as_agreed(cast: Cast) -> None:
    born(cast)
    mother = client_of(cast.guardian)
    mother.post("/consent/about/photos/", {name(cast): "yes"})
    assert not queries.allows(cast.pupil.person_id, "photos", today())
    page = mother.get("/consent/").content.decode()
    assert "Đã trả lời: đồng ý. Em chưa trả lời" in page and "chưa có hiệu lực" in page
    client_of(cast.pupil).post("/consent/about/photos/", {name(cast): "yes"})
    assert queries.allows(cast.pupil.person_id, "photos", today())
    assert "chưa có hiệu lực" not in mother.get("/consent/").content.decode()


def test_a_mother_says_yes_and_takes_it_back(cast: Cast) -> None:
    born(cast)
    mother, child = client_of(cast.guardian), cast.pupil.person_id
    home = mother.get("/").content.decode()
    assert "câu hỏi về dữ liệu" in home and 'href="/consent/"' in home
    page = mother.get("/consent/about/recording/").content.decode()
    assert "Câu 1 trong 4" in page and "đến hết học kì" in page and "checked" not in page.split("<main")[1]
    nothing = mother.post("/consent/about/recording/", {})
    assert nothing.headers["Location"] == "/consent/" and not ConsentAnswer.objects.exists(), "silence is no answer"
    yes = mother.post("/consent/about/recording/", {name(cast): "yes"})
    assert yes.headers["Location"] == "/consent/about/camera/", "the next question"
    assert queries.allows(child, "recording", today()) and not queries.allows(child, "camera", today())
    mother.post("/consent/about/recording/", {name(cast): "yes"})
    assert ConsentAnswer.objects.count() == 1, "the same once more is no second answer"
    mother.post("/consent/about/recording/", {name(cast): "no"})
    assert not queries.allows(child, "recording", today()), "at once"
    assert [a.agrees for a in ConsentAnswer.objects.order_by("pk")] == [True, False]
    follow = DataRequest.objects.get()
    assert (follow.kind, follow.purpose.code, follow.subject_id) == (RequestKind.WITHDRAW, "recording", child)
    mother.post("/consent/about/recording/", {name(cast): "yes"})
    mother.post("/consent/about/recording/", {name(cast): "no"})
    assert DataRequest.objects.count() == 1, "one that is open is enough"
    mother.post("/consent/about/camera/", {name(cast): "yes"})
    mother.post("/consent/about/camera/", {name(cast): "no"})
    assert DataRequest.objects.count() == 1, "nothing of a camera is left behind"
    assert mother.post("/consent/about/camera/", {name(cast): "maybe"}).status_code == 422


def test_what_is_published_needs_mother_and_pupil(cast: Cast) -> None:
    born(cast)
    mother, pupil, child = client_of(cast.guardian), client_of(cast.pupil), cast.pupil.person_id
    assert pupil.get("/consent/about/recording/").status_code == 404, "there the family suffices"
    mother.post("/consent/about/photos/", {name(cast): "yes"})
    assert not queries.allows(child, "photos", today())
    pupil.post("/consent/about/photos/", {name(cast): "yes"})
    assert queries.allows(child, "photos", today())
    pupil.post("/consent/about/photos/", {name(cast): "no"})
    assert not queries.allows(child, "photos", today())


def test_two_guardians_of_two_minds_are_a_no_that_the_school_sees(cast: Cast) -> None:
    father = account("Nguyễn Văn Hải", "hai.nv")
    Guardianship.objects.create(guardian=father.person, child=cast.pupil.person, relation="bố", during=YEAR)
    client_of(cast.guardian).post("/consent/about/recording/", {name(cast): "yes"})
    assert queries.allows(cast.pupil.person_id, "recording", today())
    client_of(father).post("/consent/about/recording/", {name(cast): "no"})
    assert not queries.allows(cast.pupil.person_id, "recording", today())
    assert (
        "hai ý: coi là không" in client_of(cast.homeroom).get(f"/consent/classes/{cast.class_8a2.pk}/").content.decode()
    )
    assert "1 nhà hai ý" in client_of(cast.head).get("/consent/classes/").content.decode()


def test_a_right_that_ended_answers_nothing_but_what_was_said_stands(cast: Cast) -> None:
    client = client_of(cast.guardian)
    client.post("/consent/about/recording/", {name(cast): "yes"})
    Guardianship.objects.update(during=DateRange(date(2020, 8, 1), today()))
    assert client.get("/consent/about/recording/").status_code == 404
    with pytest.raises(PermissionDenied):
        answer(by=actor_for(cast.guardian), child=cast.pupil.person, version=recording(), agrees=False)
    assert queries.allows(cast.pupil.person_id, "recording", today())
    father = account("Nguyễn Văn Hải", "hai.nv")
    Guardianship.objects.create(guardian=father.person, child=cast.pupil.person, relation="bố", during=YEAR)
    client_of(father).post("/consent/about/recording/", {name(cast): "no"})
    assert not queries.allows(cast.pupil.person_id, "recording", today()), "the one who has the right now decides"


def test_a_guardian_without_the_legal_right_is_not_asked(cast: Cast) -> None:
    Guardianship.objects.update(legal=False)
    client = client_of(cast.guardian)
    assert "Chỉ người đại diện theo pháp luật" in client.get("/consent/").content.decode()
    assert client.post("/consent/about/recording/", {name(cast): "yes"}).status_code == 404
    assert client.get(f"/consent/pupils/{cast.pupil.person_id}/pdf/").status_code == 404
    assert not ConsentAnswer.objects.exists() and "câu hỏi về dữ liệu" not in client.get("/").content.decode()


def test_nobody_answers_for_a_strangers_child(cast: Cast) -> None:
    client_of(cast.guardian).post("/consent/about/recording/", {f"c{cast.other_pupil.person_id}": "yes"})
    assert not ConsentAnswer.objects.exists()
    for who in (cast.guardian, cast.head, cast.homeroom, cast.classmate, cast.stranger):
        child = cast.other_pupil.person
        with pytest.raises(PermissionDenied):
            answer(by=actor_for(who), child=child, version=recording(), agrees=True)


def test_new_words_ask_again(cast: Cast) -> None:
    client_of(cast.guardian).post("/consent/about/recording/", {name(cast): "yes"})
    words = {"title": "Ghi lại tiết học", "text": "Từ nay giữ lâu hơn.", "which_data": "hình, tiếng", "kept": "một năm",
             "needs_follow_up": "on", "first": today().strftime("%d/%m/%Y")}  # fmt: skip
    head = client_of(cast.it_admin)
    assert client_of(cast.clerk).get("/consent/purposes/recording/edit/").status_code == 404
    assert head.post("/consent/purposes/recording/edit/", words | {"first": "01/01/2026"}).status_code == 422
    assert head.post("/consent/purposes/recording/edit/", words).status_code == 302
    assert not queries.allows(cast.pupil.person_id, "recording", today())
    yesterday = today() - timedelta(days=1)
    assert [v.number for v in PurposeVersion.objects.on(yesterday).filter(purpose__code="recording")] == [1]
    assert "Từ nay giữ lâu hơn." in client_of(cast.guardian).get("/consent/about/recording/").content.decode()
    added = head.post("/consent/purposes/add/", words | {"title": "Khảo sát của đại học"})
    assert added.status_code == 302 and queries.versions(today())[-1].title == "Khảo sát của đại học"
    head.post("/consent/purposes/recording/state/")
    assert "recording" not in [v.purpose.code for v in queries.versions(today())]


def test_answers_are_never_changed_or_deleted(cast: Cast) -> None:
    client_of(cast.guardian).post("/consent/about/recording/", {name(cast): "yes"})
    for change in ("UPDATE consent_consentanswer SET agrees = false", "DELETE FROM consent_consentanswer"):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert ConsentAnswer.objects.get().agrees


@pytest.mark.parametrize("years", [None, 5, 12, 17])
def test_the_count_on_the_home_page_is_that_of_the_page(cast: Cast, years: int | None) -> None:
    if years is not None:
        born(cast, years)
    for who in (cast.guardian, cast.pupil, cast.classmate, cast.head, cast.stranger):
        actor = actor_for(who)
        assert asked.count_open(actor) == sum(a.given is None for a in asked.asks(actor))
    client_of(cast.guardian).post("/consent/about/recording/", {name(cast): "yes"})
    client_of(cast.pupil).post("/consent/about/photos/", {name(cast): "no"})
    for who in (cast.guardian, cast.pupil):
        actor = actor_for(who)
        assert asked.count_open(actor) == sum(a.given is None for a in asked.asks(actor))


def test_three_children_stand_on_one_screen_at_no_further_cost(cast: Cast) -> None:
    client = client_of(cast.guardian)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/consent/about/recording/").status_code == 200
        return len(seen)

    count()
    few = count()
    for n in range(3):
        child = account(f"Nguyễn Khánh Bình {n}", f"binh{n}")
        assign(child, Role.PUPIL, cast.class_7a1)
        Guardianship.objects.create(guardian=cast.guardian.person, child=child.person, relation="mẹ", during=YEAR)
    assert client.get("/consent/about/recording/").content.decode().count('type="radio"') == 8
    assert count() == few


def test_a_family_asks_about_data(cast: Cast) -> None:
    mother = client_of(cast.guardian)
    form = {"subject": cast.pupil.person_id, "kind": "correct", "text": "Sửa ngày sinh thành 12/05/2014"}
    assert mother.post("/consent/request/", form | {"subject": cast.classmate.person_id}).status_code == 422
    assert mother.post("/consent/request/", form).status_code == 302
    assert "sửa dữ liệu" in mother.get("/consent/").content.decode()
    assert (
        "Sửa ngày sinh"
        in client_of(cast.clerk).get(f"/consent/requests/{DataRequest.objects.get().pk}/").content.decode()
    )
