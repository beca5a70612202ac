"""A child process as the real one, but its reader has a fault."""

from gongkai.documents.articles.reading import worker


def _broken(data, name):
    raise ZeroDivisionError


worker.read_article = _broken
worker.main()
