"""The demo office: an education bureau, the office above it, and people who are visibly invented."""
