"""Requests about data, with what is due when by the law of their day and the school's holidays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from truongso.consent import rules
from truongso.consent.models import DataRequest, Deadline, RequestStep, StepKind
from truongso.school.models import Holiday

CLOSING = (StepKind.DONE, StepKind.REFUSED)


def free_days() -> Callable[[date], bool]:
    """Is a day no working day: Saturday, Sunday, or a public holiday or Tết of the school's calendar? One query."""
    spans = list(Holiday.objects.exclude(kind="school").values_list("during", flat=True))
    return lambda day: day.isoweekday() > 5 or any(day in span for span in spans)


@dataclass(frozen=True, slots=True)
class Row:
    request: DataRequest
    steps: tuple[RequestStep, ...]
    due: rules.Due | None  # None: the law of that day is not entered
    article: str

    def has(self, kind: StepKind) -> bool:
        return any(s.kind == kind for s in self.steps)

    @property
    def closed(self) -> bool:
        return any(s.kind in CLOSING for s in self.steps)

    @property
    def state(self) -> str:
        return self.steps[-1].get_kind_display() if self.steps else ""

    @property
    def next_due(self) -> date | None:
        """The next day that counts: to acknowledge, then to answer; none when closed."""
        if self.closed or self.due is None:
            return None
        return self.due.answer if self.has(StepKind.ACKNOWLEDGED) else self.due.acknowledge


def rows(found: QuerySet[DataRequest]) -> list[Row]:
    """Four queries, whatever their number; one when there is none."""
    listed = list(found.select_related("subject", "asked_by", "purpose").prefetch_related("steps__by"))
    if not listed:
        return []
    is_free = free_days()
    terms = list(Deadline.objects.all())
    return [_row(r, terms, is_free) for r in listed]


def _row(request: DataRequest, terms: list[Deadline], is_free: Callable[[date], bool]) -> Row:
    steps = tuple(request.steps.all())
    term = next((t for t in terms if t.kind == request.kind and request.received_on in t.during), None)
    if term is None:
        return Row(request, steps, None, "")
    due = rules.due(
        request.received_on,
        rules.Terms(term.acknowledge, term.answer, term.answer_third, term.extension),
        third_party=request.third_party,
        extended=any(s.kind == StepKind.EXTENDED for s in steps),
        is_free=is_free,
    )
    return Row(request, steps, due, term.article)


def open_requests() -> QuerySet[DataRequest]:
    return DataRequest.objects.exclude(steps__kind__in=CLOSING)


def closed_requests() -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(steps__kind__in=CLOSING).order_by("-received_on", "-pk").distinct()


def of_person(person_id: int) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(Q(asked_by_id=person_id) | Q(subject_id=person_id)).order_by("-pk")
