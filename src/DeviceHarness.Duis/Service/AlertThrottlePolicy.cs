using System.Collections.Frozen;

namespace DeviceHarness.Duis.Service;

/// <summary>From when on alerts that a device repeats are throttled.</summary>
/// <remarks>The limit is this project's choice: no public number was found.</remarks>
/// <param name="Limit">How many alerts of one code of one device are forwarded in a period, 1 or more.</param>
/// <param name="Period">The period.</param>
public sealed record AlertThrottlePolicy(int Limit, TimeSpan Period)
{
    /// <summary>Ten in an hour.</summary>
    public static AlertThrottlePolicy Usual { get; } = new(10, TimeSpan.FromMinutes(60));

    /// <summary>The codes that are never throttled, four upper-case hexadecimal digits each.</summary>
    public IReadOnlySet<string> NeverThrottled { get; init; } = FrozenSet<string>.Empty;
}
