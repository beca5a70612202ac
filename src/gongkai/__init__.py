"""Gongkai: the information-disclosure office of a Chinese agency."""
