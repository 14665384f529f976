"""Warehouse: bins, warehouse documents and the warehouse entries that say what lies where.

This room must never know how a barcode is read or who is at the screen.
"""
