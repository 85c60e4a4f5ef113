from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.school import actions, queries
from truongso.school.access import READERS
from truongso.school.forms.subjects import PartForm, PeriodsGrid, SubjectForm
from truongso.school.models import Subject
from truongso.school.queries.periods import grades_of, periods_sheet
from truongso.school.views.calendar import chosen_year
from truongso.school.views.rows import Editing, Listing, back, edit, saved, show

SUBJECTS = Listing(
    "subject", "subjects", SubjectForm, find=lambda scope, pk: Subject.objects.filter(pk=pk).first(),
    initial=lambda row: {
        "name": row.name, "short_name": row.short_name, "kind": row.kind, "optional": row.optional, "active": row.active,
        "aliases": ", ".join(row.aliases),
    },
    keep=lambda by, scope, row, data: actions.save_subject(by=by, subject=row, **data),
    remove=lambda by, row: actions.remove_subject(by=by, subject=row),
)  # fmt: skip
PARTS = Listing(
    "part", "subjects", PartForm, find=lambda scope, pk: scope.parts.filter(pk=pk).first(),
    initial=lambda row: {"name": row.name, "short_name": row.short_name, "aliases": ", ".join(row.aliases)},
    keep=lambda by, scope, row, data: actions.save_part(by=by, subject=scope, part=row, **data),
    remove=lambda by, row: actions.remove_part(by=by, part=row),
    rescope=lambda pk: Subject.objects.filter(pk=pk).first(),
)  # fmt: skip


@allow(*READERS)
def subjects(request: Request) -> HttpResponse:
    """The subjects and activities, with what files call them."""
    if request.POST.get("do") == "seed":
        new = actions.seed_subjects(by=request.actor)
        messages.success(request, _("Đã thêm %(n)d môn của chương trình.") % {"n": new})
        return redirect(back(request))
    editing = edit(request, SUBJECTS)
    if isinstance(editing, HttpResponse):
        return editing
    return show(request, "school/subjects.html", editing, "subjects", subjects=list(queries.subjects(all=True)))


@allow(*READERS)
def parts(request: Request, pk: int) -> HttpResponse:
    """The strands of a subject that several teachers share."""
    subject = queries.subjects(all=True).filter(pk=pk).first()
    if subject is None:
        raise Http404
    editing = edit(request, PARTS, scope=subject)
    if isinstance(editing, HttpResponse):
        return editing
    page = {"subject": subject, "parts": list(subject.parts.all())}
    return show(request, "school/parts.html", editing, "subjects", **page)


COLUMNS = {"": "periods", "1": "weekly_term_1", "2": "weekly_term_2"}


@allow(*READERS)
def periods(request: Request) -> HttpResponse:
    """How many periods a year each subject has in each grade; or (?term=1, 2) a week of a term. One save."""
    year, term = chosen_year(request), request.GET.get("term", "")
    if year is None:
        return show(request, "school/no_year.html", Editing(), "subjects", proposed="")
    column = COLUMNS.get(term, "periods")
    rows = queries.periods_of(year)
    grid = PeriodsGrid(
        list(queries.subjects()), grades_of(queries.profile().level), {k: getattr(r, column) for k, r in rows.items()}
    )
    if request.method == "POST" and grid.read(request.POST):
        if column == "periods":
            # A figure that stays keeps its spread; a new one is spread anew.
            table = {
                k: (n, None, None) if k not in rows or rows[k].periods != n
                else (n, rows[k].weekly_term_1, rows[k].weekly_term_2)
                for k, n in grid.values.items()
            }  # fmt: skip
        else:
            table = {
                k: (rows[k].periods, n, rows[k].weekly_term_2) if term == "1" else (rows[k].periods, rows[k].weekly_term_1, n)
                for k, n in grid.values.items() if k in rows
            }  # fmt: skip
        changed = actions.save_periods(by=request.actor, year=year, table=table)
        messages.success(request, _("Đã lưu %(n)d thay đổi.") % {"n": changed})
        return saved(request)
    page = {"year": year, "grid": grid, "sheet": periods_sheet(year, grid.subjects, grid.grades, rows), "term": term}
    return show(request, "school/periods.html", Editing(status=422 if grid.wrong else 200), "subjects", **page)
