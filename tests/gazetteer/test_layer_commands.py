"""standoff gazetteer add, info, remove: what they print, and one line for everything that is wrong."""

import pytest

from standoff.cli import main
from standoff.gazetteer import Gazetteer, Regions


@pytest.fixture
def run(tmp_path, regions, monkeypatch, capsys):
    monkeypatch.setattr(Regions, "open", lambda: regions)
    monkeypatch.setenv("STANDOFF_DATA", str(tmp_path / "data"))

    def ran(*arguments):
        status = main(["gazetteer", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


@pytest.fixture
def sites(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(
        "name,lat,lon,kind\nPost \x1b[31mRed,33.5,38.6,base\nPost 7,33.5,38.6,base\nPost 8,x,38,\n"
    )
    return path


def test_add_find_info_remove(run, sites):
    status, out, err = run("add", sites, "--name", "our-sites")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "added our-sites: 1 places; 2 rows could not be read"
    assert "line 4: latitude 'x' is not a number" in out
    assert "\x1b" not in out

    status, out, _ = run("find", "Post 7")
    assert status == 0
    assert "own:post-7-" in out

    status, out, _ = run("info")
    assert status == 0
    for words in (
        "layers    1 in",
        "our-sites: own sites, 1 places",
        str(sites),
        "sha256",
        "added 20",
        "line 2: ",
    ):
        assert words in out

    assert run("remove", "our-sites")[0] == 0
    assert run("find", "Post 7")[0] == 1
    assert "layers    none in" in run("info")[1]


def test_what_is_wrong_is_one_line(run, sites, tmp_path):
    for arguments, words in [
        (("add", tmp_path / "gone.csv"), "there is no such file"),
        (("add", tmp_path), "this is a folder"),
        (("add", sites, "--name", "../x"), "cannot be the name of a layer"),
        (("remove", "gone"), "there is no layer gone; there are: none"),
        (("fetch", "Syria"), "two letters"),
    ]:
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("standoff: ")
        assert err.count("\n") == 1
        assert words in err


def test_a_damaged_layer_is_listed_and_can_be_removed(run, sites, tmp_path):
    run("add", sites)
    layer = tmp_path / "data" / "layers" / "sites.sqlite"
    layer.write_bytes(layer.read_bytes()[:5000])
    status, out, _ = run("info")
    assert status == 0
    assert "sites: is damaged; add its file again, or remove it" in out
    status, _, err = run("find", "Post 7")
    assert status == 2
    assert "the layer sites" in err
    assert run("remove", "sites")[0] == 0
    with Gazetteer.open() as gazetteer:
        assert gazetteer.knows("At Tanf")


def test_own_sites_are_known_to_a_reading(run, tmp_path):
    import standoff

    report = tmp_path / "report.txt"
    report.write_text("A drone hit a truck 5 km north of Qwarish on Monday.")
    path = tmp_path / "sites.csv"
    path.write_text("name,lat,lon,kind\nQwarish,33.5,38.6,base\n")
    run("add", path)
    reading = standoff.read(report)
    (place,) = [mention for mention in reading.record.places if mention.text == "Qwarish"]
    assert place.place.lat == 33.5
    assert "one of your own sites" in place.reason


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("33.50, 38.62", "SY\n"),
        ("33.375 38.794", "IQ or JO or SY: within 2 km of a border"),
        ("35.5, 34.5", "at sea\n"),
        ("33.9, 35.466", "at sea: within 2 km of the coast"),
    ],
)
def test_find_tells_the_side_of_a_border(capsys, position, words):
    assert main(["gazetteer", "find", position, "--limit", "3"]) == 0
    assert words in capsys.readouterr().out.replace("LB, or ", "")


def test_numbers_that_are_no_position_are_a_name(capsys):
    assert main(["gazetteer", "find", "95, 38"]) == 1
    assert "no place called 95, 38" in capsys.readouterr().err
