from pathlib import Path

import pytest

from baligraph.data import DataNotFoundError
from ingest.lexicon import Concept, Lexicon, LexiconError

HEAD = "@prefix c: <https://w3id.org/baligraph/concept/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
HEAD += "@prefix bp: <https://w3id.org/baligraph/ontology#> .\n"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def write(folder: Path, **files: str) -> Path:
    for scheme in ("wording", "action", "theme", "crime"):
        (folder / f"{scheme}.ttl").write_text(HEAD + files.get(scheme, ""))
    return folder


def test_inflected_forms_lead_to_the_lemma(lexicon: Lexicon) -> None:
    assert {lexicon.wording[f] for f in ("agree", "agreed", "agrees")} == {"agree"}
    assert lexicon.wording["recognised"] == "recognise"
    assert (lexicon.action("enacted"), lexicon.action("Training"), lexicon.action("recognizing")) == ("enact", "train", "recognise")
    assert lexicon.action("elephants") is None


def test_every_wording_has_a_strength_and_stronger_words_have_more(lexicon: Lexicon) -> None:
    assert set(lexicon.wording.values()) == set(lexicon.strengths)
    order = [lexicon.strengths[w] for w in ("agree", "endorse", "should", "encourage", "note")]
    assert order == sorted(order, reverse=True)
    assert order[0] > order[-1]


def test_the_longest_term_of_a_theme_wins(lexicon: Lexicon) -> None:
    assert lexicon.themes("Stateless people need help") == ("statelessness",)
    assert lexicon.themes("nothing of note") == ()
    assert lexicon.theme_of(" Border management ") == "border-management"
    assert lexicon.theme_of("Any other business") is None


def test_crimes_are_found_under_their_other_names(lexicon: Lexicon) -> None:
    assert lexicon.crimes("Migrant smuggling and human trafficking, and TIP again") == ("people-smuggling", "trafficking-in-persons")


def test_one_form_for_two_wordings_is_refused(tmp_path: Path) -> None:
    twice = 'c:wording_a skos:prefLabel "urge"@en ; skos:hiddenLabel "urged"@en .\nc:wording_b skos:prefLabel "urged"@en .\n'
    with pytest.raises(LexiconError, match=r"wording\.ttl: forms that stand for two concepts: 'urged': a, b"):
        Lexicon.load(write(tmp_path, wording=twice))


def test_a_concept_without_a_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="action_jump has no skos:prefLabel"):
        Lexicon.load(write(tmp_path, action='c:action_jump skos:hiddenLabel "jumped"@en .\n'))


def test_a_strength_must_be_a_number(tmp_path: Path) -> None:
    odd = 'c:wording_a skos:prefLabel "urge"@en ; bp:wordingStrength c:strength_strong .\n'
    with pytest.raises(LexiconError, match="give it one of c:strength_0 to c:strength_4"):
        Lexicon.load(write(tmp_path, wording=odd))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "crime.ttl").unlink()
    with pytest.raises(DataNotFoundError, match=r"crime\.ttl"):
        Lexicon.load(tmp_path)


def test_an_acronym_matches_only_as_it_is_written() -> None:
    lexicon = Lexicon.of([Concept("theme", "refugees", "refugees", ("RSD", "asylum seekers"))])
    assert lexicon.themes("the RSD of Asylum Seekers") == ("refugees",)
    assert lexicon.themes("rsd") == ()
