using System.Globalization;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Why a rig gets no work, for people.</summary>
internal static class RigText
{
    /// <summary>Who took a rig out, when and why, and what lets it in again.</summary>
    public static string Quarantine(Rig rig)
    {
        BenchQuarantine quarantine = rig.Quarantine;
        string end = quarantine.Checked ? "its health check passes or " : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rig.Name} is in QUARANTINE since {quarantine.Since.ToDateTime():yyyy-MM-dd HH:mm:ss} UTC, by {quarantine.By}: "
            + $"{quarantine.Reason}; it gets no work until {end}'harness rig release {rig.Name} --quarantine --reason <text>'");
    }

    /// <summary>Why a rig gets no work, and what to do; null when it gets some.</summary>
    public static string? WhyIdle(Rig rig) => rig switch
    {
        { Quarantine: not null } => Quarantine(rig),
        { Online: false } => $"{rig.Name} is offline: it gets work when its agent connects ('harness agent' there)",
        _ when rig.Health.StartsWith("sick", StringComparison.Ordinal) =>
            $"{rig.Name} is {rig.Health}; it gets no work until it is healthy ('harness doctor' there)",
        _ => null,
    };
}
