using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Service;

namespace DeviceHarness.Cli.Commands;

/// <summary>Which built-in pack shows which defect.</summary>
internal static class DemoPack
{
    /// <summary>The pack of a demo without defects.</summary>
    public const string Default = "dmct-smoke";

    private const string Firmware = "firmware";

    /// <summary>The defects of the image transfer: only a pack that delivers images sees them.</summary>
    private static readonly HashSet<string> OfFirmware = new(StringComparer.Ordinal)
    {
        "phantom-image", "verify-lies", "verify-fails", "image-hash-wrong", "activation-lies", "activation-fails", "block-lost",
        "resume-forgets", "wrong-image-accepted", "power-cut",
    };

    private static readonly HashSet<string> OfSmoke = new(StringComparer.Ordinal)
    {
        "clock-refused", "empty-range-error", "event-missing", "late-acknowledgement", "log-shifted", "no-answer", "stuck-version",
        "switch-lies", "wrong-scaler",
    };

    /// <summary>Every defect under the pack that shows it, for help.</summary>
    public static string Help => string.Join("; ", VirtualBenchHost.DefectNames.Concat(PlantedDefect.Names)
        .GroupBy(name => OfFirmware.Contains(name) ? $"shown by {Firmware}" : OfSmoke.Contains(name) ? $"shown by {Default}"
            : "shown by no built-in pack yet")
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Order(StringComparer.Ordinal))}"));

    /// <summary>The pack that shows defects.</summary>
    /// <param name="defects">Names, as <c>name</c> or <c>device:name</c>.</param>
    /// <exception cref="CommandException">No one pack shows them all.</exception>
    public static string Of(IReadOnlyList<string> defects)
    {
        string[] packs = [.. defects.Select(defect => PackOf(defect.Split(':', 2)[^1])).Distinct()];
        return packs.Length switch
        {
            0 => Default,
            1 => packs[0],
            _ => throw new CommandException(
                ExitCode.Usage,
                "no one pack shows all of these defects: "
                + string.Join(", ", defects.Select(defect => $"{defect} ({PackOf(defect.Split(':', 2)[^1])})"))
                + ". Run a demo for each, or choose with --pack."),
        };
    }

    private static string PackOf(string defect) => OfFirmware.Contains(defect) ? Firmware : Default;
}
