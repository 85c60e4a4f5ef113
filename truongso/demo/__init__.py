"""The demo school: fictional, the same every time. Each part of the product adds its own module of it."""

from truongso.demo.build import code_now, demo, load, sign_ins

__all__ = ["code_now", "demo", "load", "sign_ins"]
