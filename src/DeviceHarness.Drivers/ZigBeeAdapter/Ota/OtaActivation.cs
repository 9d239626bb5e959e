namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>When a client that has the whole image is to run it.</summary>
public sealed record OtaActivation
{
    private OtaActivation()
    {
    }

    /// <summary>At once.</summary>
    public static OtaActivation AtOnce { get; } = new() { Delay = TimeSpan.Zero };

    /// <summary>When it is told, by <see cref="OtaServer.Activate(ulong, TimeSpan)"/>.</summary>
    public static OtaActivation WhenTold { get; } = new();

    /// <summary>How long after it asked; null when at a moment, or when told.</summary>
    public TimeSpan? Delay { get; private init; }

    /// <summary>The moment; null when after a delay, or when told.</summary>
    public DateTimeOffset? Moment { get; private init; }

    /// <summary>Some time after it asked.</summary>
    /// <param name="delay">0 or more; sent in whole seconds, rounded up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public static OtaActivation After(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new() { Delay = delay };
    }

    /// <summary>At a moment; at once when that is past. The server needs to know the time for it.</summary>
    /// <param name="moment">The moment.</param>
    public static OtaActivation At(DateTimeOffset moment) => new() { Moment = moment };
}
