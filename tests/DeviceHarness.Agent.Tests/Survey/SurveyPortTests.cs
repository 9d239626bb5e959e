using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Survey;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Transports.Tests.Rfc2217;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Survey;

/// <summary>What a survey takes for a port, and first contact over a network.</summary>
public sealed class SurveyPortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rfc2217:", "rfc2217", "HDLC: address 1 at 9600 baud 8N1")]
    [LongInlineData("tcp:", "tcp", "HDLC: address 1 at the line as it is")]
    public async Task A_meter_behind_a_network_is_found_and_its_draft_leads_there_again(string prefix, string via, string found)
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("meter", TimeProvider.System);
        EsmeModel model = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        VirtualEsme meter = new("esme-01", model, TimeProvider.System, new CommandList());
        Task serving = ServeAsync(listener, meter, prefix == SurveyPort.Rfc2217Prefix);
        PortSurveyOptions options = new()
        {
            Port = $"{prefix}{listener.Endpoint}",
            OutFolder = Path.Combine(_folder.Path, "out"),
            DataFolder = _folder.Path,
        };

        SurveyReport report = await PortSurvey.RunAsync(options, TimeProvider.System, CancellationToken.None).DefaultTimeout();
        Func<Task> served = () => serving.DefaultTimeout();
        await served.Should().ThrowAsync<TransportException>("the survey closed the connection");

        report.Problems.Should().BeEmpty();
        report.Lines.Should().Contain(found).And.Contain("firmware: 4.2.0");
        RigConfiguration draft = RigConfigurationReader.Read(Path.Combine(options.OutFolder, "rig-config.yaml"));
        draft.Devices.Should().ContainSingle().Which.Link.Via.ToString().Should().BeEquivalentTo(via);
        SurveyPort.Of(draft, draft.Devices[0], _folder.Path).Should().Be(options.Port);
    }

    [Theory]
    [InlineData("{ via: serial, port: /dev/ttyUSB0 }", "/dev/ttyUSB0")]
    [InlineData("{ via: rfc2217, address: \"192.0.2.7:4001\" }", "rfc2217:192.0.2.7:4001")]
    [InlineData("{ via: tcp, address: \"[2001:db8::7]:4001\" }", "tcp:[2001:db8::7]:4001")]
    [InlineData("{ via: tcp, address: \"192.0.2.7:4059\", framing: wrapper }", null)]
    public void A_device_is_surveyed_where_it_is_read_unless_it_speaks_no_HDLC_there(string link, string? port)
    {
        RigConfiguration rig = Rig(link);

        Func<string> of = () => SurveyPort.Of(rig, rig.Devices[0], _folder.Path);

        if (port is null)
        {
            of.Should().Throw<ConfigurationException>().Which.Code.Should().Be("RIG-010");
        }
        else
        {
            of().Should().Be(port);
        }
    }

    [Fact]
    public void A_sign_on_is_drafted_where_there_is_one()
    {
        LineSetting line = new(4800, SerialFormat.EightNone1);

        RigLink drafted = Rig(SurveyPort.LinkText("rfc2217:192.0.2.7:4001", line, isSignedOn: true)).Devices[0].Link;

        (drafted.Via, drafted.Port, drafted.Baud, drafted.IsSignedOn).Should().Be((LinkVia.Rfc2217, "192.0.2.7:4001", 4800, true));
        SurveyPort.LinkText("/dev/ttyUSB0", line, isSignedOn: false).Should().NotContain("sign-on");
    }

    [Theory]
    [InlineData("tcp:192.0.2.7")]
    [InlineData("rfc2217:")]
    [InlineData("rfc2217:192.0.2.7:70000")]
    public async Task What_is_no_address_is_refused(string port)
    {
        Func<Task> open = () => SurveyPort.OpenAsync(port, TimeProvider.System, CancellationToken.None);

        (await open.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("SURV-022");
    }

    private static async Task ServeAsync(TcpTransportListener listener, VirtualEsme meter, bool isComPort)
    {
        await using TcpTransport accepted = await listener.AcceptAsync(CancellationToken.None);
        IByteTransport line = isComPort ? new ComPortServer(accepted) : accepted;
        await meter.RunAsync(new VirtualLine(line) { IsConnection = true }, CancellationToken.None);
    }

    private static RigConfiguration Rig(string link) => RigConfigurationReader.Parse(
        $$"""
        rig: survey
        users: { IS: 90-B3-D5-1F-30-01-00-01 }
        devices:
          esme-01: { type: ESME, eui64: 90-B3-D5-1F-30-00-00-A0, profile: generic-smets1-esme, link: {{link}} }
        """,
        Path.Combine(RepositoryRoot.Path, "rig-config.yaml"));
}
