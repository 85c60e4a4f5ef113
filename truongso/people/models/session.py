from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from .account import Account


class LoginSessionManager(BaseSessionManager["LoginSession"]):
    pass


class LoginSession(AbstractBaseSession):
    """A browser that is, or was, signed in: listed to its owner and ended by deleting the row."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="login_sessions")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LoginSessionManager] = LoginSessionManager()

    @classmethod
    def get_session_store_class(cls) -> type:
        from truongso.people.sessions import SessionStore

        return SessionStore
