"""The benchmark of Valinta: every figure beside its reference, measured in the same run."""
