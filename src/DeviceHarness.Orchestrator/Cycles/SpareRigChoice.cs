using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using Grpc.Core;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Which cases of a pack another rig may take over, by the devices that each case would find there.</summary>
internal static class SpareRigChoice
{
    /// <summary>Freezes a spare rig with the cases that it may take over.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="cases">The cases of the cycle.</param>
    /// <param name="own">The devices of the cycle's own rig, each case of which has its devices.</param>
    /// <param name="rig">The spare rig.</param>
    /// <param name="devices">Its devices, with the inventory rows of now.</param>
    /// <param name="warnings">Told of each case that it cannot take over.</param>
    /// <exception cref="RpcException">FAILED_PRECONDITION: it can take over none.</exception>
    public static SpareRig Freeze(
        TestPack pack, IReadOnlyList<TestCase> cases, IReadOnlyList<DeviceBaseline> own, string rig, IReadOnlyList<DeviceBaseline> devices,
        ICollection<string> warnings)
    {
        List<string> able = [];
        List<string> mismatches = [];
        foreach (TestCase testCase in cases)
        {
            if (Mismatch(pack, testCase, own, devices) is { } mismatch)
            {
                mismatches.Add($"{testCase.Id}: {mismatch}");
            }
            else
            {
                able.Add(testCase.Id);
            }
        }

        if (able.Count == 0)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"the spare rig {rig} can take over no case of {pack.Name}: {mismatches[0]}"));
        }

        foreach (string mismatch in mismatches)
        {
            warnings.Add($"the spare rig {rig} does not take over {mismatch}");
        }

        return new SpareRig(rig, devices, able);
    }

    private static string? Mismatch(
        TestPack pack, TestCase testCase, IReadOnlyList<DeviceBaseline> own, IReadOnlyList<DeviceBaseline> spare)
    {
        DeviceBindings.TryBind(testCase, Devices(own), out DeviceBindings ownBindings, out _);
        return DeviceBindings.TryBind(testCase, Devices(spare), out DeviceBindings bindings, out string? missing)
            ? ownBindings.ByRole
                .Select(role => StandInRule.Difference(Find(own, role.Value), Find(spare, bindings.ByRole[role.Key])))
                .FirstOrDefault(difference => difference is not null)
            : missing;
    }

    private static IReadOnlyList<BenchDevice> Devices(IReadOnlyList<DeviceBaseline> baselines) =>
        [.. baselines.Select(baseline => baseline.Device)];

    private static DeviceBaseline Find(IReadOnlyList<DeviceBaseline> baselines, BenchDevice device) =>
        baselines.First(baseline => baseline.Device.Id == device.Id);
}
