from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.people.models import Account, LoginSession
from truongso.people.sessions import SessionStore


def _end(rows: QuerySet[LoginSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    realtime.publish_many([realtime.session_stream(key) for key in keys], "session-ended")
    LoginSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_sessions_of(account: Account, *, but: str = "") -> int:
    """Sign the account out everywhere, except from the session `but`; open pages of those sessions learn it."""
    return _end(LoginSession.objects.filter(account=account).exclude(session_key=but))


@transaction.atomic
def end_session(*, by: Actor, account: Account, mark: str) -> bool:
    """End one of one's own sessions, named by its mark (queries.SessionRow)."""
    from truongso.people.queries import session_mark

    for row in LoginSession.objects.filter(account=account):
        if session_mark(row.session_key) == mark:
            _end(LoginSession.objects.filter(pk=row.pk))
            audit.record(by, "people.end_session", for_person=account.person_id)
            return True
    return False


@transaction.atomic
def end_other_sessions(*, by: Actor, account: Account, but: str) -> int:
    ended = end_sessions_of(account, but=but)
    audit.record(by, "people.end_sessions", for_person=account.person_id, detail={"ended": ended})
    return ended


def touch(session_key: str, now: datetime) -> None:
    LoginSession.objects.filter(session_key=session_key).update(last_seen_at=now)


def describe(session: SessionStore, *, address: str, agent: str) -> None:
    """Remember from where a session came, for its owner's list."""
    session.save()
    row = session.row
    if row is not None:
        row.address, row.agent = address or None, agent[:200]
        LoginSession.objects.filter(session_key=row.session_key).update(address=row.address, agent=row.agent)
