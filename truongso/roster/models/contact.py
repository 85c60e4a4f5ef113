from __future__ import annotations

from django.db import models

from truongso.people.models import Person


class Contact(models.Model):
    """How to reach a person, and the little that lists of families ask for. For staff, pupils and guardians alike."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    phone = models.CharField(max_length=20, blank=True)
    other_phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    occupation = models.CharField(max_length=80, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)  # where the day is not known
