"""From a release to answers: SPARQL, linked data, pages."""
