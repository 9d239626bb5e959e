namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A route failed.</summary>
/// <param name="Status">How.</param>
/// <param name="Target">To where.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct RouteError(EzspStatusCode Status, ushort Target) : IEzspMessage<RouteError>
{
    /// <inheritdoc/>
    public static RouteError Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteWord(Target);
    }
}
