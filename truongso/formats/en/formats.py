"""English pages keep the school's way of writing dates and numbers."""

from truongso.formats.vi.formats import *  # noqa: F403
