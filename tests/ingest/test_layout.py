from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document
from ingest.folded import fold, plain
from ingest.layout import layout


def kinds(text: str) -> list[tuple[str, str, str]]:
    return [(b.kind, b.label, b.text.s) for b in layout(text)]


def test_lines_of_an_item_are_joined_across_blank_lines_until_the_next_number() -> None:
    text = (
        "1. Barriers to exchanging multi-\njurisdictional data for \n\nidentifying offenders should go. \n\n \n2. Units should be set up.\n"
    )
    assert kinds(text) == [
        ("numbered", "1", "Barriers to exchanging multi-jurisdictional data for identifying offenders should go."),
        ("numbered", "2", "Units should be set up."),
    ]


def test_a_title_torn_by_a_page_break_and_by_emphasis_is_one_bullet() -> None:
    text = (
        "#### (3) Sharing\n\n- encourage members to go on with the use of the *Guidelines to Address People*\n\n"
        "*Smuggling* and more;\n- promote it.\n"
    )
    assert kinds(text) == [
        ("heading", "3", "Sharing"),
        ("bullet", "3.1", "encourage members to go on with the use of the Guidelines to Address People Smuggling and more;"),
        ("bullet", "3.2", "promote it."),
    ]


def test_numbers_before_a_few_words_over_bullets_count_headings() -> None:
    for mark in ("(1) ", "1. "):
        text = f"{mark}Border management\n\n- draw maps;\n- train pilots.\n\n{mark.replace('1', '2')}Return\n\n- hold workshops.\n"
        assert [(kind, label) for kind, label, _ in kinds(text)] == [
            ("heading", "1"),
            ("bullet", "1.1"),
            ("bullet", "1.2"),
            ("heading", "2"),
            ("bullet", "2.1"),
        ]
    report = "1. Members met.\n\n2. Priorities\n\n- maps;\n- pilots.\n"
    assert [label for _, label, _ in kinds(report)] == ["1", "2", "2", "2"], "a text of numbered paragraphs stays one"


def test_a_heading_glued_to_a_paragraph_starts_a_block_of_its_own() -> None:
    text = "· March 2003: Group meeting, Colombo. The plan was carried out.  Activities since then  \n• September 2003: Workshop, Seoul.\n"
    assert [(kind, words) for kind, _, words in kinds(text)] == [
        ("dated", "March 2003: Group meeting, Colombo. The plan was carried out."),
        ("heading", "Activities since then"),
        ("dated", "September 2003: Workshop, Seoul."),
    ]


def test_every_bullet_sign_and_none_at_all_begins_a_dated_entry() -> None:
    text = "• May 2004: A workshop, Bangkok.\n· June 2004: B, Perth.\nOctober 2009: C.\n"
    assert [kind for kind, _, _ in kinds(text)] == ["dated"] * 3


def test_a_rule_of_asterisks_is_no_bullet_and_markup_is_no_word() -> None:
    text = "1. The 4<sup>th</sup> **Conference** met.\n\n* * * * *"
    assert kinds(text) == [("numbered", "1", "The 4th Conference met.")]


def test_bullets_below_a_numbered_paragraph_bear_its_number() -> None:
    text = "7. Challenges remain:\n\n- The first was hard.\n- The second was harder.\n\n8. Next.\n"
    assert [label for _, label, _ in kinds(text)] == ["7", "7", "7", "8"]


def test_titles_and_initials_end_no_sentence(document: Callable[[str], Document]) -> None:
    text = "1. It was opened by H.E. Jane A. Doe, Minister. Dr. Roe spoke (e.g. on law). It ended."
    assert [p.s for p in document(text).passages] == [
        "It was opened by H.E. Jane A. Doe, Minister.",
        "Dr. Roe spoke (e.g. on law).",
        "It ended.",
    ]


WORDS = st.text(alphabet=st.sampled_from("ab -\n*#.•é’0123456789()_<>/:"), max_size=200)


