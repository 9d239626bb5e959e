using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>A message on the simulated radio: what is above the network layer, and between whom.</summary>
/// <param name="Source">The short address of the sender.</param>
/// <param name="Destination">The short address meant, or a broadcast address.</param>
/// <param name="Aps">The addressing above that; the encryption option says that the APS link key protects it.</param>
/// <param name="Payload">The message.</param>
public sealed record RadioFrame(ushort Source, ushort Destination, EmberApsFrame Aps, byte[] Payload)
{
    /// <summary>The lowest of the broadcast addresses.</summary>
    public const ushort FirstBroadcast = 0xFFF8;

    /// <summary>The broadcast address of all nodes, sleeping ones too.</summary>
    public const ushort ToAll = 0xFFFF;

    /// <summary>The broadcast address of the nodes whose receiver is on.</summary>
    public const ushort ToAwake = 0xFFFD;

    /// <summary>The broadcast address of the coordinator and the routers.</summary>
    public const ushort ToRouters = 0xFFFC;

    /// <summary>Whether it goes to many.</summary>
    public bool IsBroadcast => Destination >= FirstBroadcast;
}
