"""Telling people: in the desk, by e-mail, by SMS and WeChat; at least once, never at night."""
