"""Who may do what at the publishing desk, and what stands against a release."""
