using System.Security.Cryptography;
using System.Xml.Linq;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class ReportStreamTests
{
    [Fact]
    public async Task Reports_of_a_cycle_come_whole_as_html_and_as_junit()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Failed, "the meter said no");

        string html = System.Text.Encoding.UTF8.GetString(Join(await ReportAsync(bench, cycle, ReportFormat.Html)));
        XDocument junit = XDocument.Load(new MemoryStream(Join(await ReportAsync(bench, cycle, ReportFormat.Junit))));

        html.Should().StartWith("<!").And.Contain("the meter said no").And.Contain(cycle).And.EndWith("</html>\n");
        junit.Descendants("testcase").Should().HaveCount(2);
        junit.Descendants("failure").Should().ContainSingle();
    }

    [Fact]
    public async Task Evidence_comes_back_as_it_was_recorded_in_pieces_of_64_KiB()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();
        byte[] content = new byte[CycleLimits.PieceOctets * 3];
        new Random(1).NextBytes(content);
        await rig.SendAsync(Samples.Started(lease), Samples.Evidence(lease, 2, content), Samples.Finished(lease, 3, Verdict.Passed));
        await rig.ReadAckAsync();

        EvidenceRef reference = (await bench.GetAsync(cycle)).Executions[0].Evidence.Should().ContainSingle().Subject;
        List<EvidencePiece> pieces = await EvidenceAsync(bench, reference.Sha256);

        reference.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(content)));
        pieces.Select(piece => piece.Content.Length).Should().Equal(Enumerable.Repeat(CycleLimits.PieceOctets, 3));
        pieces.Should().OnlyContain(piece => piece.MediaType == "application/json");
        pieces.SelectMany(piece => piece.Content.ToByteArray()).Should().Equal(content);
    }

    [Fact]
    public async Task Latencies_are_summed_up_by_service_request_and_device()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);

        SrvLatency latency = (await bench.GetAsync(cycle)).Latencies.Should().ContainSingle().Subject;

        latency.ServiceReferenceVariant.Should().Be("7.4");
        latency.Device.Should().Be("esme-01");
        latency.Samples.Should().Be(2);
        latency.TotalP50.ToTimeSpan().Should().Be(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();

        RpcException report = (await FluentActions.Awaiting(() => ReportAsync(bench, "nothing", ReportFormat.Html))
            .Should().ThrowAsync<RpcException>()).Which;
        RpcException evidence = (await FluentActions.Awaiting(() => EvidenceAsync(bench, new string('0', 64)))
            .Should().ThrowAsync<RpcException>()).Which;

        report.StatusCode.Should().Be(StatusCode.NotFound);
        evidence.StatusCode.Should().Be(StatusCode.NotFound);
    }

    [Fact]
    public async Task A_report_without_a_format_is_refused()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");

        RpcException refusal = (await FluentActions.Awaiting(() => ReportAsync(bench, cycle, ReportFormat.Unspecified))
            .Should().ThrowAsync<RpcException>()).Which;

        refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    private static byte[] Join(IEnumerable<ReportPiece> pieces) => [.. pieces.SelectMany(piece => piece.Content.ToByteArray())];

    private static async Task<List<ReportPiece>> ReportAsync(OrchestratorBench bench, string cycle, ReportFormat format)
    {
        GetReportRequest request = new() { CycleId = cycle, Format = format };
        using AsyncServerStreamingCall<ReportPiece> call = bench.Client.GetReport(request);
        List<ReportPiece> pieces = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            pieces.Add(call.ResponseStream.Current);
        }

        pieces.Should().OnlyContain(piece => piece.Content.Length <= CycleLimits.PieceOctets);
        return pieces;
    }

    private static async Task<List<EvidencePiece>> EvidenceAsync(OrchestratorBench bench, string sha256)
    {
        using AsyncServerStreamingCall<EvidencePiece> call = bench.Client.GetEvidence(new GetEvidenceRequest { Sha256 = sha256 });
        List<EvidencePiece> pieces = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            pieces.Add(call.ResponseStream.Current);
        }

        return pieces;
    }
}
