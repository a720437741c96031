"""Documents → articles: one module a format, each with a function `read(document, reading)`.

It yields articles without ids and Rejections for parts that gave none, adds to the document how it was read, and raises
Unreadable (or what `decode` raises) for a document that cannot be read, or no further.
"""
