"""Inventory: items, their tracking, and the item ledger that says what there is and was.

This room knows locations but no bins; `posting` is reached only through
`warehouse.post_item_journal` (docs/architecture.md).
"""
