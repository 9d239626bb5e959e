namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>One octet: an identifier, an index, a count, seconds or a reason, as the frame has it.</summary>
/// <param name="Value">The octet.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct OctetParameter(byte Value) : IEzspMessage<OctetParameter>
{
    /// <inheritdoc/>
    public static OctetParameter Read(ref EzspReader reader) => new(reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteOctet(Value);
}
