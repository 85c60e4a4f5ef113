"""What is shipped: whole example programmes in our own words, one TOML file a subject and grade ("toan-6.toml")."""
