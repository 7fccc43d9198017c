"""The WSGI application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from valinta.config.whole_requests import whole_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valinta.config.settings")
application = whole_requests(get_wsgi_application())
