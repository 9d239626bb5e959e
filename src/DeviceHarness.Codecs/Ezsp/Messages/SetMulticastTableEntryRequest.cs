namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Makes an endpoint a member of a group.</summary>
/// <param name="Index">The entry.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Endpoint">The endpoint; 0 for none.</param>
/// <param name="NetworkIndex">The network.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetMulticastTableEntryRequest(byte Index, ushort GroupId, byte Endpoint, byte NetworkIndex)
    : IEzspMessage<SetMulticastTableEntryRequest>
{
    /// <inheritdoc/>
    public static SetMulticastTableEntryRequest Read(ref EzspReader reader) => new(
        reader.ReadOctet(), reader.ReadWord(), reader.ReadOctet(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Index);
        writer.WriteWord(GroupId);
        writer.WriteOctet(Endpoint);
        writer.WriteOctet(NetworkIndex);
    }
}
