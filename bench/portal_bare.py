"""The portal without the pages kept in front of it, for granian: ``bench.portal_bare:application``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
