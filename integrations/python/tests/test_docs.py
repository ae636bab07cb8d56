"""What is documented, and the types that are promised."""

import ast
import doctest
import inspect
from importlib import resources
from pathlib import Path

import pytest
import tally

NAMES = sorted(tally.__all__)
STUBS = ast.parse(resources.files(tally).joinpath("__init__.pyi").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_examples(name):
    text = getattr(tally, name).__doc__
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    if name != "LinearFit":
        assert test.examples, f"{name} has no example"
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert result.failed == 0


def test_examples_of_the_package_and_of_the_readme():
    readme = Path(__file__).parents[1] / "README.md"
    for text in (tally.__doc__, readme.read_text()):
        test = doctest.DocTestParser().get_doctest(text, {}, "text", None, None)
        assert test.examples
        assert doctest.DocTestRunner().run(test).failed == 0


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
