"""Pages find their style sheet without collecting it first."""

from tests.agencies.cast import quick_settings  # noqa: F401
