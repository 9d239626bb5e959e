using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Ppmid;

/// <summary>One virtual prepayment meter interface device.</summary>
public sealed record PpmidModel
{
    /// <summary>What it says of itself.</summary>
    public required HanModelIdentity Identity { get; init; }

    /// <summary>The endpoint of the trust centre at which it reads the gas meter, and by which it tops it up (1 to 240).</summary>
    public byte MeterEndpoint { get; init; } = 1;

    /// <summary>How often it reads the meter (1 s to 24 h).</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(1);
}
