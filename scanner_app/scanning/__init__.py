"""Scanning: from a code that was read to a line that changed, exactly once.

This room must never know pages or sessions; users, devices and dates reach it as values.
"""
