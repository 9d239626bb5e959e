using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>An emergency stop or isolator at a GPIO line, and the button of the bench at another. The lines are taken when they are first
/// asked for, and held from then on. Safe for use from any thread.</summary>
/// <param name="isolation">The line that is active while the bench is isolated.</param>
/// <param name="button">The line that is active while the button is pressed; null for a bench without one.</param>
internal sealed class GpioIsolation(GpioLineSettings isolation, GpioLineSettings? button) : IIsolationInput, IDisposable
{
    private readonly Lock _gate = new();
    private GpioInput? _isolation;
    private GpioInput? _button;
    private long _seen;

    /// <inheritdoc/>
    public Task<bool> WasIsolatedAsync(CancellationToken cancellationToken) => Task.FromResult(Through(() =>
    {
        IReadOnlyList<GpioEdge> edges = _isolation!.Edges();
        bool was = edges.Any(edge => edge.IsActive && edge.Sequence > _seen);
        _seen = edges.Count == 0 ? _seen : edges[^1].Sequence;
        return was || _isolation.Get();
    }));

    /// <inheritdoc/>
    public Task<bool> IsIsolatedAsync(CancellationToken cancellationToken) => Task.FromResult(Through(() => _isolation!.Get()));

    /// <inheritdoc/>
    public Task<bool> WasAcknowledgedAsync(CancellationToken cancellationToken) => Task.FromResult(Through(() =>
    {
        // Only a press after the isolation ended: one that was held down all the while lets nothing on.
        long ended = _isolation!.Edges().LastOrDefault(edge => !edge.IsActive).Timestamp;
        return !_isolation.Get() && _button?.Edges().Any(edge => edge.IsActive && edge.Timestamp > ended) == true;
    }));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private bool Through(Func<bool> look)
    {
        lock (_gate)
        {
            try
            {
                _isolation ??= GpioInput.Open(isolation);
                _button ??= button is null ? null : GpioInput.Open(button);
                return look();
            }
            catch (TransportException)
            {
                Close();
                throw;
            }
        }
    }

    private void Close()
    {
        _isolation?.Dispose();
        _button?.Dispose();
        _isolation = null;
        _button = null;
        _seen = 0;
    }
}
