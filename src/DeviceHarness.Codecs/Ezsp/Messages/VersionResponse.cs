namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The version that the adapter speaks.</summary>
/// <param name="ProtocolVersion">The protocol version.</param>
/// <param name="StackType">The stack: 2 is ZigBee Pro.</param>
/// <param name="StackVersion">The stack's version, a digit in four bits: 7430 is 7.4.3.0.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.2 sums it up.</remarks>
public readonly record struct VersionResponse(byte ProtocolVersion, byte StackType, ushort StackVersion) : IEzspMessage<VersionResponse>
{
    /// <inheritdoc/>
    public static VersionResponse Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadOctet(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(ProtocolVersion);
        writer.WriteOctet(StackType);
        writer.WriteWord(StackVersion);
    }
}
