namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A node told of trouble in the network.</summary>
/// <param name="ErrorCode">The code of the network layer.</param>
/// <param name="Target">About whom.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NetworkStatusReport(byte ErrorCode, ushort Target) : IEzspMessage<NetworkStatusReport>
{
    /// <inheritdoc/>
    public static NetworkStatusReport Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(ErrorCode);
        writer.WriteWord(Target);
    }
}
