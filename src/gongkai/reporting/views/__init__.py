"""The desk's pages: parse, call one action or query, answer."""
