using DeviceHarness.Drivers.Links.SignOn;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>How a device model is signed on to, where a rig file says that it must be.</summary>
/// <param name="Settings">Address, first rate and times.</param>
/// <param name="IsRateFixed">Whether the model signs on and speaks HDLC at one rate, which is that of the rig file.</param>
public sealed record SignOnProfile(SignOnSettings Settings, bool IsRateFixed)
{
    /// <summary>As the standard has it.</summary>
    public static SignOnProfile Standard { get; } = new(new SignOnSettings(), IsRateFixed: false);

    /// <summary>The settings on one line.</summary>
    /// <param name="baud">The highest rate of the line, in baud; the only one where it cannot change.</param>
    /// <param name="passesOctets">Whether the line passes octets of eight bits as they are and has no rate to be changed, as a connection
    /// to a serial server.</param>
    public SignOnSettings On(int baud, bool passesOctets) => Settings with
    {
        MaximumBaud = baud,
        InitialBaud = IsRateFixed ? baud : Settings.InitialBaud,
        IsRateFixed = passesOctets,
        IsParityInSoftware = passesOctets,
    };
}
