"""Whoever holds a volume finds what is wrong with it, item by item, with this one file; and no archive does harm to its reader."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile

import pytest

from tests.contracts.repository import ROOT
from tests.factories import volumes
from tools import verify_volume

MANY = 500


@pytest.fixture
def verified(tmp_path, capsys):
    """Verifies these files; answers the exit code and what was said."""

    def ask(files, *more):
        folder = tmp_path / "bag"
        shutil.rmtree(folder, ignore_errors=True)
        code = verify_volume.main([str(volumes.written(files, folder)), *more])
        return code, capsys.readouterr().out

    return ask


@pytest.fixture
def heads(tmp_path):
    file = tmp_path / "heads.json"
    file.write_text(json.dumps(volumes.kept()))
    return str(file)


def zipped(path, files, **flags):
    with zipfile.ZipFile(path, "w", **flags) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def refused(path, capsys):
    assert verify_volume.main([str(path)]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return said.out


def test_a_volume_in_order_is_in_order(verified, heads):
    code, said = verified(volumes.bag(volumes.whole()), "--heads", heads)
    assert (code, said) == (0, "全部无误。\n全部無誤。\nAll of this is in order.\n")


def test_without_a_kept_head_it_says_what_cannot_be_known(verified):
    code, said = verified(volumes.bag(volumes.whole()), "--language", "en")
    assert code == 0
    assert "You gave no head" in said


def test_a_zip_is_read_without_being_unpacked(tmp_path, capsys):
    path = zipped(tmp_path / "volume.zip", volumes.bag(volumes.whole()), compression=zipfile.ZIP_DEFLATED)
    assert verify_volume.main([str(path)]) == 0
    assert "All of this is in order." in capsys.readouterr().out


def test_every_mutant_is_refused_with_its_item(verified):
    for kind, files, number in volumes.mutants(MANY):
        code, said = verified(files)
        assert code == 1, kind
        assert f"第{number}件" in said or f"#{number}" in said, (kind, number, said)


def test_it_speaks_three_languages(verified):
    files = volumes.bag(volumes.whole())
    files["data/items/003.txt"] += b"x"
    said = verified(files)[1]
    assert "第3件（记录3）：内容与清单" in said
    assert "第3件（記錄3）：內容與清單" in said
    assert "Item 3 (Minutes 3): not what the manifest (sha256) says. It was changed." in said


def test_a_volume_made_anew_with_its_log_is_told_by_a_kept_head(verified, heads):
    assert verified(volumes.forged())[0] == 0, "or the next line would prove nothing"
    assert verified(volumes.forged(), "--heads", heads)[0] == 1


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "data/catalogue.json", "data/proofs.json"])  # fmt: skip
def test_nothing_of_the_bag_may_be_missing_or_changed(verified, name):
    files = volumes.bag(volumes.whole())
    assert verified(files | {name: files[name] + b" "})[0] == 1
    del files[name]
    assert name in verified(files)[1] or name == "data/proofs.json"
    assert verified(files)[0] == 1


@pytest.mark.parametrize("name", ["data/items/more.txt", "more.txt", "data/more.bin"])
def test_an_additional_file_is_named(verified, name):
    code, said = verified(volumes.bag(volumes.whole()) | {name: b"x"})
    assert code == 1
    assert name in said


def test_the_last_item_left_out_with_its_proof_is_told_by_the_catalogue_s_own(verified):
    files = volumes.whole()
    volumes._no_proof(files, 12, None)
    catalogue = json.loads(files["catalogue.json"])
    files["catalogue.json"] = volumes.canonical(catalogue | {"items": catalogue["items"][:-1]})
    del files["items/012.txt"]
    code, said = verified(volumes.bag(files))
    assert code == 1
    assert "data/catalogue.json: not what the signed log says" in said


@pytest.mark.parametrize("name", ["/etc/passwd", "../evil", "data/../../evil", "data\\evil", "C:evil", "data/e\u0301.txt", "data/a\nb", "data/ a", "data//a", "~/a"])  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, capsys, name):
    path = zipped(tmp_path / "volume.zip", volumes.bag(volumes.whole()) | {name: b"x"})
    assert "this name is not safe" in refused(path, capsys)


def test_two_names_that_one_disk_would_hold_as_one_are_refused(tmp_path, capsys):
    path = zipped(
        tmp_path / "volume.zip", volumes.bag(volumes.whole()) | {"data/items/A.txt": b"x", "data/items/a.txt": b"y"}
    )
    assert "this name is not safe" in refused(path, capsys)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, capsys):
    bomb = {"data/items/bomb.txt": bytes(64 << 20)}
    path = zipped(tmp_path / "volume.zip", volumes.bag(volumes.whole()) | bomb, compression=zipfile.ZIP_DEFLATED)
    assert "packed beyond reason" in refused(path, capsys)


def test_a_giant_file_is_refused(tmp_path, capsys):
    folder = volumes.written(volumes.bag(volumes.whole()), tmp_path / "bag")
    with (folder / "data/items/001.txt").open("ab") as file:
        file.truncate(verify_volume.LARGEST + 1)
    assert "too large" in refused(folder, capsys)


def test_links_and_pipes_are_refused(tmp_path, capsys):
    folder = volumes.written(volumes.bag(volumes.whole()), tmp_path / "bag")
    (folder / "data/link").symlink_to("/etc/passwd")
    assert "a link" in refused(folder, capsys)
    (folder / "data/link").unlink()
    os.mkfifo(folder / "data/pipe")
    assert "a link" in refused(folder, capsys)


def test_a_link_in_a_zip_is_refused(tmp_path, capsys):
    path = zipped(tmp_path / "volume.zip", volumes.bag(volumes.whole()))
    with zipfile.ZipFile(path, "a") as packed:
        link = zipfile.ZipInfo("data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    assert "a link" in refused(path, capsys)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff" * 500, "第".encode("gb18030")])
def test_whatever_is_no_volume_is_answered_in_sentences(tmp_path, capsys, content):
    path = tmp_path / "volume.zip"
    path.write_bytes(content)
    refused(path, capsys)
    refused(tmp_path / "nowhere", capsys)


@pytest.mark.parametrize("name", ["catalogue.json", "proofs.json"])
@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"null", b"\xff\xfe", b"[" * 100_000, b'{"items": 1}', b'{"items": [{}]}']
)
def test_odd_files_are_answered_in_sentences(verified, name, content):
    assert verified(volumes.bag(volumes.whole() | {name: content}))[0] == 1


def test_it_stands_alone(tmp_path):
    """Any Python, no package: beside verify.py it checks everything, without it it says so."""
    folder = volumes.written(volumes.bag(volumes.whole()), tmp_path / "bag")
    shutil.copy(ROOT / "tools/verify_volume.py", tmp_path)
    command = [sys.executable, "-I", "-S", str(tmp_path / "verify_volume.py"), str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, "verify.py does not lie beside" in told.stdout) == (1, True)
    shutil.copy(ROOT / "tools/verify.py", tmp_path)
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
