using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps cases from benches that cannot switch or see the supply that they need, or reach no cover or button.</summary>
internal static class PowerRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    /// <remarks>Asked before the first step: a case that stops half-way would leave a device between two states.</remarks>
    public static string? WhyNot(TestCase testCase, DeviceBindings devices, ITestBench bench)
    {
        foreach (PackStep step in testCase.Steps.Concat(testCase.Cleanup))
        {
            string? why = step switch
            {
                _ when RoleToSwitch(step) is { } role && devices.Find(role) is { } device && bench.Power?.FeedOf(device.Id) is null =>
                    $"no power port: the rig file has {device.Id} in no feed under 'power.feeds', for '{step.Name}'",
                TamperStep { Cover: var cover } tamper
                    when devices.Find(tamper.DeviceRole) is { } device && bench.Tamper?.Has(device.Id, cover) != true =>
                    $"no cover switch: the rig file has no {cover.ToString().ToLowerInvariant()} cover of {device.Id} under 'tamper', for "
                    + $"'{step.Name}'",
                PressStep press when devices.Find(press.DeviceRole) is { } device && bench.Buttons?.Has(device.Id, press.Button) != true =>
                    $"no button: the rig file has no '{press.Button}' of {device.Id} under 'buttons', for '{step.Name}'",
                SupplyStep supply => NeededPoints(supply, devices).FirstOrDefault(point => bench.Supply?.Has(point) != true) is { } point
                    ? $"no supply-sense input: the rig file has none at {point} under 'power.sense', for '{step.Name}'"
                    : null,
                _ => null,
            };
            if (why is not null)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>The points that a case looks at, and those that show whether its bench followed.</summary>
    public static IEnumerable<SupplyPoint> PointsOf(TestCase testCase, DeviceBindings devices) =>
        testCase.Steps.Concat(testCase.Cleanup).SelectMany(step => step switch
        {
            SupplyStep supply => NeededPoints(supply, devices),
            _ when RoleToSwitch(step) is { } role => PointOf(devices, role, SupplyTerminal.Mains),
            _ => [],
        });

    /// <summary>The role of the device whose supply a step switches; null when it switches none.</summary>
    private static string? RoleToSwitch(PackStep step) => step switch
    {
        PowerStep power => power.DeviceRole,
        RequestStep { Request: { PowerCut: not null } request } => request.DeviceRole,
        _ => null,
    };

    /// <summary>What a meter gives to its hub says something of the meter only while the meter has its own supply.</summary>
    private static IEnumerable<SupplyPoint> NeededPoints(SupplyStep step, DeviceBindings devices) =>
        PointOf(devices, step.DeviceRole, step.Terminal).Concat(PointOf(devices, step.DeviceRole, SupplyTerminal.Mains)).Distinct();

    private static IEnumerable<SupplyPoint> PointOf(DeviceBindings devices, string role, SupplyTerminal terminal) =>
        devices.Find(role) is { } device ? [new SupplyPoint(device.Id, terminal)] : [];
}
