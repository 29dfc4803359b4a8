"""log_each, log_once: the same norms, but how often do numbers travel from the device to the host?"""

import pytest
import torch
from pretend_devices import kinds, pretend
from torch.testing import assert_close

from grader.spec import probe

BOTH = ("log_each", "log_once")


def plain(norms):
    """What was returned, with the name of its type in place of what is no list, number or tensor."""
    if not isinstance(norms, list):
        return type(norms).__name__
    return [norm if isinstance(norm, (float, int, torch.Tensor)) else type(norm).__name__ for norm in norms]


def run(log, matrices, device="cuda:0", gpus=2):
    """Call one of the functions on a machine with GPUs: what it returns, and what the machine did."""
    with pretend(gpus) as machine:
        there = [M.to(device, copy=True) for M in matrices]
        machine.clear()
        norms = log(there)
        done = list(machine.log)
    return {
        "norms": plain(norms),
        "transfers": [entry["numel"] for entry in kinds(done, "transfer")],
        "products": len(kinds(done, "product")),
        "matrices": there,
    }


def norms_of(matrices):
    """The Frobenius norms of M Mᵀ, worked out in double precision from the entries."""
    doubles = [M.double() for M in matrices]
    return torch.stack([torch.einsum("ij,kj->ik", M, M).square().sum().sqrt() for M in doubles])


def numbers(norms):
    """The norms as one tensor; whether they are Python floats is a question of its own."""
    return torch.tensor([float(norm) for norm in norms], dtype=torch.float64)


def distinct(norms):
    """How many different numbers there are."""
    return len({float(norm) for norm in norms})


def check_norms(runs, matrices, rtol=1e-4):
    """Both functions gave the norms of these matrices, to this precision."""
    for name in BOTH:
        seen, expected = numbers(runs[name]["norms"]), norms_of(matrices)
        assert_close(seen, expected, rtol=rtol, atol=0.0, msg=lambda text, name=name: f"{name}: {text}")


@pytest.fixture
def oblong():
    """Matrices of one shape, which are not square; the sizes of their norms go up and down."""
    return [scale * torch.randn(3, 5) for scale in (4, 1, 8, 2)]


@pytest.fixture
def symmetric():
    """One matrix that is its own transpose."""
    A = torch.randn(5, 5)
    return [A + A.T]


@pytest.fixture(scope="module")
def square():
    return [torch.randn(4, 4) for _ in range(13)]


@pytest.fixture
def various():
    return [torch.randn(*shape) for shape in ((6, 2), (1, 5), (3, 3), (2, 7), (4, 1))]


@pytest.fixture(scope="module")
def double():
    return [torch.randn(4, 4, dtype=torch.float64) for _ in range(5)]


@pytest.fixture
def rotations():
    """The rows of each are orthonormal, so M Mᵀ is the identity."""
    return [torch.linalg.qr(torch.randn(6, 6)).Q for _ in range(3)]


@probe
def each_oblong(student, oblong):
    return run(student.log_each, oblong)["norms"]


@pytest.mark.points(2)
@pytest.mark.hint("Multiply by the transpose first; then the Frobenius norm is the root of the sum of all squares.")
def test_log_each_gives_the_norms(each_oblong, oblong):
    """log_each returns the norm of M Mᵀ for every matrix, in order"""
    assert_close(numbers(each_oblong), norms_of(oblong), rtol=1e-4, atol=0.0)


@probe
def once_oblong(student, oblong):
    return run(student.log_once, oblong)["norms"]


@pytest.mark.points(2)
@pytest.mark.hint("One number for every matrix, the same as from log_each.")
def test_log_once_gives_the_norms(once_oblong, oblong):
    """log_once returns the norm of M Mᵀ for every matrix, in order"""
    assert_close(numbers(once_oblong), norms_of(oblong), rtol=1e-4, atol=0.0)


@probe
def both_rotations(student, rotations):
    return {name: run(getattr(student, name), rotations) for name in BOTH}


@pytest.mark.hint("How long is the identity matrix with six rows if you write it as one vector?")
def test_norm_of_an_identity(both_rotations, rotations):
    """Where M Mᵀ is the identity matrix with six rows, the norm is the root of six"""
    check_norms(both_rotations, rotations)


@probe
def both_single(student, symmetric):
    return {name: run(getattr(student, name), symmetric) for name in BOTH}


@pytest.mark.hint("With one matrix there is nothing to confuse: is it the product whose norm you take?")
def test_a_single_matrix(both_single, symmetric):
    """A list with one matrix gives a list with one norm"""
    check_norms(both_single, symmetric)


