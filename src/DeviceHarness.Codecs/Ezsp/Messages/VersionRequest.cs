namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Asks for a version of the protocol; the first time in a short header, whatever the version.</summary>
/// <param name="DesiredVersion">The version that the host would speak.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.2 sums it up.</remarks>
public readonly record struct VersionRequest(byte DesiredVersion) : IEzspMessage<VersionRequest>
{
    /// <inheritdoc/>
    public static VersionRequest Read(ref EzspReader reader) => new(reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteOctet(DesiredVersion);
}