@given(WORDS)
def test_every_character_that_stays_stands_at_its_offset(text: str) -> None:
    folded = fold(text, 0, len(text))
    assert len(folded.s) == len(folded.at)
    assert all(text[i] == c or (c == " " and text[i].isspace()) for c, i in zip(folded.s, folded.at, strict=True))
    assert list(folded.at) == sorted(set(folded.at))


@given(WORDS)
def test_blocks_do_not_overlap_and_their_text_is_that_of_their_span(text: str) -> None:
    end = 0
    for block in layout(text):
        span = block.text.span()
        assert end <= span.start
        end = span.end
        assert plain(text[span.start : span.end]).replace(" ", "") == block.text.s.replace(" ", "") or "#" in text


def test_a_title_page_is_cut_where_its_lines_end_and_joined_where_they_are_torn() -> None:
    text = (
        "SIXTH CONFERENCE OF THE PORTS ON\n\nSIXTH CONFERENCE OF THE PORTS ON\nSMUGGLING, TRAFFICKING IN PERSONS AND\nRELATED CRIME\n"
        "BALI, INDONESIA, 23 MARCH 2016\nCO-CHAIRS’ STATEMENT\nAs ministers of two ports we co-chaired the conference.\n"
        "I. Decisions for Later\n1. Ministers agreed on\na lamp.\n"
    )
    assert [(kind, words) for kind, _, words in kinds(text)] == [
        ("heading", "SIXTH CONFERENCE OF THE PORTS ON"),
        ("heading", "SIXTH CONFERENCE OF THE PORTS ON SMUGGLING, TRAFFICKING IN PERSONS AND RELATED CRIME"),
        ("heading", "BALI, INDONESIA, 23 MARCH 2016"),
        ("heading", "CO-CHAIRS’ STATEMENT"),
        ("paragraph", "As ministers of two ports we co-chaired the conference."),
        ("heading", "Decisions for Later"),
        ("numbered", "Ministers agreed on a lamp."),
    ]


def test_acronyms_in_a_torn_list_are_no_heading() -> None:
    text = "It was attended by officials of Fiji,\nIOM, UNHCR, UNODC, ASEAN, ICRC\nand Tonga.\n"
    assert [kind for kind, _, _ in kinds(text)] == ["paragraph"]


def test_a_text_flattened_to_one_line_has_its_paragraphs_headings_and_bullets_again() -> None:
    text = (
        "NINTH MEETING Suva, 3 May 2012 1. It met in Suva. 2. It saw 3. 5 million maps under Article 3. The maps were old. Way forward "
        "3. Members agreed to: • draw maps; • burn maps. 4. They left."
    )
    assert kinds(text) == [
        ("heading", "b1", "NINTH MEETING Suva, 3 May 2012"),
        ("numbered", "1", "It met in Suva."),
        ("numbered", "2", "It saw 3. 5 million maps under Article 3. The maps were old."),
        ("heading", "b4", "Way forward"),
        ("numbered", "3", "Members agreed to:"),
        ("bullet", "3", "draw maps;"),
        ("bullet", "3", "burn maps."),
        ("numbered", "4", "They left."),
    ]


def test_a_number_that_is_not_the_next_one_opens_no_paragraph() -> None:
    text = "1. See annex. 7. The rest is here. 2. More. 9. The end.\n"
    assert [kind for kind, _, _ in kinds(text)] == ["numbered"]


def test_a_sentence_glued_to_a_year_or_to_a_full_stop_begins_anew(document: Callable[[str], Document]) -> None:
    passages = document("Bangkok, 5-6 June 2003In the chair were two men from Geneva\n.This meeting looked at maps. It ended.").passages
    assert [p.s for p in passages] == [
        "Bangkok, 5-6 June 2003",
        "In the chair were two men from Geneva .",
        "This meeting looked at maps.",
        "It ended.",
    ]


def test_letters_and_small_roman_numbers_open_items() -> None:
    text = "3. Ministers:\n   (a) agreed to sail;\n   ii. stayed.\nb. left\n"
    assert [(kind, words) for kind, _, words in kinds(text)] == [
        ("numbered", "Ministers:"),
        ("bullet", "agreed to sail;"),
        ("bullet", "stayed."),
        ("bullet", "left"),
    ]


