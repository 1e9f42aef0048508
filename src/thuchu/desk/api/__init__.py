"""The API: JSON in, JSON out, the same words as the pages; no rule lives here."""
