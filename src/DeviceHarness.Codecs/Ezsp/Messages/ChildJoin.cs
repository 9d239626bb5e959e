namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A child came or went.</summary>
/// <param name="Index">Its entry in the child table.</param>
/// <param name="IsJoining">Whether it came.</param>
/// <param name="ChildId">Its short address.</param>
/// <param name="ChildEui64">Its EUI-64.</param>
/// <param name="ChildType">What it is.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ChildJoin(byte Index, bool IsJoining, ushort ChildId, ulong ChildEui64, EmberNodeType ChildType)
    : IEzspMessage<ChildJoin>
{
    /// <inheritdoc/>
    public static ChildJoin Read(ref EzspReader reader) => new(
        reader.ReadOctet(), reader.ReadBool(), reader.ReadWord(), reader.ReadEui64(), (EmberNodeType)reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Index);
        writer.WriteBool(IsJoining);
        writer.WriteWord(ChildId);
        writer.WriteEui64(ChildEui64);
        writer.WriteOctet((byte)ChildType);
    }
}
