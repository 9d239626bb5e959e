namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Nothing but the header.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NoParameters : IEzspMessage<NoParameters>
{
    /// <inheritdoc/>
    public static NoParameters Read(ref EzspReader reader) => default;

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
    }
}
