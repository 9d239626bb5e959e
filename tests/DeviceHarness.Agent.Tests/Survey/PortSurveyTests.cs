using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Survey;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Survey;

/// <summary>First contact with a virtual meter that was written from the other side of the standard, in this process.</summary>
public sealed class PortSurveyTests : IDisposable
{
    private static readonly string Like = Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml");

    private readonly TemporaryFolder _folder = new();
    private readonly JumpingClock _clock = new();
    private readonly CommandList _commands = new();
    private readonly List<string> _told = [];
    private int _runs;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_meter_is_found_and_identified_and_the_drafts_load_and_carry_a_case()
    {
        VirtualEsme meter = Meter();
        SurveyLine line = new(meter, _clock);

        SurveyReport report = await SurveyAsync(line, Options());

        report.Problems.Should().BeEmpty();
        report.End.Should().Be(SurveyEnd.Known);
        report.Lines.Should().Contain("HDLC: address 1 at 9600 baud 8N1")
            .And.Contain("logical device name: DHV0000000000001").And.Contain("serial number: 26E0000001").And.Contain("firmware: 4.2.0")
            .And.Contain("logical device 1: DHV0000000000001")
            .And.Contain("client 1: low-level security").And.Contain("client 16: none");
        report.Lines.Should().ContainMatch("objects: *names of the second generation*");
        line.Tried.Should().OnlyContain(setting => setting.Baud == 9600, "it answered at the first rate");
        AttemptResult result = await RunDraftAsync(line, "SMK-01");
        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _commands.Changes.Should().Be(0, "nothing is written and no method invoked");
    }

    [Fact]
    public async Task With_its_password_a_meter_shows_more_and_the_draft_reads_more_by_it()
    {
        SurveyLine line = new(Meter(), _clock);
        List<byte[]> passwords = Passwords(line, "12345678");

        await SurveyAsync(line, Options() with { LikeProfile = Like });
        IReadOnlyCollection<string> before = [.. Profile().Objects.Reads.Variants.Keys];
        SurveyReport report = await SurveyAsync(line, Options() with { Password = "test:12345678", LikeProfile = Like });

        report.Problems.Should().BeEmpty();
        passwords.Should().ContainSingle("a password is sent once");
        Profile().ClientAddress.Should().Be(HdlcAddress.Client(1));
        before.Should().NotContain("4.18", "the public client may not read the balance");
        Profile().Objects.Reads.Variants.Keys.Should().Contain(["4.8.1", "4.18", "6.2.4"]);
        Profile().Objects.Reads.Variants["4.8.1"].Keys.Should().Equal("log", "PrimaryValue");
        report.Json.Should().NotContain("12345678").And.Contain("\"isListWhole\": true");
        _commands.Changes.Should().Be(0);
    }

    [Fact]
    public async Task A_password_that_failed_is_not_sent_again_by_a_second_run()
    {
        SurveyLine line = new(Meter(), _clock);
        List<byte[]> wrong = Passwords(line, "wrong-one");
        List<byte[]> right = Passwords(line, "12345678");

        SurveyReport first = await SurveyAsync(line, Options() with { Password = "test:wrong-one" });
        SurveyReport second = await SurveyAsync(line, Options() with { Password = "test:wrong-one" });
        SurveyReport third = await SurveyAsync(line, Options() with { Password = "test:12345678" });

        first.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-011");
        second.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-012");
        third.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-012", "nobody knows how many a meter allows: one");
        third.Problems[0].Advice.Should().Contain(Path.Combine("security", "survey", "dhv0000000000001"));
        wrong.Should().ContainSingle();
        right.Should().BeEmpty();
        first.Lines.Should().Contain("firmware: 4.2.0", "what the public client reads is known all the same");
    }

    [Fact]
    public async Task A_meter_behind_an_optical_head_is_signed_on_to_and_drafted_so()
    {
        EsmeModel model = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-optical.yaml"));
        SurveyLine line = new(new VirtualEsme("esme-01", model, _clock, _commands), _clock);

        SurveyReport report = await SurveyAsync(line, Options() with { Password = "test:12345678" });

        report.Problems.Should().BeEmpty();
        report.Lines[0].Should().StartWith("identification at the sign-on: ").And.EndWith("ESME");
        RigDevice device = Draft().Devices[0];
        device.Link.IsSignedOn.Should().BeTrue();
        (await RunDraftAsync(line, "SMK-01")).Verdict.Should().Be(Verdict.Passed);
        _commands.Changes.Should().Be(0);
    }

