using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>The virtual ESME on a line, spoken to in octets that other people's clients sent.</summary>
public sealed class VirtualEsmeLineTests : IDisposable
{
    // With this size the first block of the object list takes five frames, which brings the counters to those of the captured requests.
    private const int PduOctets = 600;

    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task A_session_of_third_party_octets_runs_over_a_line_in_memory()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        Task pump = Meter().RunAsync(new VirtualLine(pair.Far), _stop.Token);

        await SpeakThirdPartyOctets(pair.Near);

        await Stop(pump);
    }

    [Fact]
    public async Task A_session_of_third_party_octets_runs_over_a_pseudo_terminal()
    {
        await using PtyMasterTransport master = PtyMasterTransport.Create(new PtySettings { Name = "esme" });
        VirtualLine line = new(master) { Baud = 9600, ReadClientBaud = () => master.ClientBaud };
        Task pump = Meter().RunAsync(line, _stop.Token);
        await using SerialPortTransport port = Open(master, 9600);

        await SpeakThirdPartyOctets(port);

        await Stop(pump);
    }

    [Fact]
    public async Task A_client_at_a_wrong_baud_is_not_understood_and_that_is_told_once()
    {
        await using PtyMasterTransport master = PtyMasterTransport.Create(new PtySettings { Name = "esme" });
        TaskCompletionSource<int> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int told = 0;
        VirtualLine line = new(master)
        {
            Baud = 9600,
            ReadClientBaud = () => master.ClientBaud,
            WrongBaudSeen = baud =>
            {
                told++;
                seen.TrySetResult(baud);
            },
        };
        VirtualEsme meter = Meter();
        Task pump = meter.RunAsync(line, _stop.Token);

        await using (SerialPortTransport wrong = Open(master, 2400))
        {
            await wrong.WriteAsync(ClientFrames.Snrm(), CancellationToken.None);
            (await seen.Task.DefaultTimeout()).Should().Be(2400);
        }

        await using SerialPortTransport right = Open(master, 9600);
        byte[] answer = await new LineClient(right).ExchangeAsync(ClientFrames.Snrm());

        ClientFrames.Parse(answer).Single().Control.Should().Be(0x73);
        told.Should().Be(1);
        meter.Counters.FramesForUs.Should().Be(1);
        await Stop(pump);
    }

    [Fact]
    public async Task A_pump_that_was_stopped_starts_again_without_link_and_with_the_state_of_the_meter()
    {
        VirtualEsme meter = Meter();
        await using (MemoryTransportPair pair = MemoryTransportPair.Create())
        {
            using CancellationTokenSource stop = new();
            Task pump = meter.RunAsync(new VirtualLine(pair.Far), stop.Token);
            string? answer = await Task.Run(() => Disable(new LineClient(pair.Near)), _stop.Token).DefaultTimeout();
            answer.Should().Be("C701C10000");
            await stop.CancelAsync();
            await FluentActions.Awaiting(() => pump.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
        }

        await using MemoryTransportPair next = MemoryTransportPair.Create();
        Task again = meter.RunAsync(new VirtualLine(next.Far), _stop.Token);
        byte[] poll = await new LineClient(next.Near).ExchangeAsync(ClientFrames.ReceiveReady(1, ClientFrames.ManagementClient));

        ClientFrames.Parse(poll).Single().Control.Should().Be(0x1F, "DM: nothing is connected");
        meter.Supply.Should().Be(SupplyState.Disconnected);
        await Stop(again);
    }

    [Fact]
    public async Task A_command_is_on_disk_when_its_answer_arrives()
    {
        string folder = Directory.CreateTempSubdirectory("virtual-esme-").FullName;
        string path = Path.Combine(folder, "commands.jsonl");
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        using FileCommandLog log = new(path);
        Task pump = Meter(log: log).RunAsync(new VirtualLine(pair.Far), _stop.Token);

        string? answer = await Task.Run(() => Disable(new LineClient(pair.Near)), _stop.Token).DefaultTimeout();

        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string[] lines = (await reader.ReadToEndAsync(_stop.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        answer.Should().Be("C701C10000");
        lines.Should().HaveCount(2);
        lines[1].Should().Contain("\"ACTION\"").And.Contain("0-0:10.0.106.255");
        await Stop(pump);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_think_time_passes_before_the_answer()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        Task pump = Meter(model => model with { Link = model.Link with { ThinkTime = TimeSpan.FromMilliseconds(5) } })
            .RunAsync(new VirtualLine(pair.Far), _stop.Token);

        string? answer = await Task.Run(() => Disable(new LineClient(pair.Near)), _stop.Token).DefaultTimeout();

        answer.Should().Be("C701C10000");
        await Stop(pump);
    }

    public void Dispose() => _stop.Dispose();

    private static VirtualEsme Meter(Func<EsmeModel, EsmeModel>? change = null, ICommandLog? log = null)
    {
        EsmeModel model = EsmeFixture.DefaultModel() with { LogicalDeviceName = "GRX0000000123456", PduOctets = PduOctets };
        return new VirtualEsme("esme-01", change is null ? model : change(model), TimeProvider.System, log);
    }

    private static SerialPortTransport Open(PtyMasterTransport master, int baud) =>
        SerialPortTransport.Open(new SerialPortSettings { Path = master.ClientPath, Baud = baud, HasLineTime = false });

    private static string? Disable(LineClient line)
    {
        ScriptedClient client = line.Script(ClientFrames.ManagementClient);
        client.Connect();
        client.Send(ThirdPartyVectors.Hex("aarq-lls-12345678"));
        return client.Send("C301C1000900000A006AFF0101120034");
    }

    private static async Task SpeakThirdPartyOctets(IByteTransport transport)
    {
        LineClient line = new(transport);

        byte[] ua = await line.ExchangeAsync(ThirdPartyVectors.Octets("snrm-1byte-public"));
        byte[] aare = await line.ExchangeAsync(ThirdPartyVectors.Octets("i-aarq-none-1byte"));
        ua.ShouldBeHex(ThirdPartyVectors.Hex("ua-default-params"));
        Information(aare).Should().Be(
            "E6E7006129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400" + "001210" + "02580007",
            "the captured AARE with the services that this meter gives to the public client");

        // The captured requests carry N(S) 2 and N(R) 6.
        await Task.Run(() => AdvanceTo(line, sendSequence: 2, receiveSequence: 6)).DefaultTimeout();
        byte[] name = await line.ExchangeAsync(ThirdPartyVectors.Octets("i-get-ldn"));
        Information(name).Should().Be(Information(ThirdPartyVectors.Octets("i-get-ldn-response")));

        (await line.ExchangeAsync(ThirdPartyVectors.Octets("snrm-1byte-public"))).ShouldBeHex(ThirdPartyVectors.Hex("ua-default-params"));
        await line.ExchangeAsync(ThirdPartyVectors.Octets("i-aarq-none-1byte"));
        await Task.Run(() => AdvanceTo(line, sendSequence: 2, receiveSequence: 6)).DefaultTimeout();
        byte[] clock = await line.ExchangeAsync(ThirdPartyVectors.Octets("i-get-clock-time"));
        string capturedClock = Information(ThirdPartyVectors.Octets("i-get-clock-time-response"));
        Information(clock).Should().StartWith(capturedClock[..20]).And.HaveLength(capturedClock.Length);

        byte[] disconnected = await line.ExchangeAsync(ThirdPartyVectors.Octets("disc"));
        ClientFrames.Parse(disconnected).Single().Control.Should().Be(0x73);
        await Task.Run(() => SpeakManagementOctets(line)).DefaultTimeout();
    }

    private static void AdvanceTo(LineClient line, int sendSequence, int receiveSequence)
    {
        ScriptedClient client = line.Script(ClientFrames.PublicClient);
        client.Resume(sendSequence: 1, receiveSequence: 1);
        client.Send("C001C1000F0000280000FF0200").Should().StartWith("C402C10000000001");
        client.Sequences.Should().Be((sendSequence, receiveSequence));
    }

    private static void SpeakManagementOctets(LineClient line)
    {
        ScriptedClient client = line.Script(ClientFrames.ManagementClient);
        client.Connect().Control.Should().Be(0x73);
        client.Send(ThirdPartyVectors.Hex("aarq-lls-12345678")).Should().StartWith("6129").And.Contain("A203020100");
        client.Send(ThirdPartyVectors.Hex("set-request-clock")).Should().Be(ThirdPartyVectors.Hex("set-response-ok"));
        client.Send(ThirdPartyVectors.Hex("action-remote-disconnect")).Should().Be("C701C10000");
        client.Send(ThirdPartyVectors.Hex("action-remote-reconnect")).Should().Be("C701C10000");
        client.Send(ThirdPartyVectors.Hex("get-request-with-list-2"))
            .Should().StartWith("C403C102000910" + "475258").And.Contain("00090C07E5");
        client.Send("C001C1000F0000280000FF0200").Should().StartWith("C402C10000000001");
        client.Send(ThirdPartyVectors.Hex("get-request-next-1")).Should().StartWith("C402C10000000002");
        client.Send(ThirdPartyVectors.Hex("script-106-execute-2")).Should().Be("C701C10400", "script 2 is no supply script");
        client.Send(ThirdPartyVectors.Hex("rlrq-normal")).Should().Be("6303800100");
        client.Disconnect().Control.Should().Be(0x73);
    }

    private static string Information(byte[] frame) => ClientFrames.Parse(frame).Single().Information;

    private async Task Stop(Task pump)
    {
        await _stop.CancelAsync();
        await FluentActions.Awaiting(() => pump.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
    }
}
