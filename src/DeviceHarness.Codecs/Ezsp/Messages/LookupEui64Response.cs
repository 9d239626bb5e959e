namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The EUI-64 of a short address.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Eui64">It, as a number.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct LookupEui64Response(EzspStatusCode Status, ulong Eui64) : IEzspMessage<LookupEui64Response>
{
    /// <inheritdoc/>
    public static LookupEui64Response Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteEui64(Eui64);
    }
}
