"""The tree is that of RFC 9162: another program's proofs are ours, and no forged one is believed."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from chengnuo.core.log import tree

MOST = 1500
PROOFS = 20_000
# "Merkle Tree test vectors" of Certificate Transparency: the leaves, and the roots of the first 1 to 8 of them
VECTORS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


class Store:
    """A tree with every node it has made."""

    def __init__(self, leaves):
        self.nodes, self.leaves = {}, list(leaves)
        for size, each in enumerate(self.leaves):
            for node, found in tree.grown(size, each, self.read):
                assert node not in self.nodes, "a node is written once"
                self.nodes[node] = found

    def read(self, node):
        return self.nodes[node]

    def root(self, size=None):
        return tree.root(len(self.leaves) if size is None else size, self.read)

    def hashes(self, spans):
        return [tree.hash_of(span, self.read) for span in spans]


@pytest.fixture(scope="module")
def ours():
    return Store(leaf(str(number).encode()) for number in range(MOST))


@pytest.fixture(scope="module")
def theirs():
    other = InmemoryTree(algorithm="sha256")
    for number in range(MOST):
        other.append_entry(str(number).encode())
    return other


def test_roots_are_those_of_the_published_vectors():
    store = Store(leaf(bytes.fromhex(data)) for data in VECTORS)
    assert [store.root(size).hex() for size in range(1, 9)] == ROOTS
    assert store.root(0).hex() == hashlib.sha256().hexdigest()


def test_twenty_thousand_proofs_are_those_of_another_program(ours, theirs):
    chance = Random(9162)
    for _ in range(PROOFS // 2):
        size = chance.randint(1, MOST)
        index = chance.randrange(size)
        proof = ours.hashes(tree.inclusion(index, size))
        assert proof == theirs.prove_inclusion(index + 1, size).path[1:]
        assert tree.included(ours.leaves[index], index, size, proof, theirs.get_root(size))
    for _ in range(PROOFS // 2):
        newer = chance.randint(2, MOST)
        older = chance.randint(1, newer)
        proof = ours.hashes(tree.consistency(older, newer))
        # pymerkle splits its last step into leaves, so not the hashes but what they prove is compared
        assert tree.consistent(older, theirs.get_root(older), newer, theirs.get_root(newer), proof)


def test_a_proof_takes_as_many_hashes_as_the_tree_is_deep():
    for size in (1, 2, 3, 1000, 2**20, 2**20 + 1):
        depth = (size - 1).bit_length()
        assert all(len(tree.inclusion(index, size)) <= depth for index in {0, size // 2, size - 1})
        assert all(len(tree.nodes_of(span)) <= depth for index in {0, size - 1} for span in tree.inclusion(index, size))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (5, 4)])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match=f"leaf {index} is not in a tree of {size}"):
        tree.inclusion(index, size)


@pytest.mark.parametrize(("older", "newer"), [(0, 0), (0, 5), (5, 4), (-1, 4)])
def test_no_proof_is_made_from_nothing_or_backwards(older, newer):
    with pytest.raises(ValueError, match="cannot begin with"):
        tree.consistency(older, newer)


SIZES = st.integers(1, 200)


@given(size=SIZES, data=st.data())
def test_a_forged_proof_of_inclusion_is_refused(ours, size, data):
    index = data.draw(st.integers(0, size - 1))
    proof, root, found = ours.hashes(tree.inclusion(index, size)), ours.root(size), ours.leaves[index]
    assert tree.included(found, index, size, proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != index) if size > 1 else st.just(1))
    assert not tree.included(found, other, size, proof, root), "another place"
    assert not tree.included(leaf(b"forged"), index, size, proof, root), "another leaf"
    assert not tree.included(found, index, size, proof, leaf(b"forged")), "another root"
    assert not tree.included(found, index, size, [*proof, root], root), "a step too many"
    if proof:
        step = data.draw(st.integers(0, len(proof) - 1))
        assert not tree.included(found, index, size, proof[:step] + proof[step + 1 :], root), "a step is gone"
        bent = [leaf(each) if at == step else each for at, each in enumerate(proof)]
        assert not tree.included(found, index, size, bent, root), "a step is bent"
        if len(set(proof)) > 1:
            assert not tree.included(found, index, size, proof[::-1], root), "in another order"


@pytest.mark.parametrize("size", [2, 4, 7, 64])
def test_an_inner_node_never_passes_for_a_leaf(ours, size):
    """The rest of the path leads from it to the root, one step too early."""
    proof, root = ours.hashes(tree.inclusion(0, size)), ours.root(size)
    inner = tree.parent(ours.leaves[0], ours.leaves[1])
    assert not tree.included(inner, 0, size, proof[1:], root)
    if size > 2:
        assert tree.included(inner, 0, size // 2 + size % 2, proof[1:], root), "only as a leaf of a smaller tree"


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (0, -1)])
def test_a_place_outside_of_the_tree_is_never_proven(ours, index, size):
    assert not tree.included(ours.leaves[0], index, size, [], ours.leaves[0])


@given(sizes=st.tuples(SIZES, SIZES).map(sorted), data=st.data())
def test_a_forged_proof_of_consistency_is_refused(ours, sizes, data):
    older, newer = sizes
    proof = ours.hashes(tree.consistency(older, newer))
    old, new = ours.root(older), ours.root(newer)
    assert tree.consistent(older, old, newer, new, proof)
    assert not tree.consistent(older, leaf(b"forged"), newer, new, proof), "another past"
    assert not tree.consistent(older, old, newer, leaf(b"forged"), proof), "another present"
    assert not tree.consistent(older, old, newer, new, [*proof, old]), "a step too many"
    if older < newer:
        assert not tree.consistent(newer, new, older, old, proof), "backwards"
        assert not tree.consistent(older, old, newer, new, []), "no proof at all"
        step = data.draw(st.integers(0, len(proof) - 1))
        bent = [leaf(each) if at == step else each for at, each in enumerate(proof)]
        assert not tree.consistent(older, old, newer, new, bent), "a step is bent"
        assert not tree.consistent(older, old, newer, new, proof[:step] + proof[step + 1 :]), "a step is gone"


@given(size=st.integers(2, 64), data=st.data())
def test_a_log_in_which_anything_changed_is_another_log(ours, size, data):
    """Flip, remove, insert, swap: the root differs, and nothing that was signed before fits any more."""
    at = data.draw(st.integers(0, size - 1))
    before = ours.leaves[:size]
    swapped = [before[-1], *before[1:-1], before[0]]
    changes = (
        [*before[:at], leaf(b"forged"), *before[at + 1 :]],
        [*before[:at], *before[at + 1 :]],
        [*before[:at], leaf(b"forged"), *before[at:]],
        swapped,
    )
    for changed in changes:
        forged = Store(changed)
        assert forged.root() != ours.root(size)
        older = min(size, len(changed))
        if changed[:older] != before[:older]:
            proof = forged.hashes(tree.consistency(older, len(changed)))
            assert not tree.consistent(older, ours.root(older), len(changed), forged.root(), proof)


@given(st.integers(0, 5000))
def test_peaks_are_complete_subtrees_that_fill_the_tree(size):
    widths = [1 << level for level, _ in tree.peaks(size)]
    assert sum(widths) == size
    assert widths == sorted(set(widths), reverse=True)
    assert [index << level for level, index in tree.peaks(size)] == [sum(widths[:at]) for at in range(len(widths))]


def test_growing_reads_only_the_peaks(ours):
    """So that the sequencer needs one query for any number of new entries."""
    for size in range(300):
        known = dict.fromkeys(tree.peaks(size), b"x" * 32)
        tree.grown(size, b"y" * 32, known.__getitem__)
