namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The answer to setManufacturerCode: nothing before version 14, a status since.</summary>
/// <param name="Status">What came of it; success before version 14.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetManufacturerCodeResponse(EzspStatusCode Status) : IEzspMessage<SetManufacturerCodeResponse>
{
    /// <inheritdoc/>
    public static SetManufacturerCodeResponse Read(ref EzspReader reader) =>
        new(reader.Version.HasWideStatus ? reader.ReadEmberStatus() : EmberStatus.Success);

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteEmberStatus(Status);
        }
    }
}
