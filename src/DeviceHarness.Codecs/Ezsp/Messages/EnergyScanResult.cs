namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The energy on a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="MaximumRssi">The strongest signal, in dBm.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct EnergyScanResult(byte Channel, sbyte MaximumRssi) : IEzspMessage<EnergyScanResult>
{
    /// <inheritdoc/>
    public static EnergyScanResult Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadSigned());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Channel);
        writer.WriteSigned(MaximumRssi);
    }
}
