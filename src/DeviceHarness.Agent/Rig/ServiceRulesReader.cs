using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads what a rig file says of the simulated service's own rules: key rotation, alerts that are repeated, anomaly
/// thresholds.</summary>
internal static class ServiceRulesReader
{
    private const int MaximumRepeats = 10;
    private const int MaximumAlerts = 10_000;
    private const int MaximumLimits = 256;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromDays(7);

    /// <summary>Reads <c>key-rotation</c>: how often a command that was not confirmed is repeated, and how long after it.</summary>
    /// <param name="node">The entry; null where the file has none.</param>
    public static KeyRotationPolicy ReadKeyRotation(ConfigurationNode? node)
    {
        if (node is null)
        {
            return KeyRotationPolicy.Fixed;
        }

        int repeats = (int)node.Require("repeats").AsInteger(0, MaximumRepeats);
        TimeSpan after = node.Find("after")?.AsDuration(TimeSpan.Zero, MaximumTime) ?? KeyRotationPolicy.Fixed.After;
        node.RejectOtherKeys();
        return new KeyRotationPolicy(repeats, after);
    }

    /// <summary>Reads <c>alert-throttle</c>: how many alerts of one code of one device are handed on within a period.</summary>
    /// <param name="node">The entry; null where the file has none.</param>
    /// <returns>Null when all are handed on.</returns>
    public static AlertThrottlePolicy? ReadThrottle(ConfigurationNode? node)
    {
        if (node is null)
        {
            return AlertThrottlePolicy.Usual;
        }

        if (node.IsScalar)
        {
            return node.AsText() == "none" ? null : throw node.Wrong($"'{node.AsText()}'", "none, or the keys limit, period and never");
        }

        AlertThrottlePolicy policy = new(
            (int)node.Require("limit").AsInteger(1, MaximumAlerts),
            node.Require("period").AsDuration(TimeSpan.FromSeconds(1), MaximumTime))
        {
            NeverThrottled = new HashSet<string>(
                node.Find("never")?.Items().Select(ReadAlertCode) ?? [], StringComparer.Ordinal),
        };
        node.RejectOtherKeys();
        return policy;
    }

    /// <summary>Reads <c>anomaly-thresholds</c>: how many critical requests Users let themselves send within a time.</summary>
    /// <param name="node">The entry; null where the file has none.</param>
    /// <param name="users">The Users of the file.</param>
    public static AnomalyThresholds ReadThresholds(ConfigurationNode? node, IReadOnlyDictionary<string, Eui64> users)
    {
        if (node is null)
        {
            return AnomalyThresholds.None;
        }

        List<AnomalyThreshold> limits = [];
        ConfigurationNode list = node.Require("limits");
        foreach (ConfigurationNode item in list.Items())
        {
            AnomalyThreshold limit = new(
                ReadUser(item.Require("user"), users), item.Find("srv") is { } srv ? ReadCritical(srv) : string.Empty,
                (int)item.Require("at-most").AsInteger(0, AnomalyThreshold.Maximum));
            item.RejectOtherKeys();
            if (limits.Exists(other => (other.User, other.Srv) == (limit.User, limit.Srv)))
            {
                throw item.Wrong("a second limit of this User for the same requests", "each once");
            }

            limits.Add(limit);
        }

        AnomalyThresholds thresholds = new(
            node.Require("name").AsText(), node.Require("source").AsText(),
            node.Require("window").AsDuration(TimeSpan.FromSeconds(1), AnomalyThresholds.MaximumWindow), limits);
        node.RejectOtherKeys();
        return limits.Count is > 0 and <= MaximumLimits
            ? thresholds
            : throw list.Wrong($"{limits.Count} limits", $"1 to {MaximumLimits}");
    }

    private static Eui64 ReadUser(ConfigurationNode node, IReadOnlyDictionary<string, Eui64> users) =>
        users.TryGetValue(node.AsText(), out Eui64 user)
            ? user
            : throw node.Wrong($"'{node.AsText()}'", $"a User of this file: {string.Join(", ", users.Keys)}");

    private static string ReadCritical(ConfigurationNode node) =>
        SrvCatalogue.TryFind(node.AsText(), out SrvEntry? entry) && entry.Criticality == SrvCriticality.Critical
            ? entry.Srv
            : throw node.Wrong($"'{node.AsText()}'", "a critical service reference variant in quotes, such as \"7.2\"");

    private static string ReadAlertCode(ConfigurationNode node)
    {
        string code = node.AsText();
        return code.Length == 4 && code.All(char.IsAsciiHexDigitUpper)
            ? code
            : throw node.Wrong($"'{code}'", "four upper-case hexadecimal digits in quotes, such as \"8F35\"");
    }
}
