"""What of the facts one reader may see."""

from tests.breaks.entry import Break

FENCE = (
    Break(
        "rows about nobody are shown to who sees some customers",
        "analytics/warehouse/row_fence.py",
        'return f"(FROM {source} WHERE tenant IN (SELECT unnest($visible)))"',
        'return f"(FROM {source} WHERE tenant IS NULL OR tenant IN (SELECT unnest($visible)))"',
        "tests/warehouse/test_memory.py",
        "test_rows_of_everybody_together_are_for_those_who_see_everybody",
    ),
    Break(
        "a table without customers is shown to who sees some",
        "analytics/warehouse/row_fence.py",
        'if has(dataset, "tenant") else f"(FROM {source} WHERE false)"',
        'if has(dataset, "tenant") else f"(FROM {source})"',
        "tests/warehouse/test_memory.py",
        "test_what_names_no_customer_is_for_those_who_see_everybody",
    ),
    Break(
        "the sums of all customers are not cut",
        "analytics/warehouse/row_fence.py",
        "standing if everyone else _visible_rows(standing)",
        "standing",
        "tests/warehouse/test_reading.py",
        "test_every_table_is_fenced[standing]",
    ),
    Break(
        "a day that is not over hides what the portal told of it",
        "analytics/warehouse/row_fence.py",
        "part < day::VARCHAR",
        "part <= day::VARCHAR",
        "tests/warehouse/test_memory.py",
        "test_a_day_that_is_not_over_hides_no_export",
    ),
    Break(
        "people's names are not cut",
        "analytics/values.py",
        "kinds = {Secrecy.MONEY: self.money, Secrecy.PERSON: self.persons}",
        "kinds = {Secrecy.MONEY: self.money}",
        "tests/warehouse/test_columns.py",
        "test_a_report_viewer_reads_no_money_and_no_person[activity]",
    ),
    Break(
        "a table outside braces is read",
        "analytics/warehouse/row_fence.py",
        'if read["error"] or other:',
        'if read["error"]:',
        "tests/warehouse/test_unfenced.py",
        "test_a_table_outside_braces_is_refused[SELECT * FROM deployment-deployment]",
    ),
    Break(
        "a result of who sees more is given to who sees less",
        "analytics/warehouse/facts.py",
        "(question, self.sight, args, *sorted(kwargs.items()))",
        "(question, args, *sorted(kwargs.items()))",
        "tests/warehouse/test_remembering.py",
        "test_nobody_gets_what_was_worked_out_for_somebody_who_sees_more",
    ),
    Break(
        "a result is given for other arguments by name",
        "analytics/warehouse/facts.py",
        "(question, self.sight, args, *sorted(kwargs.items()))",
        "(question, self.sight, args)",
        "tests/warehouse/test_remembering.py",
        "test_an_argument_by_name_is_another_question_too",
    ),
    Break(
        "a forbidden customer is found by the tenant's id",
        "analytics/warehouse/facts.py",
        "if place is None or (visible is not None and tenant not in visible):",
        "if place is None:",
        "tests/chat/test_subjects.py",
        "test_whom_one_may_not_see_is_as_unknown_as_whom_there_is_not",
    ),
)
