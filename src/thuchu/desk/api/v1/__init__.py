"""Version 1 of the API; fields are added, never renamed or removed."""
