"""The pages of the publishing desk."""
