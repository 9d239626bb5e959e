namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has a device leave.</summary>
/// <param name="DestinationId">Who is told: the device, or its parent.</param>
/// <param name="DestinationEui64">The EUI-64 of who is told.</param>
/// <param name="TargetEui64">The device that leaves.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct RemoveDeviceRequest(ushort DestinationId, ulong DestinationEui64, ulong TargetEui64)
    : IEzspMessage<RemoveDeviceRequest>
{
    /// <inheritdoc/>
    public static RemoveDeviceRequest Read(ref EzspReader reader) => new(reader.ReadWord(), reader.ReadEui64(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(DestinationId);
        writer.WriteEui64(DestinationEui64);
        writer.WriteEui64(TargetEui64);
    }
}
