using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a step that expects an alert.</summary>
internal static class AlertStepReader
{
    private const int MaximumBesides = 10;

    // What asking a silent device for a sign of life may take beyond the window.
    private static readonly TimeSpan ProbeMargin = TimeSpan.FromSeconds(30);

    /// <summary>Reads it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="node">The value of its key: a code, or a mapping.</param>
    /// <param name="number">Its number.</param>
    /// <param name="scope">Where to list what is wrong.</param>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        string? code = scope.Faults.Read(() => ReadCode(node.IsMapping ? node.Require("code") : node));
        string role = scope.Device;
        TimeSpan within = AlertStep.DefaultWithin;
        int count = 1;
        int? forwarded = null;
        IReadOnlyList<string> besides = [];
        if (node.IsMapping)
        {
            role = scope.ReadRoleOf(node)!;
            within = scope.Faults.Read(() => node.Find("within")?.AsDuration(TimeSpan.Zero, StepReader.MaximumTime)) ?? within;
            count = (int)scope.Faults.Read(() => node.Find("count")?.AsInteger(1, AlertStep.MaximumCount) ?? 1);
            forwarded = (int?)scope.Faults.Read(() => node.Find("forwarded-at-most")?.AsInteger(0, AlertStep.MaximumCount));
            besides = scope.Faults.Read(() => node.Find("besides") is { } list ? ReadBesides(list, code) : []) ?? [];
            scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        }

        string name = $"alert: {role} {code ?? AlertStep.NoneWord}";
        StepHead head = StepReader.ReadHead(step, number, name, within + ProbeMargin, scope, canMiss: true);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new AlertStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Repeat = head.Repeat,
                Code = code,
                DeviceRole = role,
                Within = within,
                Count = count,
                ForwardedAtMost = forwarded,
                Besides = besides,
            },
        ];
    }

    private static string[] ReadBesides(ConfigurationNode list, string? code)
    {
        if (code is not null)
        {
            throw list.Fault(PackFaults.Expectation, $"'besides' beside the code {code}", $"'besides' beside 'code: {AlertStep.NoneWord}'");
        }

        string[] codes = [.. list.Items().Select(item => ReadCode(item) ?? throw item.Wrong($"'{AlertStep.NoneWord}'", "alert codes"))];
        return codes.Length <= MaximumBesides && codes.Distinct(StringComparer.Ordinal).Count() == codes.Length
            ? codes
            : throw list.Fault(PackFaults.Value, string.Join(", ", codes), $"at most {MaximumBesides} alert codes, each once");
    }

    private static string? ReadCode(ConfigurationNode node)
    {
        string text = node.AsText();
        return text == AlertStep.NoneWord ? null
            : AlertCodes.IsDeviceCode(text) ? text
            : throw node.Wrong($"'{text}'", $"four hexadecimal digits in upper case, such as \"8F35\", or {AlertStep.NoneWord}");
    }
}
