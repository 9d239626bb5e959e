using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>How a host speaks with an adapter.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs) and the times of a host in wide use, as this harness's
/// ZigBee guide 3.5 and 3.6 sums them up.</remarks>
public sealed record AshHostSettings
{
    /// <summary>The most frames that may be under way without acknowledgement.</summary>
    public const int MaximumWindowFrames = 5;

    /// <summary>How many frames may be under way without acknowledgement, 1 to <see cref="MaximumWindowFrames"/>.</summary>
    public int WindowFrames { get; init; } = 3;

    /// <summary>How often RST is sent before the adapter counts as silent; 1 or more.</summary>
    public int ResetTries { get; init; } = 5;

    /// <summary>How long RSTACK may take.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromSeconds(3.2);

    /// <summary>How long an acknowledgement may take at first.</summary>
    public TimeSpan InitialAckTime { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>How long an acknowledgement may take at least.</summary>
    public TimeSpan MinimumAckTime { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>How long an acknowledgement may take at most.</summary>
    public TimeSpan MaximumAckTime { get; init; } = TimeSpan.FromSeconds(2.4);

    /// <summary>How many rounds of sending again there are without progress before the link counts as lost; 1 or more.</summary>
    public int RepeatRounds { get; init; } = 6;

    /// <summary>How often a host that is not ready says so again: the adapter forgets it after a second.</summary>
    public TimeSpan NotReadyRefresh { get; init; } = TimeSpan.FromSeconds(0.48);

    /// <summary>Whether XOFF from the adapter holds our frames back. Not on a line with RTS and CTS, where an adapter may send a stray one
    /// at boot.</summary>
    public bool ObeysXOff { get; init; } = true;

    /// <summary>How long XOFF holds when no XON comes.</summary>
    public TimeSpan MaximumHold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest data field that is taken, in octets.</summary>
    public int MaximumReceivedOctets { get; init; } = AshFrame.ExtendedDataOctets;
}
