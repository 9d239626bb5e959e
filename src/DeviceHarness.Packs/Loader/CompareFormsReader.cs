using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the step that holds the forms of devices' answers against each other.</summary>
internal static class CompareFormsReader
{
    private const string DevicesKey = "devices";
    private const int FewestDevices = 2;
    private const int MostDevices = 8;

    /// <summary>A gas meter is asked at its wakes, half an hour apart.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(3);

    /// <summary>Reads the step.</summary>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        IReadOnlyList<string> roles = scope.Faults.Read(() => ReadRoles(node.Require(DevicesKey), scope)) ?? [];
        scope.Faults.Try(() => scope.Faults.RejectOtherKeys(node));
        StepHead head = StepReader.ReadHead(
            step, number, $"compare the forms of {string.Join(", ", roles)}", Timeout, scope, canMiss: true);
        scope.Faults.RejectOtherKeys(step);
        return
        [
            new CompareFormsStep
            {
                Number = number,
                Name = head.Name,
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Repeat = head.Repeat,
                Roles = roles,
            },
        ];
    }

    private static string[] ReadRoles(ConfigurationNode list, PackScope scope)
    {
        string[] roles = [.. list.Items().Select(scope.ReadDeviceRole)];
        return roles.Length is >= FewestDevices and <= MostDevices && roles.Distinct(StringComparer.Ordinal).Count() == roles.Length
            ? roles
            : throw list.Fault(
                PackFaults.Value, string.Join(", ", roles), $"{FewestDevices} to {MostDevices} roles of the pack's needs, each once");
    }
}
