"""Notices: who is told, who has read, who confirms."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings
from django.utils import timezone

from tests.cast import Cast, client_of, person
from truongso.jobs.models import Job
from truongso.jobs.tasks import TryAgain, run_job
from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.lib.mail import mail_settings
from truongso.notify import queries
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.notify.models import MailState, Notice, OutboxMail, Receipt
from truongso.people.actor import actor_for
from truongso.people.models import Account, Guardianship, Person
from truongso.people.roles import Role


def told(notice: Notice) -> set[int]:
    return set(Receipt.objects.filter(notice=notice).values_list("person_id", flat=True))


def send(cast: Cast, to: Audience, **words: object) -> Notice:
    return send_notice(by=actor_for(cast.head), title="Nghỉ học chiều nay", to=to, **words)  # type: ignore[arg-type]


def test_audiences(cast: Cast) -> None:
    ids = lambda *names: {getattr(cast, n).person_id for n in names}  # noqa: E731
    assert told(send(cast, Audience(pupils_of=frozenset({cast.class_8a2.pk})))) == ids("pupil", "classmate")
    assert told(send(cast, Audience(guardians_of=frozenset({cast.class_8a2.pk})))) == ids("guardian")
    assert told(send(cast, Audience(roles=frozenset({Role.GUARDIAN, Role.CLERK})))) == ids("guardian", "clerk")
    assert told(send(cast, Audience.only(cast.stranger.person_id))) == ids("stranger")


def test_two_thousand_are_told_in_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    made = Person.objects.bulk_create(
        [Person(full_name=f"P {n}", sort_key=str(n), search_text="p") for n in range(2000)]
    )
    Guardianship.objects.bulk_create(
        [Guardianship(guardian=p, child=cast.pupil.person, relation="bố", during=DateRange(None, None)) for p in made]
    )
    with django_assert_max_num_queries(12):
        notice = send(cast, Audience(roles=frozenset({Role.GUARDIAN})))
    assert queries.reach(notice).people == 2001


def test_must_read_stands_first_until_confirmed(cast: Cast) -> None:
    notice = send(
        cast, Audience.only(cast.pupil.person_id), must_read=True, deadline=timezone.now() + timedelta(days=1)
    )
    receipt = Receipt.objects.get(notice=notice)
    client = client_of(cast.pupil)
    page = client.get("/").content.decode()
    assert page.index("Nghỉ học chiều nay") < page.index("Chưa có tiết nào")
    assert "Thông báo, 1 tin mới" in page
    for _ in range(2):  # twice does no harm
        assert client.post(f"/notices/{receipt.pk}/confirm/").status_code == 302
    receipt.refresh_from_db()
    assert receipt.confirmed_at and receipt.read_at
    page = client.get("/").content.decode()
    assert "Tôi đã đọc" not in page and 'class="count"' not in page


def test_nobody_confirms_for_another(cast: Cast) -> None:
    receipt = Receipt.objects.get(notice=send(cast, Audience.only(cast.pupil.person_id), must_read=True))
    for who in (cast.classmate, cast.guardian, cast.head):
        assert client_of(who).post(f"/notices/{receipt.pk}/confirm/").status_code == 404


def test_the_sender_sees_whom_it_has_not_reached(cast: Cast) -> None:
    notice = send(cast, Audience(pupils_of=frozenset({cast.class_8a2.pk})), must_read=True)
    client_of(cast.pupil).post(f"/notices/{Receipt.objects.get(notice=notice, person=cast.pupil.person).pk}/confirm/")
    page = client_of(cast.head).get(f"/notices/sent/{notice.pk}/").content.decode()
    assert "Lê Gia Bảo" in page and "Nguyễn Khánh An" not in page and "1 người đã xác nhận" in page
    assert client_of(cast.deputy).get(f"/notices/sent/{notice.pk}/").status_code == 404


def test_a_withdrawn_notice_says_why_and_waits_no_more(cast: Cast) -> None:
    notice = send(cast, Audience.only(cast.pupil.person_id), must_read=True)
    client = client_of(cast.head)
    assert client.post(f"/notices/sent/{notice.pk}/withdraw/", {"why": ""}).status_code == 422
    assert client.post(f"/notices/sent/{notice.pk}/withdraw/", {"why": "ghi nhầm ngày"}).status_code == 302
    pupil = client_of(cast.pupil)
    assert "Tôi đã đọc" not in pupil.get("/").content.decode()
    receipt = Receipt.objects.get(notice=notice)
    assert "ghi nhầm ngày" in pupil.get(f"/notices/{receipt.pk}/").content.decode()


def form(**changes: object) -> dict[str, object]:
    return {"title": "Họp phụ huynh", "body": "Chiều <b>thứ Sáu</b>", "to": ["staff"], "deadline": ""} | changes


def test_a_wrong_form_keeps_what_was_typed(cast: Cast) -> None:
    answer = client_of(cast.deputy).post("/notices/new/", form(to=[], deadline="31/2"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Họp phụ huynh" in page and "Tháng 2 không có ngày 31" in page and "Xin điền ô này" in page
    late = client_of(cast.deputy).post("/notices/new/", form(must_read="on", deadline="1/1/2020"))
    assert "Ngày này đã qua" in late.content.decode()


def test_markup_is_shown_as_typed(cast: Cast) -> None:
    client_of(cast.deputy).post("/notices/new/", form())
    receipt = Receipt.objects.get(person=cast.teacher.person)
    assert "&lt;b&gt;thứ Sáu&lt;/b&gt;" in client_of(cast.teacher).get(f"/notices/{receipt.pk}/").content.decode()


def test_a_homeroom_teacher_tells_the_own_class_only(cast: Cast) -> None:
    client = client_of(cast.homeroom)
    page = client.get("/notices/new/").content.decode()
    assert "Gia đình lớp 8A2" in page and "7A1" not in page and "cả trường" not in page
    assert client.post("/notices/new/", form(to=[f"g{cast.class_7a1.pk}"])).status_code == 422
    assert client.post("/notices/new/", form(to=[f"g{cast.class_8a2.pk}"])).status_code == 302
    assert Receipt.objects.filter(person=cast.guardian.person).count() == 1
    assert client_of(cast.teacher).get("/notices/new/").status_code == 404


def test_the_list_costs_the_same_for_many(cast: Cast, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cast.pupil)
    counts = []
    for _ in range(2):
        for _ in range(20):
            send(cast, Audience.only(cast.pupil.person_id))
        client.get("/notices/")
        with CaptureQueriesContext(connection) as queries_made:
            page = client.get("/notices/").content.decode()
        counts.append(len(queries_made))
    assert counts[0] == counts[1] <= 5
    assert "Cũ hơn" in page


# -- letters --------------------------------------------------------------------------------------------------------


def letter(cast: Cast) -> Job:
    Account.objects.filter(pk=cast.guardian.pk).update(email="lan@example.org")
    send(cast, Audience.only(cast.guardian.person_id), body="Trường nghỉ chiều nay.")
    return Job.objects.get(task="notify.send_mail")


def test_letters_go_to_files_by_default(cast: Cast, tmp_path: Path) -> None:
    job = letter(cast)
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH=str(tmp_path)
    ):
        run_job.func(job.pk)
    assert "lan@example.org" in next(tmp_path.iterdir()).read_text()
    assert OutboxMail.objects.get().state == MailState.SENT


def test_no_letter_to_those_who_said_no(cast: Cast) -> None:
    Account.objects.filter(pk=cast.guardian.pk).update(email="lan@example.org")
    client_of(cast.guardian).post("/settings/notices/", {})
    send(cast, Audience.only(cast.guardian.person_id))
    assert not OutboxMail.objects.exists()


def test_a_letter_that_fails_is_tried_again_and_seen(cast: Cast) -> None:
    job = letter(cast)
    with (
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
        ),
        pytest.raises(TryAgain),
    ):
        run_job.func(job.pk)
    assert OutboxMail.objects.get().state == MailState.FAILED
    assert "lan@example.org" in client_of(cast.it_admin).get("/system/outbox/").content.decode()


class Smtp:
    """A real SMTP server, just large enough."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.loop = asyncio.new_event_loop()
        self.port = 0
        self.ready = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        self.ready.wait(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                writer.write(b"354 go\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            await writer.drain()
            if word == b"QUIT":
                return writer.close()
        return None


def test_letters_leave_by_smtp(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    job, server = letter(cast), Smtp()
    monkeypatch.setenv("TRUONGSO_EMAIL_URL", f"smtp://127.0.0.1:{server.port}?from=truong@example.org")
    with override_settings(**mail_settings(DataDir(Path("/nowhere")))):
        run_job.func(job.pk)
    assert "To: lan@example.org" in server.letters[0] and "From: truong@example.org" in server.letters[0]


@pytest.mark.parametrize("value", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://h?what=1"])
def test_a_wrong_mail_address_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUONGSO_EMAIL_URL", value)
    with pytest.raises(env.EnvError, match="TRUONGSO_EMAIL_URL"):
        mail_settings(DataDir(Path("/nowhere")))


def test_unknown_person_has_no_notices(db: None) -> None:
    assert queries.unread(person("Không Ai").pk) == 0
