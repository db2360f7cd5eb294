"""Adding, naming, moving and taking out the sections of a questionnaire."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import Condition, Question, Questionnaire, Section
from goldenthread.ground.refused import Refused

LONGEST_TITLE = 120


def add_section(whole: Questionnaire, title: str) -> Questionnaire:
    """With one more section, the last. Raises Refused without a title."""
    taken = {section.id for section in whole.sections}
    made = Section(free_id("s", taken), _title(title), ())
    return replace(whole, sections=(*whole.sections, made))


def name_section(whole: Questionnaire, section: str, title: str) -> Questionnaire:
    """With another title for a section. Raises Refused."""
    return with_section(whole, replace(section_of(whole, section), title=_title(title)))


def move_section(whole: Questionnaire, section: str, step: int) -> Questionnaire:
    """With a section ``step`` places later (earlier where below 0); as it was at either end.

    Raises Refused where a question would then be asked before the answer its routing needs.
    """
    moved = _moved(
        whole.sections, [each.id for each in whole.sections].index(section_of(whole, section).id), step
    )
    return in_order(replace(whole, sections=moved))


def drop_section(whole: Questionnaire, section: str) -> Questionnaire:
    """Without a section and its questions. Raises Refused where other questions hang on them."""
    gone = section_of(whole, section)
    left = replace(whole, sections=tuple(each for each in whole.sections if each.id != gone.id))
    refuse_if_needed(left, {question.id for question in gone.questions})
    return left


def show_section_if(whole: Questionnaire, section: str, condition: Condition | None) -> Questionnaire:
    """With a section shown only where ``condition`` is met; None shows it to everybody. Raises Refused."""
    return in_order(with_section(whole, replace(section_of(whole, section), show_if=condition)))


def section_of(whole: Questionnaire, section: str) -> Section:
    """The section called ``section``. Raises Refused."""
    found = next((each for each in whole.sections if each.id == section), None)
    if found is None:
        raise Refused("That section is no longer there. Load the page again.")
    return found


def with_section(whole: Questionnaire, changed: Section) -> Questionnaire:
    """With ``changed`` in place of the section of that id."""
    sections = (changed if each.id == changed.id else each for each in whole.sections)
    return replace(whole, sections=tuple(sections))


def refuse_if_needed(left: Questionnaire, gone: set[str]) -> None:
    """Raises Refused where routing in ``left`` asks for the answer to a question that is ``gone``."""
    for section in left.sections:
        owners: tuple[Section | Question, ...] = (section, *section.questions)
        for owner in owners:
            if owner.show_if and gone & {leaf.question.partition(".")[0] for leaf in leaves(owner.show_if)}:
                words = owner.text if isinstance(owner, Question) else owner.title
                raise Refused(f"“{words}” is shown by the answer to this. Change when it is shown first.")


def in_order(whole: Questionnaire) -> Questionnaire:
    """``whole``, where no question needs the answer to a later one. Raises Refused."""
    asked: set[str] = set()
    for section in whole.sections:
        _refuse_too_early(section.title, section, asked)
        for question in section.questions:
            _refuse_too_early(question.text, question, asked)
            asked.add(question.id)
    return whole


def _refuse_too_early(words: str, owner: Section | Question, asked: set[str]) -> None:
    for leaf in leaves(owner.show_if) if owner.show_if else ():
        if leaf.question.partition(".")[0] not in asked:
            raise Refused(f"“{words}” needs an answer that would then be asked later.")


def _moved(items: tuple[Section, ...], place: int, step: int) -> tuple[Section, ...]:
    to = min(max(place + step, 0), len(items) - 1)
    left = [*items[:place], *items[place + 1 :]]
    return (*left[:to], items[place], *left[to:])


def _title(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise Refused("Give the section a title.")
    return words[:LONGEST_TITLE]


def free_id(stem: str, taken: set[str]) -> str:
    """The first of stem1, stem2, … that is not taken."""
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}{number}") not in taken)
