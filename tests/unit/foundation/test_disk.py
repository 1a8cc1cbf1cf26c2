"""A file is there whole or not at all, for its owner alone; where it may take nothing's place, it takes none."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from chengnuo.foundation import disk


def lying(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_has_its_name_when_the_block_has_ended_and_not_before(tmp_path):
    path = tmp_path / "new" / "it"
    with disk.writing(path) as file:
        file.write(b"some")
        assert not path.exists()
        file.write(b"thing")
    assert lying(path.parent) == {"it": b"something"}
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("over", [True, False])
def test_what_breaks_off_leaves_what_was_there(tmp_path, over):
    disk.write_whole(tmp_path / "old", b"old")
    for name in ("old", "new"):
        with pytest.raises(ZeroDivisionError), disk.writing(tmp_path / name, over=over) as file:
            file.write(b"half" * (1 // 0))
    assert lying(tmp_path) == {"old": b"old"}


def test_another_file_keeps_its_place(tmp_path):
    disk.write_whole(tmp_path / "it", b"first", over=False)
    with pytest.raises(FileExistsError):
        disk.write_whole(tmp_path / "it", b"second", over=False)
    assert lying(tmp_path) == {"it": b"first"}
    disk.write_whole(tmp_path / "it", b"third")
    assert lying(tmp_path) == {"it": b"third"}


def test_of_two_at_once_one_is_there(tmp_path):
    both, there = Barrier(2), []

    def write(said):
        both.wait()
        try:
            disk.write_whole(tmp_path / "it", said, over=False)
        except FileExistsError:
            return
        there.append(said)

    threads = [Thread(target=write, args=(said,)) for said in (b"one", b"two")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [lying(tmp_path)] == [{"it": said} for said in there]


def test_on_a_stick_that_knows_no_links(tmp_path, monkeypatch):
    def without(*_names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(disk.os, "link", without)
    disk.write_whole(tmp_path / "key", b"private", over=False)
    with pytest.raises(FileExistsError):
        disk.write_whole(tmp_path / "key", b"other", over=False)
    assert lying(tmp_path) == {"key": b"private"}
