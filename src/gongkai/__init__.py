"""Gongkai: the information-disclosure office of a Chinese agency."""

__version__ = "0.1.0"
