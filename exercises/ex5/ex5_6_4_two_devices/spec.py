"""multiply_on(pairs, devices): devices take turns, and all is launched before anything waits."""

from collections import Counter

import pytest
import torch
from pretend_devices import kinds, pretend
from torch.testing import assert_close

from grader.spec import error_of, probe

TWO = ["cuda:0", "cuda:1"]
REPEATED = [torch.device("cuda", 2), "cuda:0", torch.device("cuda:2"), "cuda:1"]


def make_pairs(count):
    """Pairs of matrices, each of other shapes, one of them in float64."""
    sizes = [(2, 3, 4), (5, 2, 6), (4, 7, 3), (3, 4, 8), (6, 5, 2), (7, 3, 5)]
    dtypes = [torch.float32, torch.float64, *[torch.float32] * 4]
    return [
        (torch.randn(n, k, dtype=dtype), torch.randn(k, m, dtype=dtype))
        for (n, k, m), dtype in list(zip(sizes, dtypes, strict=True))[:count]
    ]


@pytest.fixture(scope="module")
def pairs():
    return make_pairs(5)


@pytest.fixture(scope="module")
def few():
    return make_pairs(3)


def products(pairs):
    return [a @ b for a, b in pairs]


def in_turn(devices, count):
    return [str(torch.device(devices[i % len(devices)])) for i in range(count)]


def look_at(results):
    """Kind of the whole; device and value of each."""
    if not isinstance(results, (list, tuple)):
        return {"type": type(results).__name__, "devices": [], "values": []}
    devices = [str(r.device) if isinstance(r, torch.Tensor) else type(r).__name__ for r in results]
    return {"type": type(results).__name__, "devices": devices, "values": list(results)}


@probe(scope="module")
def on_two(student, pairs):
    """Five pairs from the CPU, two devices."""
    with pretend(count=2) as machine:
        results = student.multiply_on(pairs, list(TWO))
        log = list(machine.log)
        return {"log": log, **look_at(results)}


@probe(scope="module")
def on_four(student, pairs, few):
    """More pairs than devices, where a device is named twice; and fewer pairs than devices."""
    with pretend(count=4):
        many = look_at(student.multiply_on(list(pairs), list(REPEATED)))
        fewer = look_at(student.multiply_on(few, ["cuda:3", "cuda:2", "cuda:1", "cuda:0"]))
        return [many, fewer]


@probe(scope="module")
def from_other_devices(student, few):
    """Matrices which are on GPUs already, one of each pair where its product belongs."""
    with pretend(count=3) as machine:
        placed = [(machine.place(a, f"cuda:{i % 2}"), machine.place(b, "cuda:2")) for i, (a, b) in enumerate(few)]
        results = student.multiply_on(placed, list(TWO))
        log = list(machine.log)
        return {"log": log, **look_at(results)}


@probe(scope="module")
def on_one(student, pairs):
    """A single GPU; a machine with none."""
    with pretend(count=1):
        gpu = look_at(student.multiply_on(list(pairs), ["cuda:0"]))
    with pretend(count=0):
        cpu = look_at(student.multiply_on(list(pairs), ["cpu"]))
    return [gpu, cpu]


@probe(scope="module")
def called_twice(student, few):
    """Three pairs on two devices, twice."""
    with pretend(count=2):
        return [look_at(student.multiply_on(list(few), list(TWO))) for _ in range(2)]


@probe(scope="module")
def left_behind(student, few):
    """What the caller's own lists and matrices look like afterwards."""
    with pretend(count=2):
        own, devices = list(few), list(TWO)
        matrices = [matrix for pair in few for matrix in pair]
        seen = look_at(student.multiply_on(own, devices))
        return {
            "results": seen["values"],
            "pairs": [list(pair) for pair in own],
            "matrices": [(str(matrix.device), matrix) for matrix in matrices],
            "devices": [str(device) for device in devices],
        }


@probe(scope="module")
def without(student, few):
    """Without devices, with and without pairs; with a device and without pairs."""
    with pretend(count=2):
        return {
            "devices": error_of(student.multiply_on, few, []),
            "both": error_of(student.multiply_on, [], []),
            "pairs": student.multiply_on([], list(TWO)),
        }


@probe(scope="module")
def on_real_devices(student, pairs):
    """A real GPU and the CPU take turns."""
    return look_at(student.multiply_on(pairs, ["cuda:0", torch.device("cpu")]))


