namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>One key.</summary>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct KeyParameter(EzspKey Key) : IEzspMessage<KeyParameter>
{
    /// <inheritdoc/>
    public static KeyParameter Read(ref EzspReader reader) => new(reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteKey(Key);
}
