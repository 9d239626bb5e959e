namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>One EUI-64.</summary>
/// <param name="Eui64">It, as a number.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct Eui64Parameter(ulong Eui64) : IEzspMessage<Eui64Parameter>
{
    /// <inheritdoc/>
    public static Eui64Parameter Read(ref EzspReader reader) => new(reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteEui64(Eui64);
}
