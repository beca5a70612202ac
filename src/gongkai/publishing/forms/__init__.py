"""The forms of the publishing desk."""
