from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.curriculum.actions.drafts import Applied, apply_draft
from truongso.curriculum.examples import example
from truongso.curriculum.models import Lesson, Programme


@transaction.atomic
def load_example(*, by: audit.Who | None, programme: Programme) -> Applied:
    """Fill an empty programme with the shipped example, to be made one's own. Raises ValidationError when it holds
    lessons already (archived ones too: they come back from where they lie), or when none is shipped."""
    programme = Programme.objects.select_for_update(no_key=True).select_related("subject").get(pk=programme.pk)
    if Lesson.objects.filter(topic__programme=programme).exists():
        raise ValidationError(_("Chương trình này đã có bài học. Bài mẫu chỉ dùng để bắt đầu một chương trình trống."))
    draft = example(programme.subject.code, programme.grade)
    if draft is None:
        raise ValidationError(_("Chưa có bài mẫu cho môn và khối này. Xin dán bảng hoặc nhập tệp của tổ."))
    return apply_draft(by=by, programme=programme, draft=draft)
