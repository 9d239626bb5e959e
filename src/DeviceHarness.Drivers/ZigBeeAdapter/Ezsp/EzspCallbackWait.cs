using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>One who waits for callbacks.</summary>
internal sealed class EzspCallbackWait(EzspCallbackWaits owner, TakeCallback take, string port, TimeProvider timeProvider) : IDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until nothing more is awaited.</summary>
    /// <exception cref="AdapterException">EZSP-016: it did not come in time; or the adapter is lost.</exception>
    internal async Task CompleteAsync(string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _done.Task.WaitAsync(limit, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw EzspFaults.NotConfirmed(port, what, limit);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => owner.End(this);

    internal void Heard(EzspFrameId id, ReadOnlyMemory<byte> parameters)
    {
        if (!_done.Task.IsCompleted && take(id, parameters))
        {
            _done.TrySetResult();
        }
    }

    internal void Fail(HarnessException reason) => _done.TrySetException(reason);
}
