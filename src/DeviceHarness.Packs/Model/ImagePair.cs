namespace DeviceHarness.Packs.Model;

/// <summary>The two firmware versions that a case takes its device between, and whether the device goes back: a device that may not can
/// run the case once, and a second cycle cannot.</summary>
/// <param name="From">The version that has to run before the case.</param>
/// <param name="To">The version that the case makes the device run.</param>
/// <param name="Downgrade">Whether the device goes back from <paramref name="To"/> to <paramref name="From"/>.</param>
/// <param name="Source">Who says so; empty when nobody does.</param>
public sealed record ImagePair(string From, string To, DowngradePolicy Downgrade, string Source)
{
    /// <summary>Why the case may not begin on a device.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="runs">The version that it runs; empty when that is not known.</param>
    /// <returns>The reason; null when it may begin, or when nobody knows what the device runs: the case reads that itself.</returns>
    public string? WhyNot(string device, string runs)
    {
        if (string.IsNullOrEmpty(runs) || runs == From)
        {
            return null;
        }

        if (runs != To)
        {
            return $"{device} runs {runs}, and the case begins at {From}";
        }

        return Downgrade switch
        {
            DowngradePolicy.Allowed => $"{device} runs {To} already: put {From} back first, which is allowed ({Source})",
            DowngradePolicy.Refused => $"{device} runs {To} already and may not go back to {From} ({Source})",
            _ => $"{device} runs {To} already, and nobody has said whether it goes back to {From}",
        };
    }
}

/// <summary>Whether a device goes back to the older image of a pair.</summary>
public enum DowngradePolicy
{
    /// <summary>Nobody has said.</summary>
    Unknown,

    /// <summary>It does.</summary>
    Allowed,

    /// <summary>It does not: its maker or its own verification refuses the older image.</summary>
    Refused,
}
