namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sets a configuration value.</summary>
/// <param name="ConfigurationId">Which value.</param>
/// <param name="Value">The value.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetConfigurationValueRequest(EzspConfigurationId ConfigurationId, ushort Value)
    : IEzspMessage<SetConfigurationValueRequest>
{
    /// <inheritdoc/>
    public static SetConfigurationValueRequest Read(ref EzspReader reader) => new(
        (EzspConfigurationId)reader.ReadOctet(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)ConfigurationId);
        writer.WriteWord(Value);
    }
}
