"""The doors to files: a file's purpose decides who reads it; an upload is its owner's."""

from __future__ import annotations

from django.http import Http404

from truongso.documents.models import StoredFile, Upload
from truongso.documents.purposes import PURPOSES
from truongso.people.actor import Actor


def file_for(actor: Actor, public_id: str) -> StoredFile:
    """To read it."""
    found = StoredFile.objects.filter(public_id=public_id, deleted_at=None).first()
    purpose = PURPOSES.get(found.purpose) if found else None
    if found is None or purpose is None or not purpose.can_read(actor, found):
        raise Http404
    return found


def own_file(actor: Actor, public_id: str, *, deleted: bool = False) -> StoredFile:
    """To delete it, or to bring it back."""
    found = StoredFile.objects.filter(
        public_id=public_id, owner_id=actor.person_id, deleted_at__isnull=not deleted
    ).first()
    if found is None:
        raise Http404
    return found


def upload_for(actor: Actor, public_id: str) -> Upload:
    found = Upload.objects.filter(public_id=public_id, owner_id=actor.person_id).first()
    if found is None:
        raise Http404
    return found
