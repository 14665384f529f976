"""Barcodes: from a picture or a text to the identifiers that a label carries.

Answers to what Business Central expects of a scanner: a bar code on an item reference, and the
GS1 application identifiers behind item, lot, serial and package numbers.

This ring must never open a database, and never load a decoding engine in the process that
serves pages: pictures are decoded in `decoder_process`.
"""
