"""The guards, file by file, and the tests that state what each must do."""

from dataclasses import dataclass

RATE = 0.95
"""What part of each guard's mutants must be killed."""

SAME = (
    "core/ReplaceComparisonOperator_Is_Eq",
    "core/ReplaceComparisonOperator_IsNot_NotEq",
)
"""Operators left out: the guards say `is` of None, of an enum's members and of one dataset's
constant alone, of which each equals itself and nothing else.
"""


@dataclass(frozen=True, slots=True)
class Guarded:
    """One file of a guard, and the arguments with which pytest runs what guards it, quick and
    telling tests first.
    """

    guard: str
    file: str
    tests: tuple[str, ...]


_GATE = ("-p", "tests.gate.memory")
_STORE = ("-p", "tests.store.conftest")
_QUESTIONS = ("-p", "tests.questions.conftest")
"""Where fixtures are: of all others the tests below need none, and do not wait for them."""

GUARDED = (
    Guarded(
        "audit",
        "bot/store/audit.py",
        (
            *_STORE,
            "tests/store/test_tampering.py",
            "tests/store/test_writable.py",
            "tests/store/test_audit.py",
            "tests/store/test_audit_cut.py",
            "tests/store/test_rotating.py",
            "-knot postgresql",
        ),
    ),
    Guarded(
        "gate",
        "bot/gate.py",
        (
            *_GATE,
            "tests/gate/test_signatures.py",
            "tests/gate/test_bodies.py",
            "tests/gate/test_unreadable.py",
            "tests/gate/test_limits.py",
        ),
    ),
    Guarded("gate", "bot/replay_set.py", (*_GATE, "tests/gate/test_limits.py")),
    Guarded(
        "sharing",
        "handlers/sharing.py",
        (
            "tests/rooms/test_placed.py",
            "tests/rooms/test_placed_files.py",
            "tests/rooms/test_asked_anew.py",
        ),
    ),
    Guarded("sharing", "handlers/chat/audience.py", ("tests/chat/test_audience.py",)),
    Guarded(
        "access",
        "handlers/chat/access.py",
        ("tests/chat/test_access.py", "tests/chat/test_sights.py"),
    ),
    Guarded(
        "stamp",
        "analytics/questions/stamp.py",
        (
            *_QUESTIONS,
            "tests/questions/test_stamp.py",
            "tests/chat/test_stamping.py",
            "tests/chat/test_stamp_line.py",
            "tests/questions/test_erased.py",
        ),
    ),
    Guarded(
        "stamp",
        "handlers/output/stamps.py",
        ("tests/chat/test_stamping.py", "tests/chat/test_stamp_line.py"),
    ),
    *(
        Guarded(
            "fence",
            f"analytics/warehouse/{file}.py",
            (
                "tests/warehouse/test_fencing.py",
                "tests/warehouse/test_fenced_rollups.py",
                "tests/warehouse/test_unfenced.py",
                "tests/questions/test_licence_products.py",
                *more,
            ),
        )
        for file, more in (
            ("row_fence", ()),
            ("fenced_names", ("tests/warehouse/test_statements.py",)),
        )
    ),
    Guarded(
        "fence",
        "analytics/warehouse/statements.py",
        ("tests/warehouse/test_statements.py", "tests/warehouse/test_unfenced.py"),
    ),
)
"""The longest first: they are shared out over the cores as they come."""
