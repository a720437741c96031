"""Packed files → the documents in them, as they are read: nothing is unpacked to the disk.

`unpack` takes a file apart layer by layer, `archives` lists what lies in ZIP and TAR, `streams` holds each to as many
bytes as it may have. `zipped` is for documents that are ZIP files themselves (DOCX, EPUB).
"""
