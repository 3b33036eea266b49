"""What does the web server load?"""

import os

from django.core.wsgi import get_wsgi_application

import lodestar.sqlite  # noqa: F401  before anything asks for a database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
application = get_wsgi_application()
