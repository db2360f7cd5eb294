"""A questionnaire as an area asks one: sixty questions, nine roles, and each role its own."""

from __future__ import annotations

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Condition,
    Is,
    Kind,
    Question,
    Questionnaire,
    Scale,
    Section,
)
from goldenthread.analysis.responses.propose.scales import known_scales

ROLES = {
    "class-teacher": "Class teacher",
    "assistant": "Teaching assistant",
    "senco": "SENCO",
    "head": "Head or senior leader",
    "nursery": "Early years practitioner",
    "therapist": "Therapist",
    "nurse": "School nurse or health visitor",
    "social-worker": "Social worker",
    "casework": "Casework officer",
}
SCHOOL = ("class-teacher", "assistant", "senco", "head")
HEALTH = ("therapist", "nurse")

OF_ROLES: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("In the classroom", ("class-teacher", "assistant"), 8),
    ("Leading provision", ("senco", "head"), 7),
    ("In early years", ("nursery",), 6),
    ("In health", HEALTH, 7),
    ("In social care", ("social-worker",), 6),
    ("Plans and reviews", ("senco", "casework", "social-worker"), 8),
)


def nine_roles() -> Questionnaire:
    """Sixty questions: about you (5), six sections of certain roles (42), for everybody (13)."""
    sections = [_about_you()]
    for title, roles, many in OF_ROLES:
        code = title.lower().replace(" ", "-")
        questions = tuple(_statement(f"{code}-{number}", title) for number in range(many))
        sections.append(Section(code, title, questions, Is("role", roles)))
    sections.append(_everybody())
    return Questionnaire("nine", "What staff can do", tuple(sections))


def _about_you() -> Section:
    in_school = Is("role", SCHOOL)
    return Section(
        "you",
        "About you",
        (
            _choice("role", "Which of these is closest to your role?", ROLES, required=True),
            _choice("phase", "Which phase?", {"primary": "Primary", "secondary": "Secondary"}, in_school),
            _choice("plans", "Do you teach a pupil with a plan?", {"yes": "Yes", "no": "No"}, in_school),
            _own_words("plan-use", "How do you use their plans?", All((in_school, Is("plans", ("yes",))))),
            _statement("plan-ready", "pupils to come", All((in_school, Is("plans", ("no",))))),
        ),
    )


def _everybody() -> Section:
    statements = tuple(_statement(f"all-{number}", "any team") for number in range(11))
    helps = Question(
        "helps", Kind.MULTIPLE, "What would help most?", "helps", scale=_answers("time", "training")
    )
    return Section("all", "All of us", (*statements, helps, _own_words("else", "What else?")))


def _statement(name: str, about: str, shown: Condition | None = None) -> Question:
    words = f"I feel confident in what {about.lower()} asks of me, number {name}."
    return Question(name, Kind.SCALE, words, name, scale=known_scales()["agreement"].scale, show_if=shown)


def _own_words(name: str, text: str, shown: Condition | None = None) -> Question:
    return Question(name, Kind.LONG_TEXT, text, name, show_if=shown)


def _choice(
    name: str, text: str, offered: dict[str, str], shown: Condition | None = None, *, required: bool = False
) -> Question:
    scale = Scale(name, tuple(Answer(code, label) for code, label in offered.items()))
    return Question(name, Kind.SINGLE, text, name, scale=scale, show_if=shown, required=required)


def _answers(*codes: str) -> Scale:
    return Scale("helps", tuple(Answer(code, code.title()) for code in codes))
