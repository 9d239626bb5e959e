namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A device joined, rejoined or left, as the trust centre is told.</summary>
/// <param name="NodeId">Its short address.</param>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="Update">What it did.</param>
/// <param name="Decision">What the trust centre decided: 0 its preconfigured key, 1 key in clear, 2 denied, 3 nothing.</param>
/// <param name="ParentId">The short address of its parent.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct TrustCenterJoin(ushort NodeId, ulong Eui64, EmberDeviceUpdate Update, byte Decision, ushort ParentId)
    : IEzspMessage<TrustCenterJoin>
{
    /// <inheritdoc/>
    public static TrustCenterJoin Read(ref EzspReader reader) => new(
        reader.ReadWord(), reader.ReadEui64(), (EmberDeviceUpdate)reader.ReadOctet(), reader.ReadOctet(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(NodeId);
        writer.WriteEui64(Eui64);
        writer.WriteOctet((byte)Update);
        writer.WriteOctet(Decision);
        writer.WriteWord(ParentId);
    }
}