    [Theory]
    [InlineData("no-answer", "SURV-009", "no answer comes")]
    [InlineData("list-cut-short", "SURV-007", "the object list ends early: ")]
    [InlineData("list-without-end", "SURV-008", "the value does not end: ")]
    [InlineData("block-number-off", "SURV-010", "DLMS-011")]
    public async Task A_meter_that_misbehaves_is_told_with_its_reason_and_what_was_seen_is_drafted(
        string defect, string code, string text)
    {
        VirtualEsme meter = Meter();
        meter.Defects = EsmeDefectNames.All[defect];

        SurveyReport report = await SurveyAsync(new SurveyLine(meter, _clock), Options());

        report.End.Should().Be(SurveyEnd.Incomplete);
        (string told, string advice) = report.Problems.Should().ContainSingle().Subject;
        told.Should().StartWith(code).And.Contain(text);
        advice.Should().NotBeEmpty();
        report.Lines.Should().Contain("HDLC: address 1 at 9600 baud 8N1");
        Profile().ServerAddress.Should().Be(HdlcAddress.Server(1));
        string profile = Path.Combine(Out, "rigs", "profiles", $"{Draft().Devices[0].Profile}.yaml");
        (await File.ReadAllTextAsync(profile)).Should().Contain("GUESS");
    }

    [Fact]
    public async Task A_list_that_is_cut_short_leaves_the_objects_that_came()
    {
        VirtualEsme meter = Meter();
        meter.Defects = EsmeDefects.ListCutShort;

        SurveyReport report = await SurveyAsync(new SurveyLine(meter, _clock), Options());

        report.Lines.Should().ContainMatch("objects: *(not all)*");
        report.Json.Should().Contain("0-0:42.0.0.255").And.Contain("\"isListWhole\": false");
    }

    [Theory]
    [InlineData(false, "HDLC: address 1/99 at 9600 baud 8N1")]
    [InlineData(true, null)]
    public async Task A_physical_address_of_its_own_is_found_by_calling_all_stations(bool isDeaf, string? found)
    {
        VirtualEsme meter = Meter(model => model with { Link = model.Link with { Address = HdlcAddress.Server(1, 99) } });
        SurveyLine line = new(meter, _clock) { IsDeafToAllStations = isDeaf };

        SurveyReport report = await SurveyAsync(line, Options() with { Bauds = [9600] });

        report.Lines.FirstOrDefault().Should().Be(found);
        if (isDeaf)
        {
            (string told, string advice) = report.Problems.Should().ContainSingle().Subject;
            told.Should().StartWith("SURV-001");
            advice.Should().Contain("--address");
            report.End.Should().Be(SurveyEnd.NothingFound);
            report.Files.Should().ContainSingle().Which.Should().EndWith("survey.json", "nothing was seen to be drafted");
            SurveyReport named = await SurveyAsync(line, Options() with { Addresses = ["1/99"] });
            named.Lines[0].Should().Be("HDLC: address 1/99 at 9600 baud 8N1");
        }
    }

    [Fact]
    public async Task A_meter_at_another_rate_is_found_there_and_its_babble_at_a_wrong_one_is_told()
    {
        SurveyLine line = new(Meter(), _clock, baud: 19_200) { IsBabbling = true };

        SurveyReport wrong = await SurveyAsync(line, Options() with { Bauds = [9600] });
        SurveyReport right = await SurveyAsync(line, Options());

        wrong.End.Should().Be(SurveyEnd.NothingFound);
        wrong.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-002");
        right.Lines[0].Should().Be("HDLC: address 1 at 19200 baud 8N1");
        line.Tried.Should().Contain(new LineSetting(300, SerialFormat.SevenEven1), "a sign-on was tried before");
    }

    [Fact]
    public async Task A_silent_port_ends_with_each_try_in_the_log()
    {
        SurveyLine line = new(Meter(), _clock) { IsDead = true };

        SurveyReport report = await SurveyAsync(line, Options());

        report.End.Should().Be(SurveyEnd.NothingFound);
        report.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-001");
        line.Tried.Select(setting => setting.ToString()).Distinct().Should().Equal(
            "9600 baud 8N1", "300 baud 7E1", "19200 baud 8N1", "38400 baud 8N1", "115200 baud 8N1", "57600 baud 8N1", "4800 baud 8N1",
            "2400 baud 8N1", "300 baud 8N1", "9600 baud 7E1");
        report.Json.Should().Contain("SNRM to 1/17").And.Contain("request message of the sign-on");
        _told.Should().Contain("2400 baud 8N1: HDLC, 8 addresses");
    }

    [Fact]
    public async Task A_line_that_echoes_is_told_and_our_own_frames_are_no_answer()
    {
        SurveyReport found = await SurveyAsync(new SurveyLine(Meter(), _clock) { IsEchoing = true }, Options());
        SurveyReport alone = await SurveyAsync(new SurveyLine(Meter(), _clock) { IsEchoing = true, IsDead = true }, Options());

        found.Problems.Should().BeEmpty();
        found.Lines[0].Should().Be("HDLC: address 1 at 9600 baud 8N1; the line echoes");
        alone.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-001", "an echo is no noise and no device");
    }

    [Fact]
    public async Task A_line_that_cannot_be_changed_is_tried_as_it_is()
    {
        SurveyReport report = await SurveyAsync(new SurveyLine(Meter(), _clock) { IsFixed = true }, Options());

        report.Problems.Should().BeEmpty();
        report.Lines[0].Should().Be("HDLC: address 1 at the line as it is");
    }

