using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;
using LeasePolicy = DeviceHarness.Assurance.Cycles.LeasePolicy;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

/// <summary>An agent that hangs with its connection open costs the others nothing. Counts, not times: how long the others wait is
/// measured by the benchmark <c>hung-rig</c>.</summary>
public sealed class HungRigTests
{
    private const int RigDisconnected = 7011;

    [Fact]
    public async Task Others_are_served_in_full_while_one_hangs_and_it_is_cut_off_when_its_queue_is_full()
    {
        using LogLines log = new();
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync(
            options => options with { Leases = new LeasePolicy(), LoggerFactory = log });
        string[] others = ["bench-02", "bench-03", "bench-04"];
        await using (ScriptedRig known = await bench.ConnectAsync())
        {
            await bench.SubmitAsync("ONE", "TWO", "THREE", "FOUR");
        }

        (HungRig hung, IReadOnlyList<Lease> leases) =
            await HungRig.HangAsync(bench.Host.Address, Samples.Hello(bootId: "boot-2"), LeasePolicy.DefaultDepth);
        await using HungRig open = hung;
        using CancellationTokenSource asking = new();
        Task stuck = FillTheLineAsync(bench, asking.Token);

        int acknowledged = 0;
        foreach (string name in others)
        {
            acknowledged += await RunWholeAsync(bench, name);
        }

        // Its queue takes what it is told, up to the bound: each double of these events is answered.
        EventBatch doubles = new() { Events = { leases.Select(Samples.Started) } };
        Task<string> cutOff = ReadReasonAsync(log);
        try
        {
            while (!cutOff.IsCompleted)
            {
                await hung.SendAsync(new RigMessage { Events = doubles });
            }
        }
        catch (RpcException)
        {
            // It was cut off while it sent.
        }

        string reason = await cutOff;
        acknowledged += await RunWholeAsync(bench, "bench-05");
        acknowledged.Should().Be(4 * others.Length + 4, "every result of the others was acknowledged");
        reason.Should().Contain("bench-01").And.Contain($"{RigSession.MaximumQueued} messages wait for it");
        bench.CountStored("event").Should().Be(4 + 16 * (others.Length + 1), "doubles are stored once");
        await asking.CancelAsync();
        await stuck;
    }

    /// <summary>Sends the hung rig more than its connection holds: from now on what it is told waits in its queue.</summary>
    private static async Task FillTheLineAsync(OrchestratorBench bench, CancellationToken cancellationToken)
    {
        SendServiceRequestRequest large = new() { RequestXml = new string('x', 1_000_000), Rig = Samples.Rig };
        try
        {
            await bench.Client.SendServiceRequestAsync(large, cancellationToken: cancellationToken).ResponseAsync.DefaultTimeout();
        }
        catch (RpcException)
        {
            // It is never answered: the rig hangs, and is cut off.
        }
    }

    private static async Task<string> ReadReasonAsync(LogLines log)
    {
        string reason;
        do
        {
            reason = await log.ReadAsync(RigDisconnected);
        }
        while (!reason.Contains("does not read", StringComparison.Ordinal));

        return reason;
    }

    /// <summary>Runs four cases on a rig from its connection to the last acknowledgement.</summary>
    /// <returns>How many results were acknowledged.</returns>
    private static async Task<int> RunWholeAsync(OrchestratorBench bench, string name)
    {
        await using ScriptedRig rig = await bench.ConnectAsync(Samples.Hello(name));
        SubmitCyclesRequest request = new() { PackText = Samples.Pack("ONE", "TWO", "THREE", "FOUR"), Rig = name, Cycles = 1 };
        string cycle = (await bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout()).CycleIds.Single();
        List<Lease> leases = [];
        for (int index = 0; index < LeasePolicy.DefaultDepth; index++)
        {
            leases.Add(await rig.ReadLeaseAsync());
        }

        foreach (Lease lease in leases)
        {
            await rig.RunAfterAcksAsync(lease);
        }

        (await bench.GetAsync(cycle)).Cycle.State.Should().Be(CycleState.Complete);
        return leases.Count;
    }
}
