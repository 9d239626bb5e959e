namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The request of SRV 11.3: run the firmware image that the device holds, if it is this one.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ActivateFirmware.</remarks>
public sealed record ActivateFirmware : SrvRequestBody, IDeviceDated
{
    /// <summary>Creates the request.</summary>
    /// <param name="firmwareHash">The image's hash, 32 octets.</param>
    /// <param name="executionDateTime">When the device is to activate it; null for at once.</param>
    /// <exception cref="ArgumentException">The hash has another length.</exception>
    public ActivateFirmware(ReadOnlyMemory<byte> firmwareHash, DateTimeOffset? executionDateTime = null)
    {
        FirmwareHash = firmwareHash.Length == FirmwareImage.HashOctets
            ? firmwareHash
            : throw new ArgumentException($"a hash has {FirmwareImage.HashOctets} octets", nameof(firmwareHash));
        ExecutionDateTime = executionDateTime;
    }

    /// <summary>The image's hash, 32 octets.</summary>
    public ReadOnlyMemory<byte> FirmwareHash { get; }

    /// <inheritdoc/>
    public DateTimeOffset? ExecutionDateTime { get; }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "11.3";

    /// <inheritdoc/>
    public override string ElementName => "ActivateFirmware";

    /// <inheritdoc/>
    public bool Equals(ActivateFirmware? other) => other is not null && ExecutionDateTime == other.ExecutionDateTime
        && FirmwareHash.Span.SequenceEqual(other.FirmwareHash.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(FirmwareHash.Span);
}
