using System.Text.Json;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>The stored form of stop rules: each as it writes itself, parted by spaces.</summary>
internal static class StoredStopRules
{
    /// <summary>The text of rules; empty for none.</summary>
    public static string Write(IReadOnlyList<StopRule> rules) => string.Join(' ', rules);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<StopRule> Read(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(rule => StopRule.TryParse(rule, out StopRule? read) ? read : throw new JsonException($"'{rule}' is not a stop rule")),
    ];
}
