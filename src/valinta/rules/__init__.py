"""The law as dated figures and formulas; one person or a million. Knows nothing of Django."""
