"""Migrations: how the tables of an installation grow with the product.

`upgrade` runs them, `versions` holds them in order. A migration that was published is never
changed again; what it made is changed by a later one.

This room must never import a rule: a migration has to mean tomorrow what it means today.
"""
