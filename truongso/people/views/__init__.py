"""The web edge of people, a file per subject."""
