"""Addresses every door shares: health, the association's colours and mark, the icons, the reader's language."""

from django.urls import path

from lodestar.web.common.views import assets, health, installing, languages

app_name = "common"
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("association.css", assets.association_css, name="association-css"),
    path("association/mark", assets.association_mark, name="association-mark"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("service-worker.js", installing.service_worker, name="service-worker"),
    path("offline/", installing.offline, name="offline"),
    *(
        path(f"app-icon/{name}.png", installing.icon, {"name": name}, name=f"app-icon-{name}")
        for name in installing.ICONS
    ),
    path("language/", languages.language, name="language"),
    path("icons.svg", assets.icon_sprite, name="icons"),
]
