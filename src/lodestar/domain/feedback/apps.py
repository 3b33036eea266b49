from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "lodestar.domain.feedback"
    label = "feedback"
