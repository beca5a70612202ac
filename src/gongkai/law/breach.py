"""The one error of the law floor: an act or a date the law does not allow."""


class LawBreach(ValueError):
    """An act the law does not allow, or a question it has no answer to.

    ``message`` is one Chinese sentence for the clerk; ``article`` is the provision it rests on,
    empty where the fault is in the record itself. ``str()`` joins the two.
    """

    def __init__(self, message: str, article: str = "") -> None:
        super().__init__(f"{message}（{article}）" if article else message)
        self.message = message
        self.article = article
