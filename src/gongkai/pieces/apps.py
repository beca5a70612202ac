from django.apps import AppConfig


class PiecesConfig(AppConfig):
    name = "gongkai.pieces"
    verbose_name = "页面部件"
