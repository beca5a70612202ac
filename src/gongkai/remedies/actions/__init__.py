"""Every write of the register of remedies."""
