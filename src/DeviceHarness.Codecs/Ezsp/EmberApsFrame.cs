namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The addressing of a message above the network layer; 11 octets.</summary>
/// <param name="Profile">The profile; 0 is ZDO, 0109 Smart Energy.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="SourceEndpoint">The endpoint that sends.</param>
/// <param name="DestinationEndpoint">The endpoint that is meant.</param>
/// <param name="Options">The options.</param>
/// <param name="GroupId">The group; of a fragment its number, and above it how many there are.</param>
/// <param name="Sequence">The APS counter; the adapter gives it to what is sent.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct EmberApsFrame(
    ushort Profile, ushort Cluster, byte SourceEndpoint, byte DestinationEndpoint, EmberApsOptions Options, ushort GroupId,
    byte Sequence)
    : IEzspMessage<EmberApsFrame>
{
    /// <inheritdoc/>
    public static EmberApsFrame Read(ref EzspReader reader) => new(
        reader.ReadWord(), reader.ReadWord(), reader.ReadOctet(), reader.ReadOctet(), (EmberApsOptions)reader.ReadWord(),
        reader.ReadWord(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Profile);
        writer.WriteWord(Cluster);
        writer.WriteOctet(SourceEndpoint);
        writer.WriteOctet(DestinationEndpoint);
        writer.WriteWord((ushort)Options);
        writer.WriteWord(GroupId);
        writer.WriteOctet(Sequence);
    }
}
