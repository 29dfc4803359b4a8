"""time_matmul: seconds for one product, on a clock that moves only when something is computed."""

import math

import pytest
import torch
from pretend_devices import kinds, pretend

from grader.spec import probe

REPEATS = 7


def seconds_of(student, device, lengths, repeats=REPEATS, making=0.0, gpus=1):
    """What the function returns on a machine whose products last `lengths` seconds, one after the other."""
    with pretend(gpus, clock=lengths, making=making):
        return student.time_matmul(5, device, repeats)


def follows(seconds, twice):
    """Whether this was measured: above 0, and twice as much where products last twice as long."""
    return type(seconds) is type(twice) is float and seconds > 0 and math.isclose(twice, 2 * seconds, rel_tol=1e-6)


def doubled(lengths):
    return [2 * seconds for seconds in lengths]


@pytest.fixture
def length():
    return 2 + 3 * torch.rand(()).item()


@pytest.fixture
def even(length):
    """Every product lasts as long as any other."""
    return [length] * 100


@pytest.fixture
def slow_start(length):
    """The first product of all takes far longer than the others."""
    return [200 * length] + [length] * 99


@pytest.fixture
def uneven():
    """As many lengths as repeats, used in turn: any `REPEATS` products in a row last equally long."""
    return (1 + torch.rand(REPEATS - 2)).tolist() + (20 + 10 * torch.rand(2)).tolist()


@probe
def even_seconds(student, even):
    return seconds_of(student, "cpu", even)


@pytest.mark.hint("In which unit does your clock count, and over how many products did it run?")
def test_seconds_for_one_product(even_seconds, length):
    """Where every product takes equally long, the result is that time, in seconds"""
    assert type(even_seconds) is float, "the result is not a Python float"
    assert even_seconds == pytest.approx(length, rel=1e-6)


@probe
def few_and_many_repeats(student, even):
    few, many = (seconds_of(student, "cpu", even, repeats) for repeats in (3, 12))
    return [few, many, seconds_of(student, "cpu", doubled(even), 12)]


@pytest.mark.hint("How long does one product take if twelve of them take a minute?")
def test_same_for_few_and_many_repeats(few_and_many_repeats):
    """Three repeats or twelve give the same result where every product takes equally long"""
    few, many, twice = few_and_many_repeats
    assert follows(many, twice), "the result does not follow the time that the products take"
    assert many == pytest.approx(few, rel=1e-6)


@probe
def uneven_seconds(student, uneven):
    return seconds_of(student, "cpu", uneven)


@pytest.mark.points(2)
@pytest.mark.hint("Mean: the time of all `repeats` products together, shared out evenly.")
def test_mean_of_all_repeats(uneven_seconds, uneven):
    """Where products take different times, the result is the mean over all of them"""
    assert uneven_seconds == pytest.approx(sum(uneven) / len(uneven), rel=1e-6)


@probe
def with_slow_start(student, even, slow_start):
    lengths = [even, doubled(even), slow_start]
    return [seconds_of(student, "cpu", each) for each in lengths]


@pytest.mark.points(2)
@pytest.mark.hint(
    "The first product on a device is slow for reasons of its own. On which side of the clock's start is it?"
)
def test_warm_up_not_timed(with_slow_start):
    """A very slow first product does not change the result"""
    seconds, twice, slow = with_slow_start
    assert follows(seconds, twice), "the result does not follow the time that the products take"
    assert slow == pytest.approx(seconds, rel=1e-6)


@probe
def with_slow_making(student, even):
    results = {}
    for device in ("cpu", "cuda:0"):
        quick, slow = (seconds_of(student, device, even, making=making) for making in (0.0, 300.0))
        results[device] = [quick, slow]
    return {**results, "twice": seconds_of(student, "cpu", doubled(even))}


@pytest.mark.points(2)
@pytest.mark.hint("What has to be ready before the clock starts, and stays the same for all repetitions?")
def test_operands_ready_before_the_clock_starts(with_slow_making):
    """The time for making the operands, or for moving them to the device, does not change the result"""
    quick, slow = with_slow_making["cpu"]
    assert follows(quick, with_slow_making["twice"]), "the result does not follow the time that the products take"
    assert slow == pytest.approx(quick, rel=1e-6)
    quick, slow = with_slow_making["cuda:0"]
    assert slow == pytest.approx(quick, rel=1e-6), "right on the CPU, but not on a GPU"


def products_of(student, size, device, *repeats, gpus=1):
    """Device and shapes of the operands of every product that one call makes."""
    with pretend(gpus, clock=[1.0]) as machine:
        student.time_matmul(size, device, *repeats)
    return [(entry["device"], entry["shapes"]) for entry in kinds(machine.log, "product")]


@probe(scope="module")
def products(student):
    return {
        "default": products_of(student, 6, "cpu"),
        "three": products_of(student, 5, "cpu", 3),
        "gpu": products_of(student, 5, "cuda:0", 4),
    }


@pytest.mark.hint("Count the products of one call: those between the two readings of the clock, and the warm-up.")
def test_one_product_for_each_repeat_and_one_warm_up(products):
    """There are `repeats` products and one before them, by default ten and one"""
    counts = {name: len(made) for name, made in products.items()}
    assert counts == {"default": 11, "three": 4, "gpu": 5}


