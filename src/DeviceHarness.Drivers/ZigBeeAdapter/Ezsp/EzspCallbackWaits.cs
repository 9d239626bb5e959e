using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Takes one callback; true when nothing more is awaited.</summary>
internal delegate bool TakeCallback(EzspFrameId id, ReadOnlyMemory<byte> parameters);

/// <summary>Those who asked the adapter for something that a callback tells the end of.</summary>
internal sealed class EzspCallbackWaits(string port, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly List<EzspCallbackWait> _waits = [];

    /// <summary>Begins to wait; before the command goes out, since a callback may come before its answer.</summary>
    internal EzspCallbackWait Begin(TakeCallback take)
    {
        EzspCallbackWait wait = new(this, take, port, timeProvider);
        lock (_gate)
        {
            _waits.Add(wait);
        }

        return wait;
    }

    /// <summary>Shows a callback to all who wait.</summary>
    internal void Heard(EzspFrameId id, ReadOnlyMemory<byte> parameters)
    {
        EzspCallbackWait[] waits;
        lock (_gate)
        {
            waits = [.. _waits];
        }

        foreach (EzspCallbackWait wait in waits)
        {
            wait.Heard(id, parameters);
        }
    }

    /// <summary>The adapter is lost: so is what they wait for.</summary>
    internal void Fail(HarnessException reason)
    {
        lock (_gate)
        {
            _waits.ForEach(wait => wait.Fail(reason));
        }
    }

    internal void End(EzspCallbackWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
        }
    }
}
