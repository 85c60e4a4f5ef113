"""Annex I of CV 5512 (and what people paste of it) read into a draft of a programme: pure, no tables, no request."""
