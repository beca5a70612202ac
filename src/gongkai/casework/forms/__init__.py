"""What the pages of the desk take in."""
