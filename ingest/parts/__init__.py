"""A release in parts: what is judged apart is made once, in parallel, and made again only when something that it depends on has changed.

A *part* is a set of nodes: a document with its assertions, a meeting (with the others of its series), a person, and what the tables and
the ontology describe. It brings the quads of its nodes and whatever else its rules, shapes and checks look at, so that several parts,
one after the other or all at once, give what the whole would give:

* `route`: to which part a node belongs, and what parts tell each other;
* `contribute`: what one document gives to the parts;
* `evaluate`: accepted view, inference and gate of a batch of parts;
* `memo`: what was made before, on disk; `work`: in several processes; `merge`: sorted lines, without holding them;
* `whole`: all of it, for one set of readings.
"""
