"""FourierLayer(): the coefficients 0 ... n//2 of every signal in a batch."""

import math

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe

LOOSE = {
    "rtol": 1e-3,
    "atol": 1e-3,
    "check_dtype": False,
}  # a transform written by hand rounds in its own way


def dft(X):
    """The coefficients 0 ... n//2, by the definition, in double precision."""
    n = X.shape[-1]
    angle = 2 * math.pi * torch.outer(torch.arange(n), torch.arange(n // 2 + 1)).double() / n
    return torch.complex(X.double() @ angle.cos(), -(X.double() @ angle.sin()))


@pytest.fixture
def even():
    return torch.randn(4, 10)


@pytest.fixture
def odd():
    return torch.randn(5, 9)


@pytest.fixture
def signal():
    return torch.randn(12)


@pytest.fixture
def ramp():
    return torch.linspace(-1, 3, 12)


@pytest.fixture
def channels():
    return torch.randn(3, 5, 8)


@pytest.fixture
def images():
    return torch.randn(2, 3, 5, 12)


@pytest.fixture
def even_signals():
    return [torch.randn(4, 10), torch.randn(5, 2), torch.randn(3, 16)]


@pytest.fixture
def odd_signals():
    return [torch.randn(4, 9), torch.randn(5, 1), torch.randn(3, 15)]


@probe
def coefficients(student, even, odd):
    return [student.FourierLayer()(even), student.FourierLayer()(odd)]


@probe
def of_even_lengths(student, even_signals):
    return [student.FourierLayer()(X) for X in even_signals]


@probe
def of_odd_lengths(student, odd_signals):
    return [student.FourierLayer()(X) for X in odd_signals]


@pytest.mark.hint("Frequency n/2 exists when n is even, and its coefficient belongs to the answer.")
def test_even_length(of_even_lengths, even_signals):
    """A signal of even length n gives n/2 + 1 coefficients"""
    expected = [(4, 6), (5, 2), (3, 9)]
    assert [tuple(seen.shape) for seen in of_even_lengths] == expected


@pytest.mark.hint("n//2 rounds down. Count the frequencies 0, 1, ..., n//2 for n = 9.")
def test_odd_length(of_odd_lengths, odd_signals):
    """A signal of odd length n gives (n + 1)/2 coefficients"""
    expected = [(4, 5), (5, 1), (3, 8)]
    assert [tuple(seen.shape) for seen in of_odd_lengths] == expected


@probe
def of_one_signal(student, signal, ramp):
    return student.FourierLayer()(signal), student.FourierLayer()(torch.stack([signal, ramp]))


@pytest.mark.hint("Indices such as X.shape[1] or [:, :k] need two dimensions. Count from the end.")
def test_one_signal(of_one_signal):
    """One signal without a batch gives the same coefficients as in a batch"""
    seen, batch = of_one_signal
    assert seen.abs().max() > 0.1
    assert_close(seen, batch[0], **LOOSE)


@probe
def of_more_dimensions(student, channels, images):
    return [student.FourierLayer()(X) for X in (channels, images)]


@pytest.mark.hint("n is the size of the last dimension, however many there are in front of it.")
def test_more_dimensions(of_more_dimensions):
    """3-D and 4-D input: only the last dimension changes its size"""
    assert [tuple(seen.shape) for seen in of_more_dimensions] == [(3, 5, 5), (2, 3, 5, 7)]


@pytest.mark.hint("A coefficient has a size and a phase: that takes a complex number.")
def test_complex(coefficients):
    """The coefficients are complex numbers, with an imaginary part"""
    for seen in coefficients:
        assert seen.is_complex(), f"the output is {seen.dtype}"
        assert seen.imag.abs().max() > 0.1, "all imaginary parts are zero"


@pytest.mark.hint("At k = 0 every exponential is 1. Which factor stands in front of the sum?")
def test_coefficient_zero_is_the_sum(coefficients, even, odd):
    """Coefficient 0 is the plain sum of the signal"""
    assert_close(coefficients[0][:, 0].real, even.sum(dim=1), **LOOSE)
    assert_close(coefficients[1][:, 0].real, odd.sum(dim=1), **LOOSE)


@pytest.mark.points(2)
@pytest.mark.hint("Compare with the sum in the docstring, for a short signal: factor, sign of the exponent, dimension.")
def test_values(coefficients, even, odd):
    """The low coefficients are those of the discrete Fourier transform"""
    assert_close(coefficients[0][:, :4], dft(even)[:, :4], **LOOSE)
    assert_close(coefficients[1][:, :4], dft(odd)[:, :4], **LOOSE)


@pytest.mark.hint(
    "A real signal of length n holds n numbers. Are there as many in your answer, real and imaginary parts?"
)
def test_signal_can_be_rebuilt(coefficients, even, odd):
    """Nothing is lost: the inverse transform gives the signals back"""
    assert_close(torch.fft.irfft(coefficients[0], n=10), even, **LOOSE)
    assert_close(torch.fft.irfft(coefficients[1], n=9), odd, **LOOSE)


@probe
def one_signal_replaced(student, channels, images, even, signal):
    before = student.FourierLayer()(channels.clone()), student.FourierLayer()(images.clone())
    channels[1, 2] = even[0, :8]
    images[1, 0, 3] = signal
    return before, (student.FourierLayer()(channels), student.FourierLayer()(images))


@pytest.mark.hint("Which dimensions does the transform run over? Samples and channels are separate signals.")
def test_signals_do_not_mix(one_signal_replaced):
    """Another signal in one channel of one sample changes no other coefficients"""
    before, after = one_signal_replaced
    changed = [(old - new).abs().amax(dim=-1) > 1e-3 for old, new in zip(before, after, strict=True)]
    expected = [torch.zeros(3, 5, dtype=torch.bool), torch.zeros(2, 3, 5, dtype=torch.bool)]
    expected[0][1, 2] = expected[1][1, 0, 3] = True
    assert_close(changed, expected)


@pytest.fixture
def step():
    return torch.randn(4, 10)


@pytest.fixture
def upstream():
    return torch.randn(2, 4, 4)


@probe
def gradient(student, even, step, upstream):
    X = even.clone().requires_grad_()
    out = student.FourierLayer()(X)[:, :4]
    (out * torch.complex(*upstream)).sum().real.backward()
    return X.grad, student.FourierLayer()(step)[:, :4]


@pytest.mark.hint("Something between input and output leaves the graph: NumPy, .data, .detach() or torch.no_grad().")
def test_gradients_flow(gradient, step, upstream):
    """Gradients flow back to the signals"""
    seen, moved = gradient
    assert seen.abs().max() > 1e-3, "the gradient is zero"
    # The layer is linear: its answer to a step is the change along that step.
    assert_close((seen * step).sum(), (moved * torch.complex(*upstream)).sum().real, **LOOSE)


@probe
def parameters(student, even):
    layer = student.FourierLayer()
    out = layer(even)
    return [name for name, _ in layer.named_parameters()], out


@pytest.mark.hint("There is nothing to learn in this layer. What stays fixed is no nn.Parameter.")
def test_no_parameters(parameters):
    """The layer has no parameters"""
    names, out = parameters
    assert out.abs().max() > 0.1
    assert names == []


@pytest.fixture
def double():
    return torch.randn(4, 10, dtype=torch.float64)


@probe
def of_double(student, double):
    return student.FourierLayer()(double), student.FourierLayer()(double.float())


@pytest.mark.hint("Follow the dtype through your layer: somewhere the signal is turned into float32.")
def test_double_precision(of_double):
    """Signals in float64 give coefficients in complex128"""
    seen, single = of_double
    assert seen.dtype == torch.complex128
    assert seen.abs().max() > 0.1
    assert_close(seen, single, **LOOSE)


@probe
def one_layer_for_all(student, even, odd):
    layer, single_use = student.FourierLayer(), [student.FourierLayer()(X) for X in (even, odd, even)]
    given = [even.clone(), odd.clone()]
    again = [layer(given[0]), layer(given[1]), layer.eval()(given[0])]
    return single_use, again, given


@pytest.mark.hint("Does the layer keep anything from its first call, or write into its input?")
def test_next_call_with_another_length(one_layer_for_all, even, odd):
    """One layer serves signals of one length, then of another, and leaves them as they are"""
    single_use, again, given = one_layer_for_all
    assert_close(given, [even, odd])
    for seen, expected in zip(again, single_use, strict=True):
        assert seen.abs().max() > 0.1
        assert_close(seen, expected, **LOOSE)
