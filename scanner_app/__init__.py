"""Scanner app: warehouse scanning that reaches the item ledger exactly once.

The rooms and the direction in which they may import each other are described in
docs/architecture.md; the rules they implement in docs/domain.md.
"""

__version__ = "0.1.0"
