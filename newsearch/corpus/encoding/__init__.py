"""Bytes → text: in which encoding Chinese was written, and what became of it since.

`decode` is the way in, for bytes that are read whole; `lines` is the one for streams of any size. `choice` says which
encoding bytes are in: `charsets` knows the encodings as programs really write them, `chinese` how a text reads as
Chinese. `mend` reads what is not wholly in its file's encoding, `garbled` puts back what was saved wrongly decoded.
"""
