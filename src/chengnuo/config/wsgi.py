from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengnuo.config.settings")
application = get_wsgi_application()
# by name: they need models, which do not exist before the line above
import_string("chengnuo.config.startup.make_ready")()
import_string("chengnuo.web.entitlements.ready.bind_law")()
