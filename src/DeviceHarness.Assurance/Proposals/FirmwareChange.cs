namespace DeviceHarness.Assurance.Proposals;

/// <summary>A device of a cycle that runs another firmware than the one that the cycle was frozen with.</summary>
/// <param name="Device">The device on the bench, such as <c>esme-01</c>.</param>
/// <param name="DeviceType">Its type, such as <c>ESME</c>.</param>
/// <param name="From">The version that the cycle was frozen with.</param>
/// <param name="To">The version now.</param>
public sealed record FirmwareChange(string Device, string DeviceType, string From, string To)
{
    /// <summary>Such as <c>esme-01 (ESME) 4.2.0 to 4.3.0</c>.</summary>
    public override string ToString() => $"{Device} ({DeviceType}) {From} to {To}";
}
