"""The register of reconsiderations and suits: their clocks, their results, what follows, the evidence."""
