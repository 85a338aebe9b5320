"""Seeded documents of every genre, with what they truly say: `write.write` makes a folder of them and their truth, in the shape of the
annotations by hand; `score.score` judges a release by it. Names are those of the reference tables; meetings, people and provisions are made
up."""
