"""Speed beside other libraries: the same files, the same figures, in one run."""
