"""Which address leads to which door?"""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("console/", include("lodestar.web.console.urls", namespace="console")),
    path("m/", include("lodestar.web.mail.urls", namespace="mail")),
    path("accounts/", include("lodestar.web.portal.account_urls")),
    path("", include("lodestar.web.common.urls", namespace="common")),
    path("", include("lodestar.web.portal.urls", namespace="portal")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("", include("lodestar.web.backstage.urls", namespace="backstage")))

handler403 = "lodestar.web.common.views.errors.forbidden"
handler404 = "lodestar.web.common.views.errors.not_found"
handler500 = "lodestar.web.common.views.errors.failed"
