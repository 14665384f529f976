"""Who works here: users, their sessions, what they asked for and what they changed.

This room must never know a rule of the warehouse.
"""
