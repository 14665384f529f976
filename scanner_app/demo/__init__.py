"""Demo: a small warehouse that shows every tracking combination and every kind of surprise.

Its data are plain tables, its loading goes through the verbs of the product. It is loaded into
a database of its own and never into one that is in use.
"""
