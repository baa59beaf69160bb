"""A filter of cosmic-ray's: leaves out changes that are no mutants, for they change nothing that
runs.
"""

import ast
import sys
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.tools.filters.filter_app import FilterApp
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkResult


class Running(ast.NodeTransformer):
    """Leaves of a syntax tree what runs: no annotations, and no bodies of protocols."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            node.body = [ast.Pass()]
        return self.generic_visit(node)


def running(code: str) -> str:
    """What of the code runs."""
    return ast.dump(Running().visit(ast.parse(code)))


def is_sham(code: str, change: MutationSpec) -> bool:
    """Whether the change is no code at all, or runs as before."""
    operator = get_operator(change.operator_name)(**change.operator_args)
    try:
        changed = mutate_code(code, operator, change.occurrence)
        return changed is None or running(changed) == running(code)
    except SyntaxError:
        return True
    except AttributeError:  # cosmic-ray cannot change `except a.dotted.name`
        return change.operator_name == "core/ExceptionReplacer"


class Shams(FilterApp):
    """Skips them in a session."""

    def filter(self, work_db: WorkDB, _args: object) -> None:
        for item in work_db.pending_work_items:
            (change,) = item.mutations
            if is_sham(Path(change.module_path).read_text("utf-8"), change):
                work_db.set_result(item.job_id, WorkResult(WorkerOutcome.SKIPPED, "runs as before"))


if __name__ == "__main__":
    sys.exit(Shams().main())
