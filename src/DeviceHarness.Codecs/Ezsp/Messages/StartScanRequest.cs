namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Listens for energy or for networks.</summary>
/// <param name="Type">0 energy, 1 networks.</param>
/// <param name="Channels">Where, bit n for channel n.</param>
/// <param name="DurationExponent">How long on each channel.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct StartScanRequest(byte Type, uint Channels, byte DurationExponent) : IEzspMessage<StartScanRequest>
{
    /// <inheritdoc/>
    public static StartScanRequest Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadDoubleWord(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Type);
        writer.WriteDoubleWord(Channels);
        writer.WriteOctet(DurationExponent);
    }
}
