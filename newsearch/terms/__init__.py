"""Text → terms: folding, segmentation, bigrams.

`fold` makes spellings comparable without moving a character, `dictionary` and `segment` cut runs of Han characters into
words, `tokens` and `bigrams` say under which terms a text is found, `lexicon` what a dictionary tells about a text.
"""
