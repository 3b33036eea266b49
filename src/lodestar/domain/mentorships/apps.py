from django.apps import AppConfig


class MentorshipsConfig(AppConfig):
    name = "lodestar.domain.mentorships"
    label = "mentorships"
