using System.Globalization;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Issues;

/// <summary>How often one device showed an issue, over all conclusive attempts of the cases in which it was seen.</summary>
/// <param name="Device">The device: type, identifier and profile.</param>
/// <param name="Seen">The attempts that showed the issue, 0 or more.</param>
/// <param name="Attempts">All attempts, at least <paramref name="Seen"/>, 1 or more.</param>
/// <remarks>An intermittent issue does not show in every attempt, nor on every device: the range says what so many attempts allow to be
/// said. It is the Wilson score interval, which holds at 0 and at all of them too.</remarks>
public sealed record FailureRate(string Device, int Seen, int Attempts)
{
    /// <summary>Whether the device showed the issue at all.</summary>
    public bool IsAffected => Seen > 0;

    /// <summary>The share of attempts in whole percent, rounded half up.</summary>
    public int Percent => (int)(((200L * Seen) + Attempts) / (2L * Attempts));

    /// <summary>The lower end of the 95 % confidence range, in percent, rounded down.</summary>
    public int LowerPercent => Interval.LowerPercent;

    /// <summary>The upper end of the 95 % confidence range, in percent, rounded up.</summary>
    public int UpperPercent => Interval.UpperPercent;

    private WilsonInterval Interval => new(Seen, Attempts);

    /// <summary>Counts attempts by device; affected devices first.</summary>
    public static IReadOnlyList<FailureRate> Of(IEnumerable<JudgedAttempt> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        return
        [
            .. attempts.SelectMany(attempt => attempt.Devices.Select(device => (Device: device, IsSeen: attempt.IsSeenOn(device))))
                .GroupBy(entry => entry.Device)
                .Select(group => new FailureRate(group.Key, group.Count(entry => entry.IsSeen), group.Count()))
                .OrderBy(rate => !rate.IsAffected).ThenBy(rate => rate.Device, StringComparer.Ordinal),
        ];
    }

    /// <summary>Such as <c>3 of 12 attempts, 25 % (95 % confidence: 8 to 54 %)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seen} of {Attempts} attempts, {Percent} % (95 % confidence: {LowerPercent} to {UpperPercent} %)");
}
