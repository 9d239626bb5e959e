using DeviceHarness.Virtual.Control;

namespace DeviceHarness.Virtual.Power;

/// <summary>A contact of a relay board, and the meters that are wired behind it.</summary>
/// <param name="channel">The channel whose coil moves it, from 1.</param>
/// <param name="isNormallyClosed">Whether it feeds while the coil is not driven.</param>
/// <param name="relays">Where the meters get their supply.</param>
public sealed class BoardContact(int channel, bool isNormallyClosed, IReadOnlyList<VirtualRelay> relays)
{
    /// <summary>The channel whose coil moves it, from 1.</summary>
    public int Channel => channel;

    /// <summary>Moves it as its coil does.</summary>
    /// <param name="isDriven">Whether the coil is driven.</param>
    internal void Follow(bool isDriven)
    {
        foreach (VirtualRelay relay in relays)
        {
            relay.SetInSeries(this, isClosed: isDriven != isNormallyClosed);
        }
    }
}
