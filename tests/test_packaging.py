"""What a stranger gets: the wheel with its data, an environment in step, the two commands."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, BUILD = PYPROJECT["project"], PYPROJECT["build-system"]
TEXT_SUFFIXES = {".py", ".md", ".toml", ".yaml", ".yml", ".cff", ".json", ".ipynb", ".csv", ""}


def test_the_conda_environment_has_the_pins_of_the_project() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    assert conda == [f"python{PROJECT['requires-python']}", "pip"]
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["notebooks"]]
    assert sorted(pip["pip"]) == sorted([*wanted, "--editable ."])


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    extras = PROJECT["optional-dependencies"].values()
    every = [*PROJECT["dependencies"], *chain.from_iterable(extras), *BUILD["requires"]]
    assert [text for text in every if not re.fullmatch(r"[\w-]+(==[\d.]+|>=[\d.]+,<[\d.]+)", text)] == []


def test_what_the_package_imports_it_declares() -> None:
    # What only the workbench and pictures need is an extra of its own; it is imported when they are asked for.
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["notebooks"], *extras["pictures"]]
    declared = {re.split("[=<>]", text)[0].lower().replace("_", "-") for text in wanted}
    names = {
        name
        for path in (ROOT / "lib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    modules = {name.split(".")[0] for name in names} - {"standoff", *sys.stdlib_module_names}
    packages = packages_distributions()
    missing = {
        module
        for module in modules
        if not declared & {name.lower().replace("_", "-") for name in packages.get(module, [module])}
    }
    assert missing == set()


def test_the_citation_has_the_version_and_licence_of_the_project() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_names_this_machine_or_a_registry() -> None:
    hosts = [r"pypi\.org", r"pythonhosted\.org", r"npmjs\.(?:org|com)", r"deb\.debian\.org"]
    machine = [rf"(?<![\w.])/{folder}/" for folder in ("work", "root", "farm")]
    forbidden = re.compile("|".join([*hosts, *machine]))
    found = {}
    for path in tracked():
        if path.suffix in TEXT_SUFFIXES and path.stat().st_size < 3_000_000:
            match = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            if match:
                found[path.name] = match[0]
    assert found == {}


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("help", "map", "test", "lint", "lab", "schema", "clean"):
        assert re.search(rf"^  make {target} +\S", done.stdout, re.MULTILINE), target


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
@pytest.mark.parametrize(
    "name",
    [
        "/tmp/my report.md",
        "x;touch ran",
        'a`touch ran`"b',
        "$(touch ran)",
        "$(shell touch ran)",
        "$HOME",
        "it's",
    ],
)
def test_make_hands_a_name_on_as_it_is(tmp_path: Path, name: str) -> None:
    program = tmp_path / "bin" / "standoff"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nfor word; do echo "$word"; done\n')
    program.chmod(0o755)
    command = [
        "make",
        "-f",
        str(ROOT / "Makefile"),
        "-o",
        f"{tmp_path}/.gazetteer",
        "map",
        f"VENV={tmp_path}",
    ]
    # These tests may run under `make test`, whose make would speak to the one below it.
    own = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(
        [*command, f"SEED={name}", f"OUT={name}"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env=own,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["map", name, "--output", name, "--summary"]
    assert not (tmp_path / "ran").exists()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=own)
    assert done.stdout.splitlines()[:2] == ["map", "seeds/at-tanf-2017-06-08.md"]


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_make_says_when_there_is_no_python_new_enough(tmp_path: Path) -> None:
    for name in ("python3", "python3.13", "python3.12", "python3.11", "python"):
        old = tmp_path / "bin" / name
        old.parent.mkdir(exist_ok=True)
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHON": ""}
    done = subprocess.run(
        ["make", "map", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode != 0
    assert "standoff: it needs Python 3.11 or later" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_ci_is_a_bash_script_that_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    if shutil.which("bash"):
        subprocess.run(["bash", "-n", str(script)], check=True)


@pytest.fixture(scope="module")
def wheel_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the python of a fresh environment that has standoff from its wheel.

    The other packages are those of the running environment, by a path file: to install them takes minutes.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True, timeout=300)
    (wheel,) = folder.glob("standoff-*.whl")
    home = folder / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)})
    install = ["--no-deps", "--no-index", "--quiet", "--target", site, str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "install", *install], check=True, timeout=300)
    # A plain .pth line does not run the path files of that folder, so the editable install stays out.
    (Path(site) / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.mark.slow
def test_the_wheel_reads_a_sample_from_another_folder(wheel_python: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "seeds" / "at-tanf-2017-06-08.md", tmp_path / "strike.md")
    code = (
        "import pathlib, standoff, standoff.resources as r; from standoff.schema import SCHEMA_FILE; "
        "print(pathlib.Path(standoff.__file__).parent); "
        "print(r.data_path(SCHEMA_FILE)); print(r.data_path('sites.csv'))"
    )
    where = subprocess.run(
        [wheel_python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    home = str(wheel_python.parents[1])
    assert all(line.startswith(home) for line in where.stdout.splitlines()), where.stdout

    read = [wheel_python, "-m", "standoff", "read", "strike.md", "--format", "jsonl"]
    done = subprocess.run(read, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"At Tanf' in done.stdout


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 10
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=300)
    assert (tmp_path / "strike.html").exists()


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_file_of_data_has_its_source_and_licence() -> None:
    data = ROOT / "data"
    told = (data / "LICENSES.md").read_text(encoding="utf-8")
    ours = {"LICENSES.md", "scripts", "schema"}
    files = [path.relative_to(data) for path in data.rglob("*") if path.is_file()]
    missing = [path.as_posix() for path in files if path.parts[0] not in ours and path.as_posix() not in told]
    assert missing == []
