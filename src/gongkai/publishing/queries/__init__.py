"""Every read of the publishing desk."""
