"""Sign-in slips for many: ordered, made by a job, fetched once or twice by whoever ordered them, wiped."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, jobs
from truongso.people import rules, sealed
from truongso.people.actions.accounts import FirstPassword, Slip, issue_slip, prepare_first_password
from truongso.people.actor import Actor
from truongso.people.models import Account
from truongso.people.roles import Role
from truongso.roster import account_queries
from truongso.roster.account_queries import AccountRow, Kind, Scope
from truongso.roster.actions.accounts import class_of, issue_accounts
from truongso.roster.models import SlipBatch
from truongso.roster.slips import slips_pdf
from truongso.school.queries import profile

KEEP_HOURS = 24
Progress = Callable[[int, int, str], None]


@transaction.atomic
def order_slips(*, by: Actor, rows: Sequence[AccountRow], everybody: bool, name: str, address: str) -> SlipBatch:
    """Have slips printed for these people, in this order: a job makes the file, and only its owner fetches it."""
    from truongso.roster.tasks import print_slips

    allowed = account_queries.printable(by, rows)
    batch = SlipBatch.objects.create(
        owner_id=by.person_id, name=name[:80], address=address, everybody=everybody,
        persons=[r.person_id for r in allowed if everybody or r.first_in is None],
        expires_at=timezone.now() + timedelta(hours=KEEP_HOURS),
    )  # fmt: skip
    label = _("In phiếu đăng nhập: %(name)s") % {"name": name}
    batch.job = jobs.enqueue(print_slips, owner=by.person_id, label=label[:200], batch_id=batch.pk)
    batch.save(update_fields=["job"])
    audit.record(by, "roster.order_slips", obj=batch, detail={"count": len(batch.persons), "everybody": everybody})
    return batch


def make_slips(
    *, by: Actor, batch: SlipBatch, progress: Progress, finishing: Callable[[], AbstractContextManager[None]]
) -> None:
    """Hash and set the pages first, then change everything and keep the file in one transaction.

    Whoever dies before that has changed no password; after it, another try finds the work done. Somebody who comes in
    for the first time while the pages are being made keeps the password, and loses the slip.
    """
    rows = account_queries.rows(by.on, Scope(), _within(by))
    allowed = {r.person_id: r for r in account_queries.printable(by, rows)}
    wanted = [allowed[pk] for pk in batch.persons if pk in allowed]
    issue_accounts(by=by, rows=wanted)
    ready: dict[int, FirstPassword] = {}
    for number, row in enumerate(wanted):
        progress(number, len(wanted) + 1, _("Đang làm phiếu"))
        ready[row.person_id] = prepare_first_password()
    done = False
    while not done:
        accounts = _accounts(batch, wanted)
        work = [
            (_slip(account, ready[r.person_id], r), account, ready[r.person_id])
            for r in wanted
            if (account := accounts.get(r.person_id))
        ]
        slips = [slip for slip, _account, _new in work]
        pdf = slips_pdf(slips, school=profile().name or "Trường Số", address=batch.address) if slips else b""
        progress(len(wanted), len(wanted) + 1, _("Đang xếp trang"))
        try:
            with finishing():
                if _accounts(batch, wanted, lock=True).keys() != accounts.keys():
                    raise _SomebodyCameIn
                _apply(by, batch, work, pdf)
            done = True
        except _SomebodyCameIn:
            continue


class _SomebodyCameIn(Exception):
    pass


def _within(by: Actor) -> frozenset[int] | None:
    return None if by.has(Role.IT_ADMIN) else by.units(Role.HOMEROOM)


def _accounts(batch: SlipBatch, wanted: Sequence[AccountRow], *, lock: bool = False) -> dict[int, Account]:
    """The accounts to be renewed, by person; locked in one order, so that two batches cannot wait for each other."""
    found = Account.objects.filter(person_id__in=[r.person_id for r in wanted], is_active=True).order_by("pk")
    if lock:
        found = found.select_for_update(no_key=True, of=("self",))
    return {a.person_id: a for a in found.select_related("person") if batch.everybody or a.first_signed_in_at is None}


def _slip(account: Account, new: FirstPassword, row: AccountRow) -> Slip:
    expires = timezone.now() + timedelta(days=rules.SLIP_DAYS)
    about = _("phụ huynh lớp %(name)s") % {"name": row.class_name} if row.kind is Kind.GUARDIAN else ""
    return Slip(
        account.person_id,
        account.person.full_name,
        class_of(row),
        account.login,
        new.clear,
        f"/s/{new.token}",
        expires,
        about,
    )


def _apply(by: Actor, batch: SlipBatch, work: Sequence[tuple[Slip, Account, FirstPassword]], pdf: bytes) -> None:
    for _printed, account, new in work:
        issue_slip(by=by, account=account, prepared=new)
    batch.pdf_sealed = sealed.seal(base64.b64encode(pdf).decode(), use="slips") if pdf else None
    batch.count = len(work)
    batch.expires_at = timezone.now() + timedelta(hours=KEEP_HOURS)
    batch.save(update_fields=["pdf_sealed", "count", "expires_at"])
    audit.record(by, "roster.print_slips", obj=batch, detail={"count": len(work)})


@transaction.atomic
def fetch_slips(*, by: Actor, batch: SlipBatch) -> bytes:
    """The file, for its owner (access.batch_for); each fetching is logged."""
    audit.record(by, "roster.fetch_slips", obj=batch)
    return base64.b64decode(sealed.unseal(batch.pdf_sealed, use="slips"))  # type: ignore[arg-type]


@transaction.atomic
def wipe_slips(*, by: Actor, batch: SlipBatch) -> None:
    """Printed: the file with the passwords goes, the slips on paper stay good."""
    SlipBatch.objects.filter(pk=batch.pk).update(pdf_sealed=None, expires_at=timezone.now())
    audit.record(by, "roster.wipe_slips", obj=batch)


def wipe_old_slips() -> int:
    """Files that lay longer than a day."""
    return SlipBatch.objects.filter(expires_at__lt=timezone.now()).exclude(pdf_sealed=None).update(pdf_sealed=None)
