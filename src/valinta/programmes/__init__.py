"""Organisers, programmes and their terms, loaded from programme packs."""