def side_by_side(shapes):
    """The shapes without leading ones; of a bias or a number nothing is left."""
    cut = [list(shape) for shape in shapes]
    for shape in cut:
        while shape and shape[0] == 1:
            del shape[0]
    return [shape for shape in cut if shape]


@pytest.mark.hint("Which operation of PyTorch multiplies rows by columns? And what are the shapes of your operands?")
def test_matrices_of_the_right_size_are_multiplied(products):
    """Matrices of `size` rows and columns are multiplied, as matrices"""
    for name, size in (("default", 6), ("three", 5), ("gpu", 5)):
        assert products[name], "no matrix product was made"
        for _, shapes in products[name]:
            matrices = [shape for shape in side_by_side(shapes) if len(shape) > 1]
            assert all(shape == [size, size] for shape in matrices), f"size {size}, but operands are {shapes}"
            assert len(matrices) > 1 or len(shapes) == 1, f"size {size}, but operands are {shapes}"


@pytest.mark.hint("A product runs where its operands are.")
def test_products_run_on_the_device_asked_for(products):
    """The products run on the device that was asked for, although the machine has both"""
    devices = {name: {device for device, _ in made} for name, made in products.items()}
    assert devices == {"default": {"cpu"}, "three": {"cpu"}, "gpu": {"cuda:0"}}


@probe
def on_a_gpu(student, even):
    return [seconds_of(student, "cuda:0", lengths) for lengths in (even, doubled(even))]


@pytest.mark.points(4)
@pytest.mark.hint("When your loop is over, what does the program know about the products that it handed to the GPU?")
def test_gpu_is_done_when_the_clock_stops(on_a_gpu, length):
    """On a GPU the clock is stopped when the last product is finished, not when it is launched"""
    seconds, twice = on_a_gpu
    assert seconds > length * (1 - 1e-6), "less time than the products take: they were still running"
    assert follows(seconds, twice), "the result does not follow the time that the products take"


@probe
def uneven_seconds_on_a_gpu(student, uneven):
    """The first product of the cycle takes no time, so neither a warm-up nor waiting for it matters here."""
    return seconds_of(student, "cuda:0", [0.0, *uneven[1:]])


@pytest.mark.hint(
    "If the number is right on the CPU, but not here: what do CUDA events count, and what did you wait for?"
)
def test_mean_of_all_repeats_on_a_gpu(uneven_seconds_on_a_gpu, uneven):
    """On a GPU, too, the result is the mean over all repeats, in seconds"""
    assert uneven_seconds_on_a_gpu == pytest.approx(sum(uneven[1:]) / len(uneven), rel=1e-6)


@probe
def slow_start_on_a_gpu(student, even, slow_start):
    """The results with an even and with a slow start, and the machine's time after the second call."""
    seconds = seconds_of(student, "cuda:0", even)
    with pretend(1, clock=slow_start, making=0.0) as machine:
        slow = student.time_matmul(5, "cuda:0", REPEATS)
    return [seconds, slow, machine.now]


@pytest.mark.points(2)
@pytest.mark.hint("The warm-up stands above the clock in your code. Is it also over when the clock starts?")
def test_gpu_is_done_when_the_clock_starts(slow_start_on_a_gpu, slow_start):
    """On a GPU the clock is started when the warm-up is finished, however long that takes"""
    seconds, slow, now = slow_start_on_a_gpu
    assert type(slow) is float, "the result is not a Python float"
    assert slow == pytest.approx(seconds, rel=1e-6)
    assert now >= slow_start[0] * (1 - 1e-6), "the function returned before even the warm-up was finished"


@probe
def without_a_gpu(student, even):
    return [seconds_of(student, "cpu", lengths, gpus=0) for lengths in (even, doubled(even))]


@pytest.mark.hint("Who has to wait for whom when everything runs on the CPU?")
def test_runs_on_a_machine_without_a_gpu(without_a_gpu):
    """It measures on the CPU of a machine that has no GPU"""
    assert follows(*without_a_gpu), "the result does not follow the time that the products take"


@probe
def with_device_objects(student, even):
    cpu, gpu = torch.device("cpu"), torch.device("cuda", 0)
    seconds = [seconds_of(student, cpu, lengths) for lengths in (even, doubled(even))]
    return {
        "seconds": seconds,
        "cpu": products_of(student, 5, cpu, 3),
        "gpu": products_of(student, 5, gpu, 3),
    }


@pytest.mark.hint("A `torch.device` is not text: it has a `type` and an `index`.")
def test_device_as_an_object(with_device_objects):
    """`device` may be a torch.device as well as text"""
    assert follows(*with_device_objects["seconds"]), "the result does not follow the time that the products take"
    for name, device in (("cpu", "cpu"), ("gpu", "cuda:0")):
        assert {where for where, _ in with_device_objects[name]} == {device}


@probe
def on_a_real_gpu(student):
    return student.time_matmul(8192, "cuda:0", 5)


@pytest.mark.cuda
@pytest.mark.points(0)
@pytest.mark.limits(probe=60)
@pytest.mark.hint("No GPU makes so many multiplications in so short a time; launching them takes no longer.")
def test_real_gpu_is_waited_for(on_a_real_gpu):
    """On a real GPU a large product does not take less time than any GPU could do it in"""
    assert type(on_a_real_gpu) is float
    assert on_a_real_gpu > 2 * 8192**3 / 5e15, "five thousand million million operations in a second"
