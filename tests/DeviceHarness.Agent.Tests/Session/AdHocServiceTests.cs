using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Session;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Session;

public sealed class AdHocServiceTests
{
    private readonly Channel<AdHocAnswer> _answers = Channel.CreateUnbounded<AdHocAnswer>();

    [Fact]
    public async Task A_request_is_answered_with_both_answers_of_the_service_and_its_latency()
    {
        using BenchFolder folder = new();
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        string xml = DuisRequestWriter.Write(new DuisRequest(id, 1, new ReadFirmwareVersion()));

        AdHocAnswer answer = await AskAsync(bench.Service, "r-1", xml);

        answer.RequestId.Should().Be("r-1");
        answer.ErrorCode.Should().BeEmpty();
        answer.AcknowledgementXml.Should().Contain("I99");
        answer.ResponseXml.Should().Contain("4.2.0");
        answer.Latency.Exchanges.Should().BePositive();
    }

    [Fact]
    public async Task What_the_providers_answer_by_proxy_comes_without_a_dialogue_with_the_device()
    {
        using BenchFolder folder = new();
        await using RigBench bench = folder.OpenBench();
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        UnmodelledRequestBody body = new(
            "6.24.1", "RetrieveDeviceSecurityCredentialsKRP",
            $"<sr:RetrieveDeviceSecurityCredentialsKRP xmlns:sr=\"{DuisSchema.ServiceUserGateway}\">"
            + "<sr:RemotePartyRole>NetworkOperator</sr:RemotePartyRole></sr:RetrieveDeviceSecurityCredentialsKRP>");

        AdHocAnswer answer = await AskAsync(bench.Service, "r-1", DuisRequestWriter.Write(new DuisRequest(id, 1, body)));

        answer.ErrorCode.Should().BeEmpty(answer.Error);
        answer.ResponseXml.Should().Contain("trustAnchorNotFound", "the rig file says nothing of its owners");
        answer.Latency.Exchanges.Should().Be(0);
    }

