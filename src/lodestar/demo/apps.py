from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lodestar.demo"
    label = "demo"

    def ready(self) -> None:
        from lodestar.demo.clock import demo_now  # noqa: PLC0415  models load after the registry
        from lodestar.domain.common.time import set_clock  # noqa: PLC0415

        set_clock(demo_now)
