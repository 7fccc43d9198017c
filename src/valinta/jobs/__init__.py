"""Work that waits its turn: deferred in a verb's own transaction, done by the worker."""