@pytest.mark.hint("Compare your results, one by one, with A @ B worked out by hand.")
def test_products_in_the_order_of_the_pairs(on_two, pairs):
    """The result is a list with the product of every pair, in the order of the pairs"""
    assert on_two["type"] == "list"
    assert_close(on_two["values"], products(pairs))


@pytest.mark.hint("Which device has its turn for pair 0, 1, 2, 3 if there are two?")
def test_devices_take_turns(on_two):
    """Result i stays on devices[i % 2] when there are two"""
    assert on_two["devices"] == in_turn(TWO, 5)


@pytest.mark.hint("The place in the list decides, not the name; devices may be strings or torch.device objects.")
def test_any_number_of_devices(on_four):
    """Fewer devices than pairs, more of them, or the same one twice: result i is on the right one"""
    assert on_four[0]["devices"] == in_turn(REPEATED, 5)
    assert on_four[1]["devices"] == ["cuda:3", "cuda:2", "cuda:1"]


@pytest.mark.hint("A product runs where its operands are. Once for each pair is enough.")
def test_each_product_is_computed_once_on_its_device(on_two):
    """Every product is computed once, on the device of its result"""
    launched = kinds(on_two["log"], "product")
    assert Counter(entry["device"] for entry in launched) == Counter(in_turn(TWO, 5))
    assert all(entry["batch"] == 1 for entry in launched)


@pytest.mark.points(3)
@pytest.mark.hint("Python hands a product to a GPU and goes on. What in your loop makes it stop and look at a result?")
def test_all_launched_before_anything_waits(on_two):
    """Nothing is waited for or brought to the CPU before the last product is launched"""
    log = on_two["log"]
    launched = [place for place, entry in enumerate(log) if entry["kind"] == "product"]
    assert len(launched) > 1, "there are not several matrix products"
    waits = kinds(log[: launched[-1]], "wait", "transfer")
    assert [entry["name"] for entry in waits] == [], "this waits for a device between two launches"


@pytest.mark.hint("A tensor can go from one GPU to another; it need not pass through the CPU.")
def test_operands_come_from_other_gpus(from_other_devices, few):
    """Matrices on other GPUs go straight to the device of their product"""
    assert_close(from_other_devices["values"], products(few))
    log = from_other_devices["log"]
    launched = [place for place, entry in enumerate(log) if entry["kind"] == "product"]
    assert launched, "no matrix product was launched"
    waits = kinds(log[: launched[0]], "wait", "transfer")
    assert [entry["name"] for entry in waits] == [], "this waits for a device before the first launch"


@pytest.mark.hint("Does your function count on two devices, or on GPUs?")
def test_one_device_does_everything(on_one, pairs):
    """With a single device, a GPU or the CPU, everything is computed there"""
    for seen, device in zip(on_one, ("cuda:0", "cpu"), strict=True):
        assert seen["devices"] == [device] * 5
        assert_close(seen["values"], products(pairs))


@pytest.mark.hint("Does anything outlive a call: a counter, an iterator, the order of a list?")
def test_second_call_starts_at_the_first_device(called_twice, few):
    """A second call begins at devices[0] again"""
    first, second = called_twice
    assert second["devices"] == first["devices"]
    assert_close(second["values"], products(few))


@pytest.mark.hint("Make a list of your own for what you produce, and leave the caller's lists and matrices alone.")
def test_arguments_stay_as_they_were(left_behind, few):
    """The caller's pairs, devices and matrices are the same after the call"""
    assert left_behind["results"], "nothing was computed"
    assert_close(left_behind["pairs"], [list(pair) for pair in few])
    assert [device for device, _ in left_behind["matrices"]] == ["cpu"] * 6
    assert_close([matrix for _, matrix in left_behind["matrices"]], [matrix for pair in few for matrix in pair])
    assert left_behind["devices"] == TWO


@pytest.mark.hint("When is `i % len(devices)` worked out if there are no pairs?")
def test_no_devices_is_a_value_error(without):
    """No devices is a ValueError, even without pairs; no pairs is an empty list"""
    assert without["devices"] and "ValueError" in without["devices"][0]
    assert without["both"] and "ValueError" in without["both"][0]
    assert without["pairs"] == []


@pytest.mark.cuda
@pytest.mark.points(0)
def test_on_a_real_gpu(on_real_devices, pairs):
    """The same on this machine's own GPU and its CPU"""
    assert on_real_devices["devices"] == in_turn(["cuda:0", "cpu"], 5)
    assert_close(on_real_devices["values"], products(pairs), rtol=1e-2, atol=1e-2)
