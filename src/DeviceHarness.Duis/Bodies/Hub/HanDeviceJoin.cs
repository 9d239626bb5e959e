namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>How a device that is added to a comms hub's log may join its home area network.</summary>
/// <param name="PeriodSeconds">How long it may join, in seconds (1 to 3,600).</param>
/// <param name="InstallCode">Its install code, hexadecimal, 12 to 32 digits. A credential: never shown.</param>
/// <remarks>Spec: DUIS XML schema 5.4, AddDeviceToCHFWhitelist.</remarks>
public sealed record HanDeviceJoin(int PeriodSeconds, string InstallCode)
{
    /// <summary>The longest period, in seconds.</summary>
    public const int MaxPeriodSeconds = 3600;

    /// <summary>The shortest install code, in octets.</summary>
    public const int MinInstallCodeOctets = 6;

    /// <summary>The longest install code, in octets.</summary>
    public const int MaxInstallCodeOctets = 16;

    /// <summary>The meter points of the request, each element as it came; empty when there are none.</summary>
    public IReadOnlyList<string> MeterPointXml { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(HanDeviceJoin? other) => other is not null && PeriodSeconds == other.PeriodSeconds
        && string.Equals(InstallCode, other.InstallCode, StringComparison.OrdinalIgnoreCase)
        && MeterPointXml.SequenceEqual(other.MeterPointXml);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PeriodSeconds, MeterPointXml.Count);

    /// <summary>The period only: the install code is a credential.</summary>
    public override string ToString() => $"join within {PeriodSeconds} s";
}
