using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Tests.Survey;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Doctor;

/// <summary>What a doctor does beyond looking: heads, wiring, cases; and where adapters are on the USB.</summary>
public sealed class WishedDoctorTests : IDisposable
{
    private const string TwoFeeds = """

        power:
          feeds:
            mains-01: { via: virtual, devices: [ esme-01 ] }
            mains-02: { via: gpio, chip: a, line: b, contact: normally-open, devices: [ esme-02 ] }
          sense:
            - { via: virtual, device: esme-01, terminal: mains }
            - { via: virtual, device: esme-02, terminal: mains }
        """;

    private const string SecondMeter = """

          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A2
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme-02.yaml }
        """;

    private readonly TemporaryFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_wiring_of_a_bench_is_proven_by_its_inputs_and_the_supply_is_there_after_it()
    {
        using BenchFolder bench = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + VirtualPowerTests.Power) };
        await using BenchFolder.ServedBench served = await bench.ServeAsync();
        DoctorScene scene = new(bench.Rig, bench.Path, TimeProvider.System);
        WiringCheck check = new();

        IReadOnlyList<DoctorFinding> unasked = await check.LookAsync(scene, CancellationToken.None);
        DoctorFinding proven = (await check.LookAsync(Wish(scene), CancellationToken.None).DefaultTimeout()).Single();
        DoctorFinding supply = (await new SupplyCheck().LookAsync(scene, CancellationToken.None).DefaultTimeout())[0];
        using FileStream agent = AgentHost.Hold(bench.Rig, bench.Path);
        DoctorFinding held = (await check.LookAsync(Wish(scene), CancellationToken.None).DefaultTimeout()).Single();

        unasked.Should().BeEmpty("devices lose their supply by it");
        proven.Should().Be(new DoctorFinding(
            "wiring", "mains-01", DoctorState.Good,
            "switches esme-01 and nothing else that an input sees; they have their supply when the agent dies", string.Empty));
        supply.State.Should().Be(DoctorState.Good);
        held.Found.Should().StartWith("AGENT-002");

        static DoctorScene Wish(DoctorScene scene) => scene with { Wishes = new DoctorWishes { MovesContacts = true } };
    }

    [Theory]
    [InlineData(SupplyFault.None, 0, DoctorState.Good, "they have their supply when the agent dies")]
    [InlineData(SupplyFault.Stuck, 0, DoctorState.Wrong, "esme-01 mains keeps its supply while the feed is off")]
    [InlineData(SupplyFault.Swapped, 0, DoctorState.Wrong, "esme-01 mains keeps its supply while the feed is off")]
    [InlineData(SupplyFault.TakesBoth, 0, DoctorState.Wrong, "esme-02 mains loses its supply with this feed")]
    [InlineData(SupplyFault.StaysDark, 0, DoctorState.Wrong, "they stay dark when the agent dies, and the rig file says 'normally-closed'")]
    [InlineData(SupplyFault.StaysDark, 1, DoctorState.Note, "switches esme-02 and nothing else that an input sees; they stay dark")]
    [InlineData(SupplyFault.NeverBack, 0, DoctorState.Wrong, "esme-01 mains has no supply after the feed was switched on again")]
    [InlineData(SupplyFault.DarkBefore, 0, DoctorState.Wrong, "esme-01 mains has no supply before anything was switched")]
    [InlineData(SupplyFault.Held, 0, DoctorState.Note, "not proven: the bench is held off by its emergency stop")]
    public async Task Wiring_that_is_not_as_the_rig_file_says_is_told(SupplyFault fault, int feed, DoctorState state, string found)
    {
        RigPower power = BenchFolder.Parse(BenchFolder.RigText + SecondMeter + TwoFeeds).Power;
        ScriptedSupply bench = new(fault);
        FeedTrial trial = new(power.Feeds[feed], power.Inputs, bench.Make, new JumpingClock());

        (DoctorState State, string Found, string Advice) told = await trial.RunAsync(CancellationToken.None).DefaultTimeout();

        told.Found.Should().Contain(found);
        told.State.Should().Be(state);
        bool isTouched = fault is not (SupplyFault.Held or SupplyFault.DarkBefore);
        bench.Switched.Should().Equal(isTouched ? [false, true] : [], "what was switched off is switched on, and nothing else is");
        bench.Alive.Should().Be(0, "whoever switched has let go");
    }

    [Fact]
    public async Task A_feed_that_no_input_sees_is_not_switched()
    {
        RigPower power = BenchFolder.Parse(BenchFolder.RigText + SecondMeter + TwoFeeds).Power;
        ScriptedSupply bench = new(SupplyFault.None);

        (DoctorState State, string Found, string Advice) told = await new FeedTrial(
            power.Feeds[0], [.. power.Inputs.Skip(1)], bench.Make, new JumpingClock()).RunAsync(CancellationToken.None);

        (told.State, bench.Switched.Count).Should().Be((DoctorState.Note, 0));
        told.Found.Should().StartWith("not proven");
    }

    [Fact]
    public async Task Adapters_that_share_a_hub_of_full_speed_are_told_and_others_only_shown()
    {
        Plug("ttyUSB0", "usb1/1-1/1-1.2", "12");
        Plug("ttyUSB1", "usb1/1-1/1-1.3", "12");
        Plug("ttyUSB2", "usb1/1-2", "12");
        Plug("ttyUSB3", "usb2/2-1/2-1.4", "12");
        Speed("usb1/1-1", "12");
        Speed("usb2/2-1", "480");
        string links = Directory.CreateDirectory(Path.Combine(_machine.Path, "dev", "serial", "by-id")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "probe"), Path.Combine(_machine.Path, "dev", "ttyUSB0"));
        RigConfiguration rig = BenchFolder.Parse("rig: usb\nusers: { IS: 90-B3-D5-1F-30-01-00-01 }\ndevices:\n" + string.Concat(
            new[] { "serial/by-id/probe", "ttyUSB1", "ttyUSB2", "ttyUSB3", "ttyS0" }.Select((port, index) =>
                $"  esme-{index}:\n    type: ESME\n    eui64: 90-B3-D5-1F-30-00-00-A{index}\n    profile: generic-smets1-esme\n"
                + $"    link: {{ via: serial, port: /dev/{port} }}\n")));

        IReadOnlyList<DoctorFinding> findings = await new UsbCheck().LookAsync(
            new DoctorScene(rig, _machine.Path, TimeProvider.System, _machine.Path), CancellationToken.None);

        findings.Select(finding => (finding.Subject, finding.State, finding.Found)).Should().Equal(
            ("esme-0", DoctorState.Note,
                "1-1.2, 12 Mbit/s, at hub 1-1 of 12 Mbit/s, with esme-1: a hub of full speed, which the adapters behind it share"),
            ("esme-1", DoctorState.Note,
                "1-1.3, 12 Mbit/s, at hub 1-1 of 12 Mbit/s, with esme-0: a hub of full speed, which the adapters behind it share"),
            ("esme-2", DoctorState.Good, "1-2, 12 Mbit/s, at the root hub of usb1"),
            ("esme-3", DoctorState.Good, "2-1.4, 12 Mbit/s, at hub 2-1 of 480 Mbit/s"));
    }

    [Theory]
    [InlineData(false, false, DoctorState.Good, "10 of 10 sign-ons succeed; the port counts no octets with errors; no echo")]
    [InlineData(true, false, DoctorState.Good, "10 of 10 sign-ons succeed; *; the head sends our octets back")]
    [InlineData(false, true, DoctorState.Wrong, "0 of 10 sign-ons succeed; *; the last that failed: *")]
    public async Task An_optical_head_is_tried_by_ten_sign_ons(bool isEchoing, bool isDead, DoctorState state, string found)
    {
        JumpingClock clock = new();
        CommandList commands = new();
        EsmeModel model = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-optical.yaml"));
        SurveyLine line = new(new VirtualEsme("esme-01", model, clock, commands), clock) { IsDead = isDead, IsEchoing = isEchoing };
        RigDevice device = BenchFolder.Parse(BenchFolder.RigText.Replace(
            "paced: false }", "paced: false, baud: 9600, sign-on: iec62056-21-e }", StringComparison.Ordinal)).Devices[0];
        DeviceProfile profile = DriverCatalog.ProfileOf(device, Path.Combine(RepositoryRoot.Path, "rigs", "profiles"));
        DevicePort port = new(line, "line", new AdapterLatency(null, false, "memory"), () => true) { Clock = clock };

        DoctorFinding finding = await new OpticalHeadCheck().TryAsync(device, profile, port, CancellationToken.None).DefaultTimeout();

        (finding.Check, finding.Subject, finding.State).Should().Be(("optical-head", "esme-01", state));
        finding.Found.Should().Match(found);
        commands.Changes.Should().Be(0);
    }

    [Theory]
    [InlineData(10, 0, DoctorState.Good)]
    [InlineData(10, 3, DoctorState.Note)]
    [InlineData(9, 0, DoctorState.Note)]
    [InlineData(0, 0, DoctorState.Wrong)]
    public void A_head_that_loses_sign_ons_or_octets_is_told(int good, int errors, DoctorState state)
    {
        RigDevice device = BenchFolder.Parse(BenchFolder.RigText).Devices[0];

        new OpticalHeadCheck().Judge(device, good, errors, isEchoing: false, string.Empty).State.Should().Be(state);
    }

    [Fact]
    public async Task Which_cases_a_rig_can_run_is_told_by_the_rules_of_an_attempt()
    {
        RigConfiguration whole = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rig-config.yaml"));
        RigConfiguration bare = BenchFolder.Parse(BenchFolder.RigText);
        RigConfiguration broken = BenchFolder.Parse(BenchFolder.RigText.Replace("profile: generic", "profile: no"));

        (string Subject, DoctorState State, string Found)[] all = [.. await CasesAsync(whole, "dmct-smoke", "no-such-pack")];
        (string Subject, DoctorState State, string Found)[] few = [.. await CasesAsync(bare, "dmct-smoke")];
        (string Subject, DoctorState State, string Found)[] none = [.. await CasesAsync(broken, "dmct-smoke")];

        all.Should().Equal(
            ("dmct-smoke", DoctorState.Good, "18 of 18 cases can run as the rig file is"),
            ("no-such-pack", DoctorState.Wrong, "there is no such built-in pack"));
        few[0].State.Should().Be(DoctorState.Note);
        few.Skip(1).Should().Contain(row => row.Found.EndsWith("the rig file states no fact 'import-reading-wh' about device 'esme-01'"));
        none.Should().ContainSingle().Which.Found.Should().StartWith("no case can run: PROF-002");
        (await CasesAsync(whole)).Should().BeEmpty("nobody asked");
    }

    private async Task<IEnumerable<(string Subject, DoctorState State, string Found)>> CasesAsync(
        RigConfiguration rig, params string[] packs)
    {
        DoctorScene scene = new(rig, _machine.Path, TimeProvider.System) { Wishes = new DoctorWishes { Packs = packs } };
        IReadOnlyList<DoctorFinding> findings = await new CaseCheck().LookAsync(scene, CancellationToken.None).DefaultTimeout();
        Directory.GetFileSystemEntries(_machine.Path).Should().BeEmpty("to look keeps nothing");
        return findings.Select(finding => (finding.Subject, finding.State, finding.Found));
    }

    /// <summary>An adapter in a made tree of the kernel's devices.</summary>
    private void Plug(string tty, string place, string speed)
    {
        string name = Path.GetFileName(place);
        string node = Directory.CreateDirectory(Path.Combine(_machine.Path, "sys", "devices", "pci", place, $"{name}:1.0", tty)).FullName;
        string listed = Directory.CreateDirectory(Path.Combine(_machine.Path, "sys", "class", "tty", tty)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(listed, "device"), node);
        Directory.CreateDirectory(Path.Combine(_machine.Path, "dev"));
        File.WriteAllText(Path.Combine(_machine.Path, "dev", tty), string.Empty);
        Speed(place, speed);
    }

    private void Speed(string place, string speed) =>
        File.WriteAllText(Path.Combine(_machine.Path, "sys", "devices", "pci", place, "speed"), $"{speed}\n");
}
