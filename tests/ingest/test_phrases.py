"""Names that are names only with the words around them."""

from __future__ import annotations

import pytest

from ingest.phrases import Phrase, PhraseError


def found(phrase: str, text: str) -> list[str]:
    p = Phrase.parse(phrase)
    return [text[start:end] for start, end in p.find(text)] if p.applies(text) else []


@pytest.mark.parametrize(
    ("phrase", "text", "names"),
    [
        ("Ministerial Declarations of 2016 and {2018}", "in the Ministerial Declarations of 2016 and 2018 – with", ["2018"]),
        ("Ministerial Declarations of 2016 and {2018}", "the conference of 2018", []),
        (
            "guides on … {Criminalising Trafficking}",
            "guides on Migrant Smuggling, Criminalizing Trafficking, and more",
            ["Criminalizing Trafficking"],
        ),
        ("guides on … {Criminalising Trafficking}", "guides on Criminalising Trafficking", ["Criminalising Trafficking"]),
        ("guides on … {Criminalising Trafficking}", "effectively criminalising trafficking", []),
        ("guides on … {Criminalising Trafficking}", "guides on smuggling. Criminalising trafficking is hard", []),
        ("guides on … {Trafficking}", "guides on antitrafficking and traffickings", []),
        (
            "toolkits, … on {irregular movement by sea}",
            "toolkits, one on births,\nand on irregular movement\nby sea.",
            ["irregular movement\nby sea"],
        ),
        ("{Bali}-Budapest", "a joint Bali–Budapest workshop", ["Bali"]),
        ("{UNGIFT} Forum", "UNGIFT Forum, UNGIFT, UNGIFT Forums", ["UNGIFT"]),
        (
            "{Strategy for Cooperation} @ October 2017 Update",
            "Strategy for Cooperation. *October* 2017\nUpdate",
            ["Strategy for Cooperation"],
        ),
        ("{Strategy for Cooperation} @ October 2017 Update", "Strategy for Cooperation, August 2018", []),
        ("{co-chairs' summary}", "the CO-CHAIRS’ SUMMARY", ["CO-CHAIRS’ SUMMARY"]),
    ],
)
def test_a_phrase_finds_its_name_and_no_other(phrase: str, text: str, names: list[str]) -> None:
    assert found(phrase, text) == names


@pytest.mark.parametrize("text", ["no braces", "{two} {names}", "{}", "{ }", "{a … b}", "{name} @ ", "{open"])
def test_a_phrase_marks_one_name(text: str) -> None:
    with pytest.raises(PhraseError, match="must mark one name in braces"):
        Phrase.parse(text)


def test_whole_phrases_are_plain_names() -> None:
    assert Phrase.parse("{ROK Justice and Gender Equality ministries}").whole
    assert not Phrase.parse("{Plan of Action} @ AHEG I").whole
    assert not Phrase.parse("{UNGIFT} Forum").whole
