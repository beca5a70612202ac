"""Floor 1: what the Regulation says, as data and pure functions. Standard library only."""
