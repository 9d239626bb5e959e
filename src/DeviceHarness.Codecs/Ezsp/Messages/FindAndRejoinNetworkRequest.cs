namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Looks for the network again.</summary>
/// <param name="HasCurrentNetworkKey">Whether it rejoins secured.</param>
/// <param name="Channels">Where, bit n for channel n; 0 the channel that it knows.</param>
/// <param name="Reason">Why; from version 14, 0 before.</param>
/// <param name="NodeType">As what, 0 as before; from version 14, 0 before.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct FindAndRejoinNetworkRequest(bool HasCurrentNetworkKey, uint Channels, byte Reason, byte NodeType)
    : IEzspMessage<FindAndRejoinNetworkRequest>
{
    /// <inheritdoc/>
    public static FindAndRejoinNetworkRequest Read(ref EzspReader reader)
    {
        bool hasKey = reader.ReadBool();
        uint channels = reader.ReadDoubleWord();
        return reader.Version.HasWideStatus ? new(hasKey, channels, reader.ReadOctet(), reader.ReadOctet()) : new(hasKey, channels, 0, 0);
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteBool(HasCurrentNetworkKey);
        writer.WriteDoubleWord(Channels);
        if (writer.Version.HasWideStatus)
        {
            writer.WriteOctet(Reason);
            writer.WriteOctet(NodeType);
        }
    }
}
