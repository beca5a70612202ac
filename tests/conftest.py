"""What holds for every test."""

import os

from hypothesis import settings

# The browser tests leave an event loop in their worker, and a test module that keeps its own database may
# come after them there. Nothing in the product is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# On a machine that decides whether a change lands, the same code meets the same examples; elsewhere
# every run tries new ones. Time is no property of the code on a machine others share.
settings.register_profile("new", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "new")
