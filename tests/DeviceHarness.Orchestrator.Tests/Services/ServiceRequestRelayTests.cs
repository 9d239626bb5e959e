using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class ServiceRequestRelayTests
{
    private const string Other = "90-B3-D5-1F-30-00-00-B0";

    [Fact]
    public async Task A_request_goes_to_the_rig_that_has_the_target_and_its_answer_comes_back()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig first = await bench.ConnectAsync();
        Hello hello = Samples.Hello("bench-02");
        hello.Devices[0] = Samples.Device("esme-01", Other);
        await using ScriptedRig second = await bench.ConnectAsync(hello);

        Task<SendServiceRequestReply> sending = SendAsync(bench, RequestTo(Other));
        AdHocRequest request = await second.ReadAdHocAsync();
        AdHocAnswer answer = new()
        {
            RequestId = request.RequestId,
            AcknowledgementXml = "<ack/>",
            ResponseXml = "<rsp/>",
            Warnings = { "old" },
        };
        await second.SendAsync(new RigMessage { AdHocAnswer = answer });
        SendServiceRequestReply reply = await sending;

        request.RequestXml.Should().Be(RequestTo(Other));
        reply.AcknowledgementXml.Should().Be("<ack/>");
        reply.ResponseXml.Should().Be("<rsp/>");
        reply.Warnings.Should().Equal("old");
    }

    [Fact]
    public async Task A_request_to_a_device_that_nobody_has_is_answered_by_the_only_rig()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();

        Task<SendServiceRequestReply> sending = SendAsync(bench, RequestTo(Other));
        AdHocRequest request = await rig.ReadAdHocAsync();
        await rig.SendAsync(new RigMessage { AdHocAnswer = new AdHocAnswer { RequestId = request.RequestId, ErrorCode = "X-1" } });

        (await sending).ErrorCode.Should().Be("X-1");
    }

    [Theory]
    [InlineData(0, "", "harness agent")]
    [InlineData(2, "", "bench-1, bench-2")]
    [InlineData(1, "bench-9", "'bench-9' is not connected")]
    public async Task Without_a_rig_for_it_a_request_is_not_found_and_the_text_says_what_to_do(int rigs, string named, string part)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        List<ScriptedRig> connected = [];
        foreach (int number in Enumerable.Range(1, rigs))
        {
            connected.Add(await bench.ConnectAsync(Samples.Hello($"bench-{number}")));
        }

        RpcException refusal = await RefusalAsync(() => SendAsync(bench, RequestTo(Other), named));

        refusal.StatusCode.Should().Be(StatusCode.NotFound);
        refusal.Status.Detail.Should().Contain(part);
    }

    [Theory]
    [InlineData("not xml", "is not XML (line 1")]
    [InlineData("<Request/>", "no element RequestID")]
    [InlineData("<Request><RequestID>1:2</RequestID></Request>", "'1:2'")]
    [InlineData("<!DOCTYPE r [<!ENTITY e \"x\">]><Request/>", "is not XML")]
    public async Task A_request_without_a_readable_address_is_refused(string xml, string part)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();

        RpcException refusal = await RefusalAsync(() => SendAsync(bench, xml));

        refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refusal.Status.Detail.Should().Contain(part);
    }

    [Fact]
    public async Task A_rig_that_does_not_answer_in_time_ends_the_wait()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        Task<SendServiceRequestReply> sending = SendAsync(bench, RequestTo(Samples.Esme));
        await rig.ReadAdHocAsync();

        bench.Time.Advance(bench.Options.ServiceRequestTimeout);
        RpcException refusal = await RefusalAsync(() => sending);

        refusal.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        refusal.Status.Detail.Should().Contain("not known");
    }

    [Fact]
    public async Task A_rig_that_goes_away_ends_the_wait()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig rig = await bench.ConnectAsync();
        Task<SendServiceRequestReply> sending = SendAsync(bench, RequestTo(Samples.Esme));
        await rig.ReadAdHocAsync();

        await rig.DisposeAsync();

        (await RefusalAsync(() => sending)).StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private static string RequestTo(string target) =>
        $"<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\"><sr:Header>"
        + $"<sr:RequestID>90-B3-D5-1F-30-01-00-01:{target}:1000</sr:RequestID></sr:Header></sr:Request>";

    private static Task<SendServiceRequestReply> SendAsync(OrchestratorBench bench, string xml, string rig = "") =>
        bench.Client.SendServiceRequestAsync(new SendServiceRequestRequest { RequestXml = xml, Rig = rig }).ResponseAsync.DefaultTimeout();

    private static async Task<RpcException> RefusalAsync(Func<Task> act) =>
        (await FluentActions.Awaiting(act).Should().ThrowAsync<RpcException>()).Which;
}
