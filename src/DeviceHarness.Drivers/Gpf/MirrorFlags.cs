using DeviceHarness.Codecs.SmartEnergy;

namespace DeviceHarness.Drivers.Gpf;

/// <summary>What the answer to a report asks of a mirrored meter: some of the functional notification flags.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Metering, functional notification flags, as this harness's ZigBee guide 8.3 sums them up.</remarks>
[Flags]
internal enum MirrorFlags : uint
{
    /// <summary>Nothing waits.</summary>
    None = 0,

    /// <summary>Bit 12: report what stays of Basic.</summary>
    PushStaticBasic = 1u << 12,

    /// <summary>Bit 13: report what stays of Metering, such as unit, multiplier and divisor.</summary>
    PushStaticMetering = 1u << 13,

    /// <summary>Bit 14: report what stays of Prepayment.</summary>
    PushStaticPrepayment = 1u << 14,
}

/// <summary>What the flags are of.</summary>
internal static class MirrorFlagsFacts
{
    /// <summary>Of each flag the cluster, and the first of its attributes that stay.</summary>
    internal static IReadOnlyList<(MirrorFlags Flag, ushort Cluster, ushort First)> Fixed { get; } =
    [
        (MirrorFlags.PushStaticBasic, ClusterCatalogue.Basic.Id, 0x0000),
        (MirrorFlags.PushStaticMetering, ClusterCatalogue.Metering.Id, MeterScale.UnitAttribute),
        (MirrorFlags.PushStaticPrepayment, ClusterCatalogue.Prepayment.Id, 0x0500),
    ];
}
