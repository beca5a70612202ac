"""The web application, for granian or any other WSGI server. ``run`` also asks for the worker."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
_application = get_wsgi_application()

from gongkai.config.environment import switched_on  # noqa: E402 - after Django is set up
from gongkai.portal.page_store import PageStore  # noqa: E402

application = PageStore(_application)

if switched_on("GONGKAI_WORKER"):
    from gongkai.config.worker import start

    start()
