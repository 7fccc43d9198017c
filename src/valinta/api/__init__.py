"""The API: what a provider's own system does with the verbs that the pages use."""
