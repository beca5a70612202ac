"""Every write of the publishing desk."""
