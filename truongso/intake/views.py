from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso import audit
from truongso.intake import access, queries, rules, wrong_rows
from truongso.intake.actions import correct as corrections
from truongso.intake.actions import files
from truongso.intake.actions.runs import opened_json
from truongso.intake.actions.undo import undo as take_back
from truongso.intake.export import LAYOUTS, export
from truongso.intake.forms import FileForm
from truongso.intake.headers import vocabulary
from truongso.intake.known import labels
from truongso.intake.models import ImportRun
from truongso.intake.source import unpack
from truongso.jobs.models import Job
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.roster import rules as roster_rules
from truongso.ui.downloads import XLSX, download, excel


@allow(*rules.READERS)
def imports(request: Request) -> HttpResponse:
    """Send a file; the files that were sent before; the lists to take out."""
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    may = rules.may_import(request.actor)
    if posted and may and form.is_valid():
        sent = form.cleaned_data["file"]
        run = files.take_file(by=request.actor, name=sent.name, content=sent.read(), year=form.cleaned_data["year"])
        return redirect("import", run.pk)
    page = {
        "form": form,
        "may": may,
        "runs": list(ImportRun.objects.select_related("by")[:50]),
        "layouts": queries.provider_names(),
    }
    return render(request, "intake/imports.html", page, status=422 if form.errors else 200)


@allow(*rules.READERS)
@never_cache
def preview(request: Request, pk: int) -> HttpResponse:
    """What the file would do, by kind and status; wrong cells are mended right there."""
    run = access.run_for(request.actor, pk)
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    request.streams = [job.stream] if job and not job.is_over else []
    return render(request, "intake/preview.html", {"run": run, "job": job, **_tab(request, run)})


def _tab(request: Request, run: ImportRun) -> dict[str, Any]:
    counts = queries.tabs(run)
    kinds = [k for k in queries.kind_names() if any(kind == k for kind, _s in counts)]
    kind = request.GET.get("kind", "")
    kind = (
        kind
        if kind in kinds
        else next((k for s in ("wrong", "asked") for k in kinds if counts.get((k, s))), kinds[0] if kinds else "")
    )
    status = request.GET.get("status", "")
    if not counts.get((kind, status)):
        status = next((s for s in queries.STATUSES if counts.get((kind, s))), "")
    start = int(text) if (text := request.GET.get("from", "")).isascii() and text.isdigit() and len(text) < 7 else 0
    found = queries.lines(run, kind, status, start)
    here = f"?{urlencode({'kind': kind, 'status': status})}"
    return {
        "kind": kind, "status": status, "counts": counts, "lines": found[: queries.PAGE], "many_sheets": queries.sheets(run) > 1, "may": rules.may_import(request.actor),
        "kind_tabs": [(f"{n} ({sum(c for (k2, _s), c in counts.items() if k2 == k)})", f"?kind={k}", k == kind) for k, n in queries.kind_names().items() if k in kinds],
        "status_tabs": [(f"{n} ({counts[kind, s]})", f"?kind={kind}&status={s}", s == status) for s, n in queries.status_names().items() if counts.get((kind, s))],
        "older": f"{here}&from={start + queries.PAGE}" if len(found) > queries.PAGE else None,
        "newer": f"{here}&from={max(0, start - queries.PAGE)}" if start else None,
        "here": f"{here}&from={start}" if start else here, "provider": queries.provider_names().get(run.provider, ""),
        "todo": sum(n for (_k, s), n in counts.items() if s in {"new", "changed"}), "bad": sum(n for (_k, s), n in counts.items() if s in {"wrong", "asked"}),
    }  # fmt: skip


def _back(run: ImportRun, request: Request) -> HttpResponse:
    where = request.POST.get("back", "")
    return redirect(reverse("import", args=[run.pk]) + (where if where.startswith("?") else ""))


@allow(*rules.READERS)
@require_POST
def mend(request: Request, pk: int) -> HttpResponse:
    """Another text for the wrong cells of a row; or an answer to its question."""
    run = access.run_for(request.actor, pk, need="write")
    try:
        for name, text in request.POST.items():
            if name.startswith("cell:"):
                sheet, _sign, cell = name.removeprefix("cell:").rpartition("!")
                corrections.correct(by=request.actor, run=run, sheet=sheet, cell=cell, text=str(text))
        if request.POST.get("choice"):
            corrections.answer(
                by=request.actor, run=run, key=request.POST.get("key", ""), choice=request.POST["choice"]
            )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(run, request)


