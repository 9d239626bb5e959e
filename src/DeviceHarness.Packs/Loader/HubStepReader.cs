using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that looks at a comms hub.</summary>
internal static class HubStepReader
{
    private const int CodeDigits = 4;
    private const int MaximumAlerts = 100;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The words for whether a hub is registered.</summary>
    private static readonly FrozenDictionary<string, bool> States = new[] { true, false }
        .ToFrozenDictionary(HubStatusStep.WordOf, state => state, StringComparer.Ordinal);

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string role = scope.ReadRoleOf(node)!;
        bool? isRegistered = scope.Faults.Read(() => node.Find("wan") is { } wan ? wan.AsOneOf(States) : (bool?)null);
        long? signal = scope.Faults.Read(() => node.Find("signal-at-least")?.AsInteger(sbyte.MinValue, 0));
        IReadOnlyList<string>? alerts = scope.Faults.Read(() => node.Find("alerts") is { } list ? ReadCodes(list) : null);
        bool takes = scope.Faults.Read(() => node.Find("take-alerts")?.AsBoolean() ?? false);
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(step, number, $"hub status: {role}", Timeout, scope, canMiss: true);
        scope.Faults.RejectOtherKeys(step);
        scope.Faults.Try(() => RequireOnce(step, isRepeated: head.Repeat is not null && takes));
        return
        [
            new HubStatusStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Repeat = head.Repeat,
                Change = takes ? StepChange.Irreversible : StepChange.None,
                DeviceRole = role,
                IsRegistered = isRegistered,
                SignalAtLeast = (int?)signal,
                Alerts = alerts,
                TakesAlerts = takes,
            },
        ];
    }

    private static void RequireOnce(ConfigurationNode step, bool isRepeated)
    {
        if (isRepeated)
        {
            throw step.Fault(PackFaults.StepKind, "take-alerts that is repeated", "one of take-alerts and repeat: what was taken is gone");
        }
    }

    private static List<string> ReadCodes(ConfigurationNode list)
    {
        List<string> codes = [.. list.Items().Select(ReadCode)];
        return codes.Count <= MaximumAlerts
            ? codes
            : throw list.Fault(PackFaults.Value, $"{codes.Count} codes", $"at most {MaximumAlerts}");
    }

    private static string ReadCode(ConfigurationNode node)
    {
        string code = node.AsText();
        return code.Length == CodeDigits && code.All(digit => char.IsAsciiHexDigitUpper(digit))
            ? code
            : throw node.Fault(PackFaults.Value, $"'{code}'", "an alert code of four hexadecimal digits, such as 8F12");
    }
}