@probe(scope="module")
def each_square(student, square):
    return run(student.log_each, square, "cuda:1")


@probe(scope="module")
def once_square(student, square):
    return run(student.log_once, square, "cuda:1")


@pytest.mark.hint("Look at type(norms) and type(norms[0]).")
def test_lists_of_python_floats(each_square, once_square, square):
    """Both return a list of Python floats, one for each matrix"""
    for name, norms in (("log_each", each_square["norms"]), ("log_once", once_square["norms"])):
        assert type(norms) is list, f"{name} does not return a list"
        assert all(type(norm) is float for norm in norms), f"{name} returns other things than floats"
        assert distinct(norms) == len(square), f"{name} does not return a number of its own for each"


@pytest.mark.points(3)
@pytest.mark.hint("Whatever makes Python know a value is a transfer: one for each matrix, no more and no less.")
def test_log_each_makes_one_transfer_per_matrix(each_square, square):
    """log_each makes one transfer from the device for each matrix"""
    assert len(each_square["transfers"]) == len(square)


@pytest.mark.points(4)
@pytest.mark.hint("Follow one norm from the product into the list. Where does Python have to know its value?")
def test_log_once_makes_one_transfer(once_square):
    """log_once makes one transfer from the device in all"""
    assert len(once_square["transfers"]) == 1


@pytest.mark.hint("What is the smallest thing that has to leave the device?")
def test_nothing_but_norms_is_transferred(each_square, once_square, square):
    """As many numbers leave the device as there are norms, in both functions"""
    for name, made in (("log_each", each_square), ("log_once", once_square)):
        assert sum(made["transfers"]) == len(square), f"{name}: {sum(made['transfers'])} numbers for {len(square)}"


@pytest.mark.hint("If one function is faster, for which of two reasons is it?")
def test_both_make_the_same_kind_of_products(each_square, once_square, square):
    """Either both functions multiply matrix by matrix, or neither does"""
    assert distinct(each_square["norms"]) == distinct(once_square["norms"]) == len(square)
    singly = {
        name: made["products"] >= len(square) for name, made in (("log_each", each_square), ("log_once", once_square))
    }
    assert singly["log_each"] == singly["log_once"], f"one call for each matrix: {singly}"


@probe
def both_various(student, various):
    return {name: run(getattr(student, name), various) for name in BOTH}


@pytest.mark.hint("Matrices of different shapes cannot be stacked. What has the same shape for all of them?")
def test_matrices_of_different_shapes(both_various, various):
    """The matrices may have different shapes, and need not be square"""
    check_norms(both_various, various)


@probe(scope="module")
def both_double(student, double):
    return {name: run(getattr(student, name), double) for name in BOTH}


@pytest.mark.hint("Which dtype has every tensor that you make on the way?")
def test_float64_stays_precise(both_double, double):
    """Matrices in float64 give norms in the precision of float64"""
    check_norms(both_double, double, rtol=1e-11)


@pytest.mark.hint("The caller's matrices are not yours to write to.")
def test_matrices_are_not_changed(each_square, once_square, both_double, square):
    """The matrices are the same after the call as before"""
    for name, made in (("log_each", each_square), ("log_once", once_square)):
        other = both_double[name]["norms"][0]
        assert float(made["norms"][0]) != float(other), f"{name} gives the same for any matrices"
        for seen, expected in zip(made["matrices"], square, strict=True):
            assert_close(seen, expected, rtol=0.0, atol=0.0)


@probe
def both_on_cpu(student, oblong):
    return {name: run(getattr(student, name), oblong, "cpu", gpus=0) for name in BOTH}


@pytest.mark.hint("Where to keep the norms is something that the matrices can tell.")
def test_works_on_the_cpu(both_on_cpu, oblong):
    """Both work for matrices on the CPU of a machine without a GPU"""
    check_norms(both_on_cpu, oblong)


@probe
def both_on_a_real_gpu(student, oblong, double):
    there = [[M.to("cuda:0") for M in matrices] for matrices in (oblong, double)]
    return [{name: {"norms": plain(getattr(student, name)(each))} for name in BOTH} for each in there]


@pytest.mark.cuda
@pytest.mark.points(0)
@pytest.mark.limits(probe=60)
@pytest.mark.hint("What holds on a pretend GPU should hold on a real one.")
def test_norms_from_a_real_gpu(both_on_a_real_gpu, oblong, double):
    """Both give the norms of matrices on a real GPU"""
    check_norms(both_on_a_real_gpu[0], oblong, rtol=1e-2)
    check_norms(both_on_a_real_gpu[1], double, rtol=1e-9)
