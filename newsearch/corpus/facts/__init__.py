"""Names and lines → facts about an article: when it appeared, where, and who wrote it.

`dates` and `byline` find them in text, `foreign` dates with the year behind, `naming` them in the names of files and
folders, `frontmatter` above a text, and `fields` in records, whatever their keys are called.
"""
