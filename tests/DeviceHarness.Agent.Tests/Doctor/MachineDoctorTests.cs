using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Tests.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Doctor;

/// <summary>What is found of a machine, its ports and its supply. The machine is a folder of the test's own.</summary>
public sealed class MachineDoctorTests : IDisposable
{
    private const string Stop = """

          isolation: { via: virtual }
        """;

    private readonly BenchFolder _bench = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + VirtualPowerTests.Power + Stop) };
    private readonly TemporaryFolder _machine = new();

    public MachineDoctorTests()
    {
        Directory.CreateDirectory(Path.Combine(_machine.Path, "proc"));
    }

    public void Dispose()
    {
        _bench.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_bench_that_runs_has_its_ports_open_and_its_supply_seen()
    {
        await using BenchFolder.ServedBench served = await _bench.ServeAsync();

        IReadOnlyList<DoctorFinding> findings = await LookAsync();

        findings.Single(finding => finding.Check == "port").Should().Match<DoctorFinding>(
            finding => finding.State == DoctorState.Good && finding.Found.StartsWith("opens: /dev/pts/", StringComparison.Ordinal));
        findings.Where(finding => finding.Check == "supply").Select(finding => (finding.Subject, finding.State)).Should().Equal(
            ("esme-01 mains", DoctorState.Good), ("esme-01 hub", DoctorState.Good));
        findings.Single(finding => finding.Check == "disk").Found.Should().Contain("are flushed in").And.Contain("MiB are free");
        findings.Single(finding => finding.Check == "isolation").Found.Should().Be("not held off");
        findings.Should().NotContain(finding => finding.Check == "voltage", "the machine is no Raspberry Pi");
        Directory.GetFiles(_bench.Path, "*.probe").Should().BeEmpty();
    }

    [Fact]
    public async Task A_supply_that_is_off_and_a_bench_that_is_held_off_are_wrong()
    {
        await using BenchFolder.ServedBench served = await _bench.ServeAsync();
        await using RigBench bench = _bench.OpenBench();
        BenchControlClient person = new(BenchPaths.Folder(_bench.Path, "test-rig"));
        await person.AskAsync("isolate on", CancellationToken.None).DefaultTimeout();
        await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();

        IReadOnlyList<DoctorFinding> findings = await LookAsync();

        findings.Where(finding => finding.State == DoctorState.Wrong).Select(finding => (finding.Check, finding.Subject)).Should().Equal(
            ("supply", "esme-01 mains"), ("supply", "esme-01 hub"), ("isolation", "test-rig"));
        findings.Single(finding => finding.Check == "isolation").Advice.Should().Contain("harness power acknowledge");
    }

    [Fact]
    public async Task A_stop_that_is_pulled_while_no_agent_runs_is_wrong_and_is_good_when_it_is_let_go()
    {
        await using BenchFolder.ServedBench served = await _bench.ServeAsync();
        BenchControlClient person = new(BenchPaths.Folder(_bench.Path, "test-rig"));
        DoctorScene scene = new(_bench.Rig, _bench.Path, TimeProvider.System, _machine.Path);

        await person.AskAsync("isolate on", CancellationToken.None).DefaultTimeout();
        IReadOnlyList<DoctorFinding> pulled = await new IsolationCheck().LookAsync(scene, CancellationToken.None);
        await person.AskAsync("isolate off", CancellationToken.None).DefaultTimeout();
        IReadOnlyList<DoctorFinding> after = await new IsolationCheck().LookAsync(scene, CancellationToken.None);

        pulled.Single().State.Should().Be(DoctorState.Wrong);
        pulled.Single().Found.Should().StartWith("the emergency stop is pulled");
        after.Single().State.Should().Be(DoctorState.Good);
    }

    [Fact]
    public async Task An_emergency_stop_whose_line_nobody_can_read_is_wrong()
    {
        using BenchFolder bench = new()
        {
            Rig = BenchFolder.Parse(
                BenchFolder.RigText + VirtualPowerTests.Power
                + "\n  isolation: { via: gpio, chip: no-such-chip, line: GPIO23, bias: pull-up }\n"),
        };
        DoctorScene scene = new(bench.Rig, bench.Path, TimeProvider.System, _machine.Path);

        IReadOnlyList<DoctorFinding> findings = await new IsolationCheck().LookAsync(scene, CancellationToken.None);

        DoctorFinding stop = findings.Should().ContainSingle().Subject;
        stop.State.Should().Be(DoctorState.Wrong);
        stop.Found.Should().StartWith("GPIO-001").And.EndWith("an agent takes it for pulled");
    }

    [Fact]
    public async Task A_bench_that_does_not_run_is_wrong_and_says_how_to_start_it()
    {
        Directory.CreateDirectory(_bench.Path);

        DoctorFinding[] wrong = [.. (await LookAsync()).Where(finding => finding.State == DoctorState.Wrong)];

        wrong.Select(finding => finding.Found[..9]).Should().Equal("BENCH-002", "BENCH-003", "BENCH-003", "BENCH-003");
        wrong.Should().AllSatisfy(finding => finding.Advice.Should().StartWith("start 'harness bench up'"));
    }

    [Theory]
    [InlineData("0x0", DoctorState.Good, "enough since the start")]
    [InlineData("50000", DoctorState.Note, "there was too little voltage, throttling since the start")]
    [InlineData("0x50005", DoctorState.Wrong, "there is too little voltage, throttling")]
    [InlineData("hot", DoctorState.Note, "the firmware tells 'hot', which is no number")]
    public async Task What_the_firmware_of_a_Raspberry_Pi_tells_is_read(string told, DoctorState state, string found)
    {
        Write("sys/devices/platform/soc/soc:firmware/get_throttled", $"{told}\n");

        DoctorFinding finding = (await new VoltageCheck().LookAsync(Scene(), CancellationToken.None)).Single();

        (finding.State, finding.Found).Should().Be((state, found));
    }

    [Theory]
    [InlineData(true, true, DoctorState.Good, "kept by systemd-timesyncd; it has a battery clock")]
    [InlineData(false, false, DoctorState.Note, "has not set it since the start")]
    public async Task A_clock_that_nobody_keeps_is_told(bool isKept, bool hasBattery, DoctorState state, string found)
    {
        if (isKept)
        {
            Write("run/systemd/timesync/synchronized", string.Empty);
        }

        if (hasBattery)
        {
            Write("dev/rtc0", string.Empty);
        }

        DoctorFinding finding = (await new ClockCheck().LookAsync(Scene(), CancellationToken.None)).Single();

        finding.State.Should().Be(state);
        finding.Found.Should().Contain(found);
    }

    [Fact]
    public void Who_holds_a_port_is_named()
    {
        string port = Path.Combine(_machine.Path, "dev", "ttyUSB0");
        Write("dev/ttyUSB0", string.Empty);
        File.CreateSymbolicLink(Path.Combine(_machine.Path, "dev", "probe"), port);
        Write("proc/812/comm", "picocom\n");
        Write("proc/813/comm", "bash\n");
        Write("proc/814/comm", "dotnet\n");
        Write("proc/814/cmdline", "dotnet\0/opt/harness/harness.dll\0agent\0--data\0/var/lib\0");
        Write("proc/self/comm", "nobody\n");
        foreach ((string id, string target) in new[] { ("812", port), ("813", "/dev/null"), ("814", port), ("self", port) })
        {
            string files = Directory.CreateDirectory(Path.Combine(_machine.Path, "proc", id, "fd")).FullName;
            File.CreateSymbolicLink(Path.Combine(files, "3"), target);
        }

        PortHolders.Of(_machine.Path, Path.Combine(_machine.Path, "dev", "probe")).Should().BeEquivalentTo(
            "picocom (process 812)", "harness agent (process 814)");
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_wrong()
    {
        DoctorScene scene = Scene() with { DataFolder = "/proc" };

        DoctorFinding finding = (await new DiskCheck().LookAsync(scene, CancellationToken.None)).Single();

        finding.State.Should().Be(DoctorState.Wrong);
        finding.Found.Should().StartWith("it takes nothing");
    }

    [Theory]
    [InlineData("gpio, chip: a, line: b, contact: normally-open", "may stay dark when the agent dies")]
    [InlineData("exec, on: [ a ], off: [ b ]", "may stay dark when the agent dies")]
    [InlineData("gpio, chip: a, line: b, contact: normally-closed", null)]
    public async Task Wiring_that_leaves_a_device_dark_when_the_agent_dies_is_told(string via, string? found)
    {
        DoctorScene scene = Scene() with
        {
            Rig = BenchFolder.Parse($$"""
                {{BenchFolder.RigText}}
                power:
                  feeds: { mains-01: { via: {{via}}, devices: [ esme-01 ] } }
                """),
        };

        string[] told = [.. (await new SupplyCheck().LookAsync(scene, CancellationToken.None)).Select(finding => finding.Found)];

        told.Should().HaveCount(found is null ? 1 : 2).And.Contain(text => text.StartsWith("no input sees what it switches"));
        told[0].Should().Contain(found ?? "no input sees");
    }

    private DoctorScene Scene() => new(_bench.Rig, _bench.Path, TimeProvider.System, _machine.Path);

    private Task<IReadOnlyList<DoctorFinding>> LookAsync() => BenchDoctor.LookAsync(Scene(), CancellationToken.None).DefaultTimeout();

    private void Write(string file, string text)
    {
        string path = Path.Combine(_machine.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