def test_a_few_words_that_break_off_over_a_paragraph_are_its_heading() -> None:
    assert kinds(
        "The meeting was held.\n\nIrregular movement by sea\nThe agency reported that 4,500 persons had left by boat since January.\n"
        "\nOfficials of the region met and\nAgreed that the register would be kept by them.\n"
    ) == [
        ("paragraph", "b1", "The meeting was held."),
        ("heading", "b2", "Irregular movement by sea"),
        ("paragraph", "b3", "The agency reported that 4,500 persons had left by boat since January."),
        ("paragraph", "b4", "Officials of the region met and Agreed that the register would be kept by them."),
    ]


def test_the_sentence_behind_the_items_of_a_sentence_is_no_item() -> None:
    text = "1. It had two aims: (a) to share data; and (b) to train police. Members agreed to meet. They urged action."
    assert [(b.kind, b.label, b.text.s) for b in layout(text)] == [
        ("numbered", "1", "It had two aims:"),
        ("bullet", "1", "to share data; and"),
        ("bullet", "1", "to train police."),
        ("paragraph", "1", "Members agreed to meet. They urged action."),
    ]
    closed = layout("It had two aims: (a) To share data. (b) To train police. This is done yearly.")
    assert [b.kind for b in closed] == ["paragraph", "bullet", "bullet"]


def test_an_item_of_an_agenda_is_a_heading() -> None:
    kinds = [(b.kind, b.text.s) for b in layout("Agenda item 3: Next steps\nThe Group:\n(i) approved the plan; and\n(ii) asked for more.")]
    assert kinds[:2] == [("heading", "Agenda item 3: Next steps"), ("paragraph", "The Group:")]
    assert [b.kind for b in layout("Session 2: the group met.")] == ["paragraph"]


def test_a_date_between_headline_and_text_and_lines_wider_than_a_page_are_paragraphs() -> None:
    long = (
        "The working group met in Colombo and heard how the police of the region exchange what they know of the routes by sea, and by whom."
    )
    assert kinds(f"Police of the region meet in Colombo\n12 June 2019\n{long} {long}\nIt agreed to go on.\n") == [
        ("heading", "b1", "Police of the region meet in Colombo"),
        ("heading", "b2", "12 June 2019"),
        ("paragraph", "b3", f"{long} {long}"),
        ("paragraph", "b4", "It agreed to go on."),
    ]


def test_numbers_without_a_mark_and_feet_of_pages_on_one_line() -> None:
    text = (
        "STATEMENT OF THE NINTH MEETING SUVA, FIJI, 5 – 6 FEBRUARY 2015 1 The meeting was held in Suva on 5 February 2015. 2 It had 18 "
        "Members. 1 | P a g e 3 Officials noted a report. 4 They agreed to meet again."
    )
    assert kinds(text) == [
        ("heading", "b1", "STATEMENT OF THE NINTH MEETING SUVA, FIJI, 5 – 6 FEBRUARY 2015"),
        ("numbered", "1", "The meeting was held in Suva on 5 February 2015."),
        ("numbered", "2", "It had 18 Members."),
        ("numbered", "3", "Officials noted a report."),
        ("numbered", "4", "They agreed to meet again."),
    ]


def test_recitals_and_operative_lines_are_paragraphs() -> None:
    text = "We, the Ministers, met in Suva;\nConcerned at the loss of life;\nCommit to act by 2026; and\nTask the Group with it.\n"
    assert [block for _, _, block in kinds(text)] == text.strip().split("\n")


def test_a_wrapped_list_with_semicolons_is_one_paragraph() -> None:
    text = "Thirty officials attended the meeting, representing the governments of\nFiji; Nepal; Samoa;\nTonga; Tuvalu; and IOM.\n"
    assert [kind for kind, *_ in kinds(text)] == ["paragraph"]