    [Theory]
    [InlineData("<not xml")]
    [InlineData("<other/>")]
    [InlineData("")]
    public async Task A_malformed_request_is_an_error_with_a_code_and_a_reason(string xml)
    {
        using BenchFolder folder = new();
        await using RigBench bench = folder.OpenBench();

        AdHocAnswer answer = await AskAsync(bench.Service, "r-2", xml);

        answer.RequestId.Should().Be("r-2");
        answer.ErrorCode.Should().Be("DUIS-001");
        answer.Error.Should().NotBeEmpty();
        answer.AcknowledgementXml.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_without_the_secrets_in_it()
    {
        const string Utrn = "73946150284617395026";
        const string Mpxn = "2198765432107";
        using BenchFolder folder = new();
        await using RigBench bench = folder.OpenBench();
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        string sound = DuisRequestWriter.Write(new DuisRequest(id, 1, new ReadFirmwareVersion()));
        string xml = sound
            .Replace(">1<", $">{Utrn}<", StringComparison.Ordinal)
            .Replace("<sr:ReadFirmwareVersion", $"<sr:UTRN>{Utrn}</sr:UTRN><sr:ReadFirmwareVersion", StringComparison.Ordinal);
        string named = sound.Replace(">11.2<", $">{Mpxn}<", StringComparison.Ordinal);

        AdHocAnswer wrong = await AskAsync(bench.Service, "r-1", xml);
        AdHocAnswer unknown = await AskAsync(bench.Service, "r-2", named);

        wrong.Error.Should().Contain("CommandVariant").And.Contain("**").And.NotContain(Utrn);
        unknown.Error.Should().Contain("ServiceReferenceVariant").And.Contain("**").And.NotContain(Mpxn);
    }

    [Fact]
    public async Task A_bench_that_is_not_up_is_an_error_with_its_code()
    {
        using BenchFolder folder = new();
        await using RigBench bench = folder.OpenBench();
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        string xml = DuisRequestWriter.Write(new DuisRequest(id, 1, new ReadFirmwareVersion()));

        AdHocAnswer answer = await AskAsync(bench.Service, "r-3", xml);

        answer.ErrorCode.Should().Be("BENCH-002");
        answer.Error.Should().Contain("harness bench up");
    }

    [Theory]
    [InlineData(DeviceOutcomeKind.Done, true)]
    [InlineData(DeviceOutcomeKind.NoAnswer, true)]
    [InlineData(DeviceOutcomeKind.Unreachable, true)]
    [InlineData(DeviceOutcomeKind.Refused, false)]
    public async Task What_the_response_has_no_place_for_is_a_warning(DeviceOutcomeKind kind, bool isTold)
    {
        DeviceOutcome outcome = new(kind, null, "clock invalid in 1 of 2 rows of 2198765432107", null, null);

        AdHocAnswer answer = await AskAsync(new AnsweringPort(outcome), "r-1", "<request/>");

        answer.Warnings.Should().Equal(
            isTold ? ["schema 5.0", "the device: clock invalid in 1 of 2 rows of **"] : (string[])["schema 5.0"]);
    }

    [Fact]
    public async Task More_requests_than_are_allowed_at_once_are_refused_and_room_comes_back()
    {
        GatedPort port = new();
        AdHocService service = new(port, [], NullLogger.Instance, CancellationToken.None);
        for (int index = 0; index < AdHocService.MaximumRequests; index++)
        {
            service.Begin(new AdHocRequest { RequestId = $"taken-{index}" }, SendAsync);
        }

        await Eventually.HoldsAsync(() => port.Waiting == AdHocService.MaximumRequests);
        service.Begin(new AdHocRequest { RequestId = "one too many" }, SendAsync);
        AdHocAnswer refused = await NextAsync();
        port.Open();
        for (int index = 0; index < AdHocService.MaximumRequests; index++)
        {
            (await NextAsync()).ErrorCode.Should().Be("GATE-001");
        }

        refused.RequestId.Should().Be("one too many");
        refused.ErrorCode.Should().Be("AGENT-001");
        AdHocAnswer later = new() { ErrorCode = "AGENT-001" };
        while (later.ErrorCode == "AGENT-001")
        {
            // The room comes back just after the answer has gone out.
            service.Begin(new AdHocRequest { RequestId = "later" }, SendAsync);
            later = await NextAsync();
        }

        later.ErrorCode.Should().Be("GATE-001");
    }

    private Task SendAsync(AdHocAnswer answer) => _answers.Writer.WriteAsync(answer).AsTask();

    private Task<AdHocAnswer> NextAsync() => _answers.Reader.ReadAsync().AsTask().DefaultTimeout();

    private Task<AdHocAnswer> AskAsync(IServiceRequestPort port, string requestId, string xml)
    {
        new AdHocService(port, ["2198765432107"], NullLogger.Instance, CancellationToken.None)
            .Begin(new AdHocRequest { RequestId = requestId, RequestXml = xml }, SendAsync);
        return NextAsync();
    }

    /// <summary>A service that always answers the same.</summary>
    private sealed class AnsweringPort(DeviceOutcome outcome) : IServiceRequestPort
    {
        public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken) => Task.FromResult(
            new ServiceExchange(
                requestXml, new ServiceAnswer("I99", null, "<acknowledgement/>"), null, outcome,
                Abstractions.Devices.LatencySplit.None, ["schema 5.0"]));
    }

    /// <summary>A service that answers nothing until it is opened, and then only that it is broken.</summary>
    private sealed class GatedPort : IServiceRequestPort
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        public int Waiting => Volatile.Read(ref _waiting);

        public void Open() => _open.SetResult();

        public async Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _waiting);
            await _open.Task.WaitAsync(cancellationToken);
            throw new TransportException("GATE-001", "the gate", "gate");
        }
    }
}
