namespace DeviceHarness.Codecs.OtaImage;

/// <summary>The hardware versions that an image is for, both ends included.</summary>
/// <param name="Minimum">The lowest hardware version.</param>
/// <param name="Maximum">The highest hardware version.</param>
public readonly record struct OtaHardwareRange(ushort Minimum, ushort Maximum)
{
    /// <summary>Whether a hardware version is in the range.</summary>
    /// <param name="hardwareVersion">The device's hardware version.</param>
    public bool Includes(ushort hardwareVersion) => hardwareVersion >= Minimum && hardwareVersion <= Maximum;

    /// <inheritdoc/>
    public override string ToString() => $"{Minimum} to {Maximum}";
}
