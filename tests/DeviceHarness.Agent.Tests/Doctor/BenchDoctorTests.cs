using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.Han;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Doctor;

/// <summary>What a bench without a virtual one behind it is told. With one: HanCommandTests.</summary>
public sealed class BenchDoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stick_that_is_not_there_and_certificates_that_are_not_held_are_wrong_and_say_what_to_do()
    {
        RigConfiguration rig = Real(adapter => adapter with { TestAuthority = null });

        IReadOnlyList<DoctorFinding> findings = await LookAsync(rig);

        findings.Take(3).Select(finding => (finding.Check, finding.State)).Should().Equal(
            ("trust-centre-backup", DoctorState.Note), ("certificate", DoctorState.Wrong), ("adapter", DoctorState.Wrong));
        findings[0].Found.Should().StartWith("none is kept");
        findings[1].Found.Should().StartWith("no certificate is held that a production device would accept");
        findings[1].Advice.Should().Contain("'certificates'");
        findings[2].Found.Should().StartWith("TRAN-001");
        findings[2].Advice.Should().Contain("'/dev/serial/by-id/none' is its stable name");
        Directory.Exists(Path.Combine(_folder.Path, "security")).Should().BeFalse("to look changes nothing");
    }

    [Fact]
    public async Task Certificates_that_are_held_are_good_and_wrong_ones_are_told_by_their_file()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "certificates")).FullName;
        RigConfiguration rig = Real(adapter => adapter with { Certificates = folder });

        DoctorFinding none = (await LookAsync(rig))[1];
        AdapterFolder.Write(folder, EstablishmentSuites.Suite1, "suite-1", 0x90B3D51F30000A10, 1);
        DoctorFinding held = (await LookAsync(rig))[1];

        (none.State, held.State).Should().Be((DoctorState.Wrong, DoctorState.Good));
        (await LookAsync(Real(adapter => adapter with { AgreesOnKeysItself = true })))[1].State.Should().Be(DoctorState.Note);
        none.Found.Should().StartWith("RIG-012");
        held.Found.Should().StartWith("1 of its own");
    }

    /// <summary>One that is broken is told, by the doctor and when the adapter is opened; nothing else depends on it.</summary>
    [Theory]
    [InlineData("{ \"measuredAt\": \"2026-11-23T12:00:00+00:00\", \"energyDbm\": { \"15\": -78 } }", null)]
    [InlineData("{ \"measuredAt\": \"2026-11-23T12:00:00+00:00\", \"energ", "*BENCH-004*zb-01.energy.json:1:*energyDbm*")]
    [InlineData("null", "*BENCH-004*no energies of the channels 11 to 26*")]
    [InlineData("{}", "*BENCH-004*no energies of the channels 11 to 26*")]
    [InlineData("{ \"energyDbm\": { \"9\": -78 } }", "*BENCH-004*no energies of the channels 11 to 26*")]
    public async Task What_was_heard_on_the_channels_and_cannot_be_read_is_told(string kept, string? told)
    {
        RigConfiguration rig = Real(adapter => adapter with { TestAuthority = null });
        string file = AdapterStation.EnergyFile(rig.Adapters[0], rig, _folder.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, kept);
        await using AdapterStation station =
            new(rig.Adapters[0], rig, _folder.Path, new WireLog(), TimeProvider.System, new HanRadioDomain());

        DoctorFinding[] findings = [.. (await LookAsync(rig)).Where(finding => finding.Check == "channel-energy")];
        string? missing = await station.CheckAsync();

        missing.Should().NotBeNull("the adapter itself is not there");
        string[] notices = [.. station.TakeNotices().Select(notice => notice.Text)];
        (findings.Length, notices.Length).Should().Be(told is null ? (0, 0) : (1, 1));
        if (told is not null)
        {
            findings[0].State.Should().Be(DoctorState.Wrong);
            findings[0].Found.Should().Match(told);
            notices[0].Should().Match($"what was heard on the channels is not known: {told}");
        }
    }

    [Theory]
    [InlineData(AdapterFault.Bootloader, "leave the bootloader")]
    [InlineData(AdapterFault.WrongFirmware, "flash EmberZNet NCP firmware")]
    [InlineData(AdapterFault.Silent, "'baud' and 'flow-control'")]
    [InlineData(AdapterFault.LinkLost, "plug it in again")]
    public void A_fault_of_the_adapter_has_its_advice(AdapterFault fault, string advice) =>
        AdapterCheck.AdviceOn(new AdapterException("ASH-010", fault, "zb-01: told"), Real(adapter => adapter).Adapters[0])
            .Should().Contain(advice);

    [Theory]
    [InlineData("AGENT-002", "stop the agent")]
    [InlineData("BENCH-002", "harness bench up")]
    [InlineData("TRAN-002", "no other program has it open")]
    public void A_fault_of_the_port_has_its_advice(string code, string advice) =>
        AdapterCheck.AdviceOn(new TransportException(code, "zb-01: told", "zb-01"), Real(adapter => adapter).Adapters[0])
            .Should().Contain(advice);

    private static RigConfiguration Real(Func<RigAdapter, RigAdapter> edit)
    {
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "han", "rig.yaml"));
        return rig with { Adapters = [edit(rig.Adapters[0] with { Model = "", Port = "/dev/serial/by-id/none" })] };
    }

    private Task<IReadOnlyList<DoctorFinding>> LookAsync(RigConfiguration rig) =>
        BenchDoctor.LookAsync(rig, _folder.Path, TimeProvider.System, CancellationToken.None).DefaultTimeout();
}
