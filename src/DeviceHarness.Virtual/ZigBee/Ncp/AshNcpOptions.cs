namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>How the adapter's side of the ASH link behaves.</summary>
/// <remarks>Source: UART-EZSP gateway protocol reference, as this harness's ZigBee guide 3.5 to 3.7 sums it up.</remarks>
public sealed record AshNcpOptions
{
    /// <summary>T_RX_ACK_INIT: how long an acknowledgement is waited for at first.</summary>
    public TimeSpan AckTimeoutInitial { get; init; } = TimeSpan.FromSeconds(1.6);

    /// <summary>T_RX_ACK_MIN: the shortest that this time becomes.</summary>
    public TimeSpan AckTimeoutMinimum { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>T_RX_ACK_MAX: the longest that this time becomes.</summary>
    public TimeSpan AckTimeoutMaximum { get; init; } = TimeSpan.FromSeconds(3.2);

    /// <summary>T_TX_ACK_DELAY: how long an acknowledgement waits for a frame to ride on.</summary>
    public TimeSpan AckDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>T_REMOTE_NOTRDY: how long the host's "not ready" lasts unless it is repeated.</summary>
    public TimeSpan NotReadyTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many frames may be unacknowledged, 1 to 7.</summary>
    public int WindowFrames { get; init; } = 5;

    /// <summary>ACK_TIMEOUTS: with so many in a row the link fails.</summary>
    public int AckTimeoutLimit { get; init; } = 4;

    /// <summary>How many resets get no answer at first.</summary>
    public int IgnoredResets { get; init; }

    /// <summary>Whether XOFF and XON precede the answer to a reset, as an image for software flow control sends them at boot.</summary>
    public bool SendsFlowOctets { get; init; }

    /// <summary>What happens to frames on the line.</summary>
    public IReadOnlyList<AshFrameFault> Faults { get; init; } = [];
}
