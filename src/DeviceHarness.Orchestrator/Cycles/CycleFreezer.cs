using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using Grpc.Core;

namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Turns a pack and the devices of a rig into a cycle that never changes again.</summary>
internal static class CycleFreezer
{
    /// <summary>The cases of a pack that a submission asks for, in pack order.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="only">Case ids; empty for all.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the pack has no case of that id.</exception>
    public static IReadOnlyList<TestCase> Select(TestPack pack, IReadOnlyCollection<string> only)
    {
        IReadOnlyList<TestCase> cases = pack.Select(only, out string? unknown);
        if (unknown is not null)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, pack.WithoutCase(unknown)));
        }

        return cases;
    }

    /// <summary>Refuses cases for which the rig has no device: a refusal now, and not in the middle of the night.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: a case has no eligible device.</exception>
    public static void RequireDevices(TestPack pack, IReadOnlyList<TestCase> cases, string rig, IReadOnlyList<BenchDevice> devices)
    {
        foreach (TestCase testCase in cases)
        {
            if (!DeviceBindings.TryBind(testCase, devices, out _, out string? missing))
            {
                throw new RpcException(new Status(
                    StatusCode.FailedPrecondition,
                    $"no eligible device: case {testCase.Id} of {pack.Name}: {missing}; the rig {rig} has {Describe(devices)}. "
                    + "Add the device to the rig file, or leave the case out."));
            }
        }
    }

    /// <summary>Whether there is a device for every case.</summary>
    public static bool HasDevices(TestPack pack, IReadOnlyList<TestCase> cases, IReadOnlyList<BenchDevice> devices) =>
        cases.All(testCase => DeviceBindings.TryBind(testCase, devices, out _, out _));

    /// <summary>Freezes one cycle.</summary>
    /// <param name="id">Its identity.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="devices">The rig's devices with the inventory rows of now.</param>
    /// <param name="seed">The seed of everything random in it.</param>
    /// <param name="now">The moment, in UTC.</param>
    public static Cycle Freeze(
        string id, TestPack pack, string rig, IReadOnlyList<DeviceBaseline> devices, long seed, DateTimeOffset now)
    {
        return new Cycle
        {
            Id = id,
            PackName = pack.Name,
            PackVersion = pack.Version,
            PackKind = pack.Kind.ToString().ToLowerInvariant(),
            PackHash = pack.Hash,
            PackText = pack.Text,
            Rig = rig,
            HarnessVersion = HarnessVersion.Text,
            Devices = devices,
            Seed = seed,
            Created = now,
        };
    }

    /// <summary>The executions of a cycle, in pack order, each with the devices that its case finds.</summary>
    public static IReadOnlyList<Execution> Executions(
        string cycleId, IEnumerable<TestCase> cases, IReadOnlyList<BenchDevice> devices) =>
        [.. cases.Select((testCase, index) => new Execution
        {
            Id = ExecutionName.Of(cycleId, index + 1),
            CycleId = cycleId,
            CaseId = testCase.Id,
            Title = testCase.Title,
            Ordinal = index + 1,
            RepeatSafety = testCase.Repeat == RepeatPolicy.Never ? RepeatSafety.Unsafe : RepeatSafety.Safe,
            TimeBudget = testCase.Budget,
            Devices = DeviceBindings.TryBind(testCase, devices, out DeviceBindings bindings, out _)
                ? [.. bindings.ByRole.Values.Select(device => device.Id.Value).Distinct().Order(StringComparer.Ordinal)]
                : [],
        })];

    private static string Describe(IReadOnlyList<BenchDevice> devices) => devices.Count == 0
        ? "no devices"
        : string.Join(", ", devices.Select(device => $"{device.Id} ({device.DeviceType})"));
}
