from django.apps import AppConfig

from gongkai.pieces.form_words import speak_plainly


class PiecesConfig(AppConfig):
    name = "gongkai.pieces"
    verbose_name = "页面部件"

    def ready(self) -> None:
        speak_plainly()
