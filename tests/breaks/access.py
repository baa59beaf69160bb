"""Who may see what."""

from tests.breaks.entry import Break

ACCESS = (
    Break(
        "a right by a deleted or empty group is one for all customers",
        "handlers/chat/access.py",
        "return self.customers.union(*(scope.customers for scope in self.scopes))",
        "return self.customers.union(*(scope.customers for scope in self.scopes)) or None",
        "tests/store/test_groups.py",
        "test_an_empty_or_deleted_scope_means_nobody_and_what_stands_beside_it_stays[sqlite-empty]",
    ),
    Break(
        "a group is saved although a holder's right by it is another than was shown",
        "bot/store/roles.py",
        "if of_now.fingerprint != plan.fingerprint:",
        "if not plan.fingerprint:",
        "tests/store/test_groups.py",
        "test_a_plan_is_refused_once_the_scope_or_a_right_by_it_is_another[sqlite]",
    ),
    Break(
        "a reader knows of a group that holds no customer of theirs",
        "handlers/chat/group_search.py",
        "return access.customers is None or named or any(map(access.sees, scope.customers))",
        "return access.customers is None or named or bool(scope.customers)",
        "tests/answering/test_groups.py",
        "test_a_group_without_a_customer_of_ones_own_is_as_one_that_there_is_not[/list]",
    ),
    Break(
        "a right counts at its last instant",
        "handlers/chat/access.py",
        "self.until is None or now < self.until",
        "self.until is None or now <= self.until",
        "tests/chat/test_access.py",
        "test_a_right_is_over_at_its_last_instant",
    ),
    Break(
        "a right at one partner counts at every partner",
        "handlers/chat/access.py",
        "if grant.partner == partner and grant.holds(now))",
        "if grant.holds(now))",
        "tests/chat/test_access.py",
        "test_a_right_of_another_partner_is_nothing_here",
    ),
    Break(
        "a guest with a right sees figures by what everybody may ask",
        "handlers/chat/access.py",
        "if not self.account.is_member:\n            return frozenset()",
        "if self.account.kind is None:\n            return frozenset()",
        "tests/chat/test_access.py",
        "test_what_everybody_may_ask_shows_no_figures_to_who_is_no_member_any_more",
    ),
    Break(
        "rights are given by who was a member within the hour",
        "handlers/chat/access.py",
        "(said is Recency.LATELY and permission is not Permission.GRANT)",
        "said is Recency.LATELY",
        "tests/chat/test_access.py",
        "test_while_a_platform_does_not_answer_an_hour_counts_for_ones_own_answer_alone",
    ),
    Break(
        "a card does not notice that a right got another end",
        "handlers/chat/access.py",
        "_scope(g), g.with_people, str(g.until), g.by",
        "_scope(g), g.with_people, g.by",
        "tests/chat/test_access.py",
        "test_a_fingerprint_changes_with_whatever_a_right_says",
    ),
    Break(
        "nobody waits for a slow platform before a right is given",
        "handlers/answer.py",
        "or command.needs is Permission.GRANT",
        "or command.needs is Permission.REVOKE",
        "tests/rooms/test_confirmed.py",
        "test_for_that_to_be_certain_a_slow_platform_is_waited_for",
    ),
)
