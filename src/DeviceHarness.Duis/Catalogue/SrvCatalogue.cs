using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Catalogue;

/// <summary>All Service Request Variants: the collected facts with this harness's corrections laid over them.</summary>
public static class SrvCatalogue
{
    private static readonly FrozenDictionary<string, SrvEntry> BySrv;
    private static readonly FrozenDictionary<string, string> NotOnDevice =
        CsvRows.Read("answered-by.csv").ToFrozenDictionary(row => row["srv"], row => row["reason"], StringComparer.Ordinal);

    static SrvCatalogue()
    {
        Overrides = [.. CsvRows.Read("overrides.csv").Select(row => new SrvOverride(row["srv"], row["column"], row["add"], row["reason"]))];
        Entries = [.. CsvRows.Read("service-requests.csv").Select(Entry)];
        BySrv = Entries.ToFrozenDictionary(entry => entry.Srv, StringComparer.Ordinal);
    }

    /// <summary>Every variant, in the order of their numbers.</summary>
    public static IReadOnlyList<SrvEntry> Entries { get; }

    /// <summary>The corrections, with their reasons.</summary>
    public static IReadOnlyList<SrvOverride> Overrides { get; }

    /// <summary>Finds a variant.</summary>
    /// <returns>Whether the catalogue has it.</returns>
    public static bool TryFind(string srv, [NotNullWhen(true)] out SrvEntry? entry) => BySrv.TryGetValue(srv, out entry);

    private static SrvEntry Entry(IReadOnlyDictionary<string, string> row)
    {
        string srv = row["srv"];
        return new SrvEntry(
            srv,
            row["name"],
            row["criticality"] switch
            {
                "Critical" => SrvCriticality.Critical,
                "Non-Critical" => SrvCriticality.NonCritical,
                "Non-Device" => SrvCriticality.NonDevice,
                string other => throw new UnreachableException($"{srv}: criticality '{other}'"),
            },
            With(srv, "device_types", List(row["device_types"] == "(DCC)" ? "" : row["device_types"])),
            With(srv, "user_roles", List(row["user_roles"])),
            row["smets1"],
            [.. List(row["command_variants"]).Select(variant => int.Parse(variant, CultureInfo.InvariantCulture))],
            List(row["modes"]),
            row["request_element"],
            row["response_element"],
            row["notes"],
            BodyFormats.IsTyped(srv),
            NotOnDevice.GetValueOrDefault(srv, string.Empty));
    }

    private static IReadOnlyList<string> List(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IReadOnlyList<string> With(string srv, string column, IReadOnlyList<string> values) =>
        [.. values, .. Overrides.Where(entry => entry.Srv == srv && entry.Column == column).Select(entry => entry.Added)];
}
