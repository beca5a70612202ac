"""The pages of the register of remedies."""
