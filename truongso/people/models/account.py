from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .person import Person


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.select_related("person").get(login=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """How a person signs in. Issued by the school, never registered by oneself; the login is short and says no code."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    login = models.CharField(max_length=40, unique=True)
    # allauth keys its flows on an address; ours is only for notices and may be empty.
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    first_signed_in_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = AccountManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(login__regex=r"^[a-z0-9][a-z0-9._-]*$"), name="account_login_shape"
            ),
        )

    def __str__(self) -> str:
        return self.login
