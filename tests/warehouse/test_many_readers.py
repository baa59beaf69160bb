"""Processes that read while another publishes, over and over."""

import subprocess
import sys
from pathlib import Path

from tests.warehouse.rows import opened, publish, seats, totals, use

READ = """
import sys, time
from pathlib import Path
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from tests.warehouse.rows import totals
from tests.warehouse.sights import sight
folder = Path(sys.argv[1])
warehouse = Warehouse(folder)
told = ""
print("reading", flush=True)
while not (folder / "enough").exists():
    generation = warehouse.current()
    answer = f"{generation.number} {totals(Facts(generation, sight()))}"
    if answer != told:
        print(told := answer, flush=True)
"""
"""A process that asks on and on until it is enough, and tells every answer that is another."""

ROOT = Path(__file__).parents[2]
READERS, GENERATIONS, PRODUCTS = 2, 12, 100


def bring(folder: Path, count: int) -> None:
    """A generation in which every figure is `count`."""
    names = [f"p{number}" for number in range(PRODUCTS)]
    deployed = (seats(count, product=name) for name in names)
    publish(folder, *deployed, *(use(count, 99, product=name) for name in names))


def answer(count: int) -> str:
    """What a reader tells of that generation."""
    return f"{count} {(PRODUCTS * count, PRODUCTS * count)}"


def reader(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 our own words
        [sys.executable, "-c", READ, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "reading\n"
    return process


def test_every_answer_is_one_generations_and_never_a_mix(tmp_path: Path) -> None:
    bring(tmp_path, 1)
    readers = [reader(tmp_path) for _ in range(READERS)]
    for count in range(2, GENERATIONS + 1):
        bring(tmp_path, count)
    (tmp_path / "enough").touch()

    possible = [answer(count) for count in range(1, GENERATIONS + 1)]
    for process in readers:
        told, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, "")
        answers = told.splitlines()
        assert answers == [each for each in possible if each in answers]
        assert len(answers) > 3
    assert totals(opened(tmp_path)) == (PRODUCTS * GENERATIONS, PRODUCTS * GENERATIONS)
