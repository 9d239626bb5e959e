using System.Diagnostics;

namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>How the schema writes a <see cref="ClockTimeStatus"/>.</summary>
internal static class ClockStatusText
{
    /// <summary>The schema's word.</summary>
    public static string Of(ClockTimeStatus status) => status switch
    {
        ClockTimeStatus.Reliable => "reliable",
        ClockTimeStatus.Invalid => "invalid",
        ClockTimeStatus.Unreliable => "unreliable",
        _ => throw new UnreachableException($"clock status {status}"),
    };
}
