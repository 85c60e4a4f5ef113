"""The request as our views see it: signed in, with its Actor."""

from django.http import HttpRequest

from truongso.people.actor import Actor
from truongso.people.models import Account
from truongso.people.sessions import SessionStore


class Request(HttpRequest):
    actor: Actor
    user: Account
    session: SessionStore
    streams: list[str]  # what this page listens to besides its person's own stream; set by the view
