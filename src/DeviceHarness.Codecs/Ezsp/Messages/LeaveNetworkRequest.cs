namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Leaves the network.</summary>
/// <param name="Options">From version 14; 0 before.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct LeaveNetworkRequest(byte Options) : IEzspMessage<LeaveNetworkRequest>
{
    /// <inheritdoc/>
    public static LeaveNetworkRequest Read(ref EzspReader reader) => new(reader.Version.HasWideStatus ? reader.ReadOctet() : (byte)0);

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteOctet(Options);
        }
    }
}
