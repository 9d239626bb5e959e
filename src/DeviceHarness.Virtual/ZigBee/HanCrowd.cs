using System.Globalization;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Many plain devices on one radio, to load a host with.</summary>
public sealed record HanCrowd
{
    /// <summary>The most devices of a kind.</summary>
    public const int Most = 120;

    /// <summary>The EUI-64 of the first; the others follow it.</summary>
    public required ulong FirstEui64 { get; init; }

    /// <summary>How many are on mains (0 to 120).</summary>
    public int Mains { get; init; }

    /// <summary>How many sleep and ask their parent (0 to 120); an adapter has room for 32 unless its host says otherwise.</summary>
    public int Sleepy { get; init; }

    /// <summary>The part of transmissions to and from each that is lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>How often a sleepy one asks.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The link key with which all join.</summary>
    public EzspKey LinkKey { get; init; } = HanDeviceModel.WellKnownLinkKey;

    /// <summary>The devices: those on mains first, each kind numbered from 1. They join one after the other.</summary>
    public IReadOnlyList<HanDeviceModel> Devices() =>
    [
        .. Enumerable.Range(0, Mains).Select(index => Device("mains", index, index, EmberNodeType.Router)),
        .. Enumerable.Range(0, Sleepy).Select(index => Device("sleepy", index, Mains + index, EmberNodeType.SleepyEndDevice)),
    ];

    private HanDeviceModel Device(string kind, int index, int place, EmberNodeType type)
    {
        HanDeviceModel plain = new() { Name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{index + 1:00}"), Eui64 = FirstEui64 };
        return plain with
        {
            Eui64 = FirstEui64 + (ulong)place,
            NodeType = type,
            LinkKey = LinkKey,
            JoinDelay = plain.JoinDelay * (place + 1),
            Place = new RadioPlace { Loss = Loss, Polls = new PollModel { Interval = Poll } },
        };
    }
}
