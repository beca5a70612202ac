"""The publishing desk (主动公开): what must be published, who reviewed it, and where it stands."""
