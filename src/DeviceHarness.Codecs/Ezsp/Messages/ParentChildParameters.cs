namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>How many children the adapter has, and its parent.</summary>
/// <param name="ChildCount">The children.</param>
/// <param name="ParentEui64">The EUI-64 of the parent; 0 of none.</param>
/// <param name="ParentId">The short address of the parent; FFFF of none.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ParentChildParameters(byte ChildCount, ulong ParentEui64, ushort ParentId)
    : IEzspMessage<ParentChildParameters>
{
    /// <inheritdoc/>
    public static ParentChildParameters Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadEui64(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(ChildCount);
        writer.WriteEui64(ParentEui64);
        writer.WriteWord(ParentId);
    }
}
