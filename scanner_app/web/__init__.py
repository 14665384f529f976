"""The web: pages, fragments and what a browser needs around them.

Handlers read the request, call one verb of the rooms below and choose a template.

This room must never hold a rule of the warehouse.
"""
