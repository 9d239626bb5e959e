using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>What a virtual adapter is, and what is on its radio.</summary>
public sealed record NcpModel
{
    /// <summary>The adapter.</summary>
    public NcpOptions Adapter { get; init; } = new();

    /// <summary>How its radio behaves.</summary>
    public RadioOptions Radio { get; init; } = new();

    /// <summary>From which loss, signals and addresses follow.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The comms hub whose network is on the radio; null for a radio on which the adapter forms one.</summary>
    public HanHubModel? Hub { get; init; }

    /// <summary>The devices on the radio.</summary>
    public IReadOnlyList<HanDeviceModel> Devices { get; init; } = [];
}
