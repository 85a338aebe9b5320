"""Another SPARQL 1.1 service in the place of our engine: how it is called, what is published in it, and how its answers are read.

published.py   what `baligraph publish` tells in the store of the release that it loaded
http.py        calls: credentials, no redirects, refusals in words
dialect.py     what the store's answers look like, found out by asking
body.py        an answer of the store: whole, or an error
convert.py     one form into another, streamed
answer.py      one answer of ours
engine.py      the engine
"""
