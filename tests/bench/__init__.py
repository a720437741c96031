"""How fast an index is built and searched and how large it is, beside other engines, in one run.

    articles.py     the articles, as a JSON Lines file of any size            queries.py   the queries, drawn from them
    engine.py       what an engine must answer; engines.py lists those in with_*.py
    measure.py      builds or asks one engine, in a process of its own        processes.py runs it, watching its memory
    shell.py        one search, one addition, as whole commands               report.py    figures → tables and plots
    exploring.py    facets, key terms and the like of newsearch, the first time and after it

`python -m tests.bench run` and `plot` put these together; `make bench` calls them.
"""
