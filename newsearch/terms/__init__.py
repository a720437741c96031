"""Text → terms: folding, segmentation, bigrams.

`fold` makes spellings comparable without moving a character, `dictionary` and `segment` cut runs of Han characters into
words (`unknown` those that no dictionary has, `userwords` adds a user's, `choices` are the cuts these make possible),
`tokens` and `bulk` say under which terms a text is found, `sketch` which texts are nearly the same, `lexicon`
whether a word spans two texts, `pinyin` how words are read, and `stopwords` which words say nothing about a text.
"""
