"""The trail: who did what, when, to which record and why. Append-only and chained."""
