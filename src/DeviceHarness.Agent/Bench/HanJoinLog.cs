using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Agent.Bench;

/// <summary>Notes how the key establishments of devices end. From any thread.</summary>
internal sealed class HanJoinLog : IHanObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TaskCompletionSource<HanKeyEstablishment>> _ends = [];

    /// <inheritdoc/>
    public void Told(HanEvent told)
    {
        if (told is HanKeyEstablishment ended)
        {
            Of(ended.Eui64).TrySetResult(ended);
        }
    }

    /// <summary>Waits for the end of a device's key establishment.</summary>
    /// <returns>Whether a key was agreed on; and how it ended, in words.</returns>
    public async Task<(bool IsAgreed, string Text)> WaitAsync(
        ulong eui64, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            HanKeyEstablishment ended = await Of(eui64).Task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return ended.Failure == EstablishmentFailure.None
                ? (true, "established")
                : (false, $"failed: {ended.Failure}, {ended.Status}");
        }
        catch (TimeoutException)
        {
            return (false, $"none within {limit.TotalSeconds:F0} s");
        }
    }

    private TaskCompletionSource<HanKeyEstablishment> Of(ulong eui64)
    {
        lock (_gate)
        {
            if (!_ends.TryGetValue(eui64, out TaskCompletionSource<HanKeyEstablishment>? end))
            {
                end = new TaskCompletionSource<HanKeyEstablishment>(TaskCreationOptions.RunContinuationsAsynchronously);
                _ends.Add(eui64, end);
            }

            return end;
        }
    }
}
