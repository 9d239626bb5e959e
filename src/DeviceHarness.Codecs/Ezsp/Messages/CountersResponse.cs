namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The adapter's counters, which then begin at 0.</summary>
/// <param name="Counters">The counters in their order; as many as the frame holds.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CountersResponse(ReadOnlyMemory<ushort> Counters) : IEzspMessage<CountersResponse>
{
    /// <summary>How many counters there are.</summary>
    public const int Count = 42;

    /// <inheritdoc/>
    public static CountersResponse Read(ref EzspReader reader) => new(reader.ReadWords(reader.RemainingOctets / sizeof(ushort)));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteWords(Counters);
}
