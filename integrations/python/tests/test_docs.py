"""What is documented, and the types that are promised."""

import ast
import doctest
import importlib
import importlib.util
import inspect
import math
import re
from importlib import resources
from pathlib import Path

import pytest
import tally

NAMES = sorted(tally.__all__)
ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
# These have programs instead; test_spark.py runs the examples of the page of Spark.
PROGRAMS = ["engines.md", "orders.md", "spark.md"]
ALL_PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [page for page in ALL_PAGES if page.name not in PROGRAMS]
STUBS = ast.parse(resources.files(tally).joinpath("__init__.pyi").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_examples(name):
    text = getattr(tally, name).__doc__
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    if name != "LinearFit":
        assert test.examples, f"{name} has no example"
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert result.failed == 0


def run_examples(text, name):
    # What a page means as a program, and not what this file has imported.
    test = doctest.DocTestParser().get_doctest(text, {"__name__": "__main__"}, name, None, None)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_examples_of_the_package():
    run_examples(tally.__doc__, "tally")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_pages(page):
    run_examples(page.read_text(), page.name)


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_links_of_pages(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_page_is_reached_from_the_readme():
    readme = README.read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in readme


@pytest.mark.parametrize(
    "page, script",
    [("orders.md", "orders.py"), ("engines.md", "datafusion_sum.py"), ("engines.md", "ray_sum.py")],
)
def test_pages_show_their_scripts_whole(page, script):
    page, script = (ROOT / "docs" / name for name in (page, script))
    assert f"```python\n{script.read_text()}```\n" in page.read_text()


def test_what_the_page_of_orders_claims():
    """With fewer rows: one total of Tally's, the right one, and several of others."""
    spec = importlib.util.spec_from_file_location("orders", ROOT / "docs" / "orders.py")
    orders = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(orders)
    column = orders.amounts(300_000)
    for values in (column, column.astype("f4")):
        totals = orders.in_many_orders(values)
        assert set(totals.pop("Tally")) == {math.fsum(values)}
        assert any(len(set(found)) > 1 for found in totals.values())
    assert set(orders.with_many_threads(column, 3)["Tally"]) == {math.fsum(column)}


@pytest.mark.parametrize("module", ["dask", "spark"])
def test_modules_of_engines_have_stubs_and_examples(module):
    """Their stubs have their names and parameters, each with documentation."""
    pytest.importorskip({"dask": "dask.dataframe", "spark": "pyspark"}[module])
    path = {"dask": "dask/__init__.pyi", "spark": "spark.pyi"}[module]
    stubs = nodes(ast.parse(resources.files(tally).joinpath(path).read_text()).body)
    package = importlib.import_module(f"tally.{module}")
    assert sorted(stubs) == sorted(package.__all__)
    if module == "dask":
        run_examples(package.__doc__, module)
    for name in package.__all__:
        thing = getattr(package, name)
        assert thing.__doc__, f"{name} has no documentation"
        if inspect.isfunction(thing):
            assert signature_of(stubs[name]) == signature_here(thing)
        if module == "dask":
            run_examples(thing.__doc__, name)


def signature_of(node):
    """The parameters of a stub: names, kinds and whether there is a default."""
    a = node.args
    first = [(p.arg, "positional") for p in a.posonlyargs + a.args]
    plain = len(first) - len(a.defaults)
    listed = [(name, kind, index >= plain) for index, (name, kind) in enumerate(first)]
    listed += [(p.arg, "keyword", d is not None) for p, d in zip(a.kwonlyargs, a.kw_defaults)]
    return [p for p in listed if p[0] not in ("self", "cls")]


def signature_here(thing):
    parameters = inspect.signature(thing).parameters.values()
    listed = []
    for p in parameters:
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            continue
        kind = "keyword" if p.kind is p.KEYWORD_ONLY else "positional"
        listed.append((p.name, kind, p.default is not p.empty))
    return [p for p in listed if p[0] not in ("self", "cls")]


def nodes(body):
    return {n.name: n for n in body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}


def test_stubs_have_all_names_and_no_others():
    assert sorted(n for n in nodes(STUBS.body) if not n.startswith("_")) == NAMES


@pytest.mark.parametrize("name", [n for n in NAMES if inspect.isbuiltin(getattr(tally, n))])
def test_stubs_have_the_parameters_of_functions(name):
    assert signature_of(nodes(STUBS.body)[name]) == signature_here(getattr(tally, name))


@pytest.mark.parametrize("name", ["Accumulator", "Moments", "Products", "DecimalSum"])
def test_stubs_have_the_members_of_classes(name):
    kind = getattr(tally, name)
    stub = nodes(nodes(STUBS.body)[name].body)
    own = {n for n in vars(kind) if not n.startswith("_")}
    assert {n for n in stub if not n.startswith("_")} == own
    for member in own:
        assert getattr(kind, member).__doc__, f"{name}.{member} has no documentation"
        if callable(getattr(kind, member)):
            assert signature_of(stub[member]) == signature_here(getattr(kind, member))
    special = {n for n in stub if n.startswith("__")} - {"__init__", "__new__"}
    assert all(hasattr(kind, n) for n in special)


def test_the_version():
    from importlib.metadata import version

    assert tally.__version__ == version("libtally")
    assert resources.files(tally).joinpath("py.typed").is_file()
