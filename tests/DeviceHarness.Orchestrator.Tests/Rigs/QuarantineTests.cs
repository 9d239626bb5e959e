using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

/// <summary>The rig keeps the quarantine of its devices; the orchestrator shows it and hands on a person's release.</summary>
public sealed class QuarantineTests
{
    private const string Reason =
        "supply is Disabled and not Enabled after 7.1 (Done); by SMK-04 (e-1, attempt 1), 2026-11-22 01:00:00 UTC";

    [Fact]
    public async Task A_quarantine_that_a_rig_reports_unasked_is_shown_and_a_release_is_handed_on()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await ReportAsync(bench, rig, Reason);

        Device shown = (await bench.ShowRigAsync()).Devices.Should().ContainSingle().Subject;
        await ReleaseAsync(bench, "esme-01");
        ReleaseDevice release = await rig.ReadReleaseAsync();
        await ReportAsync(bench, rig, string.Empty);

        shown.Quarantine.Should().Be(Reason);
        release.Should().Be(new ReleaseDevice { Device = "esme-01", By = "ann", Reason = "switched on at the meter" });
        (await bench.ShowRigAsync()).Devices.Should().ContainSingle().Which.Quarantine.Should().BeEmpty();
    }

    [Fact]
    public async Task A_device_that_is_not_in_quarantine_is_not_released()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();

        Func<Task> release = () => ReleaseAsync(bench, "esme-01");

        (await release.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }

    private static Task ReleaseAsync(OrchestratorBench bench, string device) => bench.Client.ReleaseRigAsync(new ReleaseRigRequest
    {
        Rig = Samples.Rig,
        Device = device,
        By = "ann",
        Reason = "switched on at the meter",
    }).ResponseAsync.DefaultTimeout();

    /// <summary>Reports, and returns when the report was taken: what is sent after it on the stream is acknowledged.</summary>
    private static async Task ReportAsync(OrchestratorBench bench, ScriptedRig rig, string quarantine)
    {
        rig.Quarantine = quarantine;
        await rig.ReportAsync(string.Empty);
        await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
    }
}
