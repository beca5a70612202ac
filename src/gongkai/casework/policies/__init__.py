"""May it, may they: who may do what with a case, and what stands against an act now."""
