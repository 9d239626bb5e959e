namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A configuration value.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Value">The value.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GetConfigurationValueResponse(EzspStatusCode Status, ushort Value)
    : IEzspMessage<GetConfigurationValueResponse>
{
    /// <inheritdoc/>
    public static GetConfigurationValueResponse Read(ref EzspReader reader) => new(reader.ReadEzspStatus(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEzspStatus(Status);
        writer.WriteWord(Value);
    }
}