@allow(*rules.READERS)
@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    run = access.run_for(request.actor, pk, need="write")
    try:
        files.order_commit(by=request.actor, run=run)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import", pk)


@allow(*rules.READERS)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    run = access.run_for(request.actor, pk, need="write")
    try:
        take_back(by=request.actor, run=run)
    except ValidationError as error:
        messages.error(request, _("Chưa hoàn tác được. ") + " ".join(error.messages))
    else:
        messages.success(request, _("Đã hoàn tác: dữ liệu trở lại như trước lần nhập này."))
    return redirect("import", pk)


@allow(*rules.READERS)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    run = access.run_for(request.actor, pk, need="write")
    try:
        files.drop(by=request.actor, run=run)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("import", pk)
    messages.success(request, _("Đã bỏ tệp này. Chưa có gì được ghi."))
    return redirect("imports")


@allow(*rules.READERS)
@never_cache
def wrong(request: Request, pk: int) -> HttpResponse:
    """The wrong rows as a file in the same layout."""
    run = access.run_for(request.actor, pk)
    found = wrong_rows.tables(run)
    if not found:
        messages.info(request, _("Không có dòng nào sai."))
        return redirect("import", pk)
    return excel(f"{_('Dòng sai')} {run.name.rsplit('.', 1)[0]}", *found)


@allow(*rules.READERS)
@never_cache
def columns(request: Request, pk: int, number: int) -> HttpResponse:
    """What each column of a table means; remembered for the next file with the same headers."""
    run = access.run_for(request.actor, pk, need="write")
    source = unpack(opened_json(run.source_sealed)) if run.source_sealed else None
    if source is None or number >= len(source.tables):
        raise Http404
    _kind, table = source.tables[number]
    if request.method == "POST":
        chosen = {c.letter: request.POST.get(f"column:{c.letter}", "") for c in table.columns if c.header}
        try:
            corrections.map_columns(by=request.actor, run=run, number=number, columns=chosen)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("import_columns", pk, number)
        messages.success(request, _("Đã đọc lại theo các cột này. Lần sau tệp có cùng tiêu đề sẽ đọc như vậy."))
        return redirect("import", pk)
    page = {"run": run, "table": table, "number": number, "count": len(source.tables), "choices": _meanings()}
    return render(request, "intake/columns.html", page)


def _meanings() -> list[tuple[str, str]]:
    """Every field a column can be, with its Vietnamese name."""
    names, words = labels(), vocabulary()
    sides = {"father": _("Bố"), "mother": _("Mẹ"), "guardian": _("Người giám hộ"), "parent": _("Phụ huynh")}
    own = dict.fromkeys([*("full_name", "last_name", "given_name"), *words.fields.values()])
    found = [
        (
            f,
            names.get(f) or str(next(w for w, n in words.fields.items() if n == f)).capitalize()
            if f != "full_name"
            else names[f],
        )
        for f in own
        if f not in {"ignored", "ordinal"}
    ]
    return found + [
        (f"{o}.{a}", f"{said}: {names.get('full_name' if a == 'name' else a, a)}")
        for o, said in sides.items()
        for a in dict.fromkeys(words.of.values())
    ]


@allow(*rules.READERS)
@never_cache
def take_out(request: Request, layout: str) -> HttpResponse:
    """The school's lists in one of the layouts; ethnicity only for those who may read it. Logged."""
    if layout not in {*LAYOUTS, "staff"}:
        raise Http404
    sensitive = bool(roster_rules.may_read_sensitive(request.actor, own=False))
    content, count = export(
        layout=layout, class_name=request.GET.get("class") or None, staff=layout == "staff", sensitive=sensitive
    )
    audit.record(request.actor, "intake.export", detail={"layout": layout, "count": count, "sensitive": sensitive})
    name = _("Cán bộ, giáo viên") if layout == "staff" else f"{_('Học sinh')} {queries.provider_names()[layout]}"
    return download(content, name=f"{name}.xlsx", content_type=XLSX)