    [Fact]
    public async Task A_meter_that_does_not_know_the_public_client_is_told_so()
    {
        VirtualEsme meter = Meter(model => model with { Clients = [.. model.Clients.Where(client => client.Address != 16)] });

        SurveyReport report = await SurveyAsync(new SurveyLine(meter, _clock), Options());

        report.Problems.Should().ContainSingle().Which.Text.Should().StartWith("SURV-005");
        Draft().Devices.Should().ContainSingle();
    }

    [Fact]
    public async Task Who_interrupts_keeps_what_is_known_and_the_meter_is_hung_up()
    {
        using CancellationTokenSource stop = new();
        VirtualEsme meter = Meter();
        SurveyLine line = new(meter, _clock);
        List<HdlcFrameKind> sent = [];
        line.Written = octets => sent.Add(KindOf(octets));
        PortSurveyOptions options = Options() with
        {
            Told = text =>
            {
                if (text.StartsWith("firmware", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            },
        };

        SurveyReport report = await PortSurvey.RunAsync(options, line, _clock, stop.Token).DefaultTimeout();

        report.End.Should().Be(SurveyEnd.Interrupted);
        report.Lines.Should().Contain("firmware: 4.2.0").And.NotContainMatch("clock: *");
        sent[^1].Should().Be(HdlcFrameKind.Disc);
        Draft().Devices[0].FirmwareVersion.Should().Be("4.2.0");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("128")]
    [InlineData("1/2/3")]
    [InlineData("x")]
    [InlineData("1/20000")]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent(string address)
    {
        SurveyLine line = new(Meter(), _clock);

        Func<Task> survey = () => SurveyAsync(line, Options() with { Addresses = [address] });

        (await survey.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("SURV-020");
        line.Tried.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "out-1"));

        Func<Task> survey = () => SurveyAsync(new SurveyLine(Meter(), _clock), Options());

        (await survey.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("SURV-021");
    }

    private string Out => Path.Combine(_folder.Path, $"out-{_runs}");

    private static HdlcFrameKind KindOf(ReadOnlyMemory<byte> octets) =>
        HdlcFrameCodec.Decode(octets.Span, out HdlcFrame frame, out _, out _) == System.Buffers.OperationStatus.Done
            ? frame.Control.Kind
            : HdlcFrameKind.Unknown;

    /// <summary>Keeps each write that holds a password.</summary>
    private static List<byte[]> Passwords(SurveyLine line, string password)
    {
        List<byte[]> sent = [];
        byte[] secret = System.Text.Encoding.ASCII.GetBytes(password);
        Action<ReadOnlyMemory<byte>> before = line.Written;
        line.Written = octets =>
        {
            before(octets);
            if (octets.Span.IndexOf(secret) >= 0)
            {
                sent.Add(octets.ToArray());
            }
        };
        return sent;
    }

    private VirtualEsme Meter(Func<EsmeModel, EsmeModel>? change = null)
    {
        EsmeModel model = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        return new VirtualEsme("esme-01", change?.Invoke(model) ?? model, _clock, _commands);
    }

    private PortSurveyOptions Options()
    {
        _runs++;
        return new PortSurveyOptions { Port = "/dev/ttyS99", OutFolder = Out, DataFolder = _folder.Path, Told = _told.Add };
    }

    private Task<SurveyReport> SurveyAsync(SurveyLine line, PortSurveyOptions options) =>
        PortSurvey.RunAsync(options, line, _clock, CancellationToken.None).DefaultTimeout();

    private RigConfiguration Draft() => RigConfigurationReader.Read(Path.Combine(Out, "rig-config.yaml"));

    private DeviceProfile Profile() => DriverCatalog.ProfileOf(Draft().Devices[0], Draft().ProfilesFolder);

    /// <summary>Runs a case of the smoke pack on the drafted rig, over the same line, with what only a person can read off the
    /// display.</summary>
    private async Task<AttemptResult> RunDraftAsync(SurveyLine line, string testCase)
    {
        string file = Path.Combine(Out, "rig-config.yaml");
        string text = await File.ReadAllTextAsync(file);
        RigConfiguration rig = RigConfigurationReader.Parse(
            text.Replace("facts: {", "facts: { import-reading-wh: 1234567,", StringComparison.Ordinal), file);
        line.TryChangeLine(new LineSetting(rig.Devices[0].Link.Baud, SerialFormat.EightNone1));
        TestPack pack = PackLibrary.Find("dmct-smoke")!;
        await using RigBench bench = new(
            rig, [], _folder.Path, rig.ProfilesFolder, _clock, NullLogger.Instance,
            (_, _, _, _) => new ValueTask<DevicePort>(new DevicePort(line, "line", new AdapterLatency(null, false, "memory"), () => true)
            {
                Clock = _clock,
                ListenInterval = null,
            }));
        bench.BeginAttempt(testCase);
        return await new PackRunner()
            .RunCaseAsync(
                pack, pack.Find(testCase)!, bench, new KeepingJournal(), new RunOptions { Time = _clock }, CancellationToken.None)
            .DefaultTimeout();
    }
}
