namespace DeviceHarness.Duis.Firmware;

/// <summary>From when on the firmware of a release has to stay as it is: testing and the move to operations take so long.</summary>
/// <param name="GoLive">The day on which the release goes live.</param>
/// <param name="StableMonths">How many months before that the firmware has to be final, 1 to 36.</param>
public sealed record FirmwareBaseline(DateOnly GoLive, int StableMonths = FirmwareBaseline.UsualStableMonths)
{
    /// <summary>The months of EIT, SIT and Transition to Operations together.</summary>
    /// <remarks>From the DCC's delivery plan for SMETS1 of February 2019.</remarks>
    public const int UsualStableMonths = 6;

    /// <summary>The last day on which firmware may still change.</summary>
    public DateOnly Freeze => GoLive.AddMonths(-StableMonths);

    /// <summary>Whether an image came after the freeze: what was tested without it differs from what goes live.</summary>
    public bool IsLate(FirmwareImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return IsLate(image.Received);
    }

    /// <summary>Whether a day is after the freeze; its own day is not.</summary>
    public bool IsLate(DateOnly day) => day > Freeze;
}
