namespace DeviceHarness.Assurance.Proposals;

/// <summary>A firmware version with which a combination is on the Eligible Product Combinations List, as a person stated it.</summary>
/// <param name="DeviceType">The type of the device that runs it, such as <c>ESME</c>.</param>
/// <param name="Version">The version.</param>
public sealed record EligibleFirmware(string DeviceType, string Version)
{
    /// <summary>Such as <c>ESME=4.2.0</c>.</summary>
    public override string ToString() => $"{DeviceType}={Version}";
}
