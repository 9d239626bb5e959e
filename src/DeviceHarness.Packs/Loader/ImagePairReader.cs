using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the pair of firmware versions of a case.</summary>
internal static class ImagePairReader
{
    /// <summary>The key of a case.</summary>
    public const string Key = "firmware";

    /// <summary>The words for whether a device goes back.</summary>
    public static IReadOnlyDictionary<string, DowngradePolicy> Policies { get; } =
        new Dictionary<string, DowngradePolicy>(StringComparer.Ordinal)
        {
            ["allowed"] = DowngradePolicy.Allowed,
            ["refused"] = DowngradePolicy.Refused,
            ["unknown"] = DowngradePolicy.Unknown,
        };

    /// <summary>Reads the pair; what is wrong is listed.</summary>
    /// <returns>The pair; null when the case names none, or when it is wrong.</returns>
    public static ImagePair? Read(ConfigurationNode? node, FaultList faults)
    {
        if (node is null)
        {
            return null;
        }

        string? from = faults.Read(() => node.Require("from").AsText());
        string? to = faults.Read(() => ReadTarget(node.Require("to"), from));
        DowngradePolicy? policy = faults.Read<DowngradePolicy?>(() => node.Require("downgrade").AsOneOf(Policies));
        string? source = faults.Read(() => ReadSource(node, policy));
        faults.RejectOtherKeys(node);
        return from is null || to is null || policy is not { } known || source is null ? null : new ImagePair(from, to, known, source);
    }

    private static string ReadTarget(ConfigurationNode node, string? from) => node.AsText() != from
        ? node.AsText()
        : throw node.Wrong($"'{from}' for both versions", "two versions: a case that leaves the version as it is has no pair");

    /// <summary>A policy is only as good as the one who stated it.</summary>
    private static string ReadSource(ConfigurationNode node, DowngradePolicy? policy) =>
        policy is DowngradePolicy.Allowed or DowngradePolicy.Refused
            ? node.Require("source").AsText()
            : node.Find("source")?.AsText() ?? string.Empty;
}
