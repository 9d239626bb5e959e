using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Upgrades;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>The gas meter of the repository on the radio of a virtual adapter, behind a trust centre by the test's hand.</summary>
public sealed class HanGasMeterTests : ICommandLog
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private const string ReadSummation = "00 09 00 0000";

    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 1);

    private readonly List<CommandRecord> _log = [];

    void ICommandLog.Append(CommandRecord command) => _log.Add(command);

    [Fact]
    public void It_joins_by_its_install_code_agrees_on_a_key_and_reports_to_its_mirror()
    {
        using HanHub hub = new(Model(), Authority, this);

        hub.Live(TimeSpan.FromMinutes(1));

        hub.KeysOf(Meter)!.LastStatus.Should().Be(KeyExchangeStatus.Established);
        hub.Heard.Should().OnlyContain(heard => heard.Sender == Meter && heard.IsEncrypted || heard.Cluster == 0x0000);
        hub.Heard.Should().Contain(heard => heard.Cluster == 0x0702 && heard.Endpoint == HanHub.MirrorEndpoint
            && heard.Frame.Contains("0A000025", StringComparison.Ordinal));
        hub.Heard.Should().Contain(heard => heard.Cluster == 0x0705 && heard.Endpoint == HanHub.MirrorEndpoint);
        Device(hub).ShortAddress.Should().NotBe(0);
    }

    [Fact]
    public void With_another_install_code_it_does_not_get_in()
    {
        NcpModel model = Model();
        EzspKey wrong = new("FF112233445566778899AABBCCDDEEFF".Octets());
        using HanHub hub = new(model, Authority);
        hub.Host.Send(EzspCommands.ClearTransientLinkKeys, default);
        hub.Host.Send(EzspCommands.ImportTransientKey, new(Meter, wrong, 0));

        hub.Live(TimeSpan.FromSeconds(10));

        Device(hub).IsJoined.Should().BeFalse();
    }

    [Fact]
    public void Without_the_link_key_it_is_told_apart_and_written_down()
    {
        using HanHub hub = Ready();
        Wake(hub);

        string? ciphered = hub.Ask(Meter, 0x0702, ReadSummation);
        string? open = hub.Ask(Meter, 0x0702, "01 09 0C 02", isEncrypted: false);
        string? read = hub.Ask(Meter, 0x0702, ReadSummation, isEncrypted: false);

        ciphered.Should().StartWith("18090100000025");
        (open, read).Should().Be(("18090B0C7E", "18090B007E"));
        _log.Should().ContainSingle(entry => entry.Result == 0x7E && entry.Object == "0702" && entry.Member == 0x0C && entry.Data == "02");
    }

    [Fact]
    public void It_sleeps_between_its_wakes_and_what_is_sent_meanwhile_fails()
    {
        using HanHub hub = Ready();
        Device(hub).IsAwake(Now(hub)).Should().BeFalse();
        long before = hub.Host.Ncp.Radio.SentToSleepers;

        hub.Ask(Meter, 0x0702, ReadSummation).Should().BeNull();
        hub.Host.Ncp.Radio.SentToSleepers.Should().Be(before + 1);
        Wake(hub);

        hub.Heard.Should().Contain(heard => heard.Frame.Contains("0A000025", StringComparison.Ordinal));
        hub.Ask(Meter, 0x0702, ReadSummation).Should().StartWith("18090100000025");
    }

    [Fact]
    public void It_takes_the_time_of_its_trust_centre_when_it_has_joined_whatever_it_believed()
    {
        using HanHub hub = new(Model(meter => meter with { ClockOffset = TimeSpan.FromHours(3) }), Authority);
        hub.Clock = () => Start + Now(hub);

        hub.Live(TimeSpan.FromMinutes(1));

        Device(hub).GasMeter!.State.Clock.Offset.Duration().Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_command_is_carried_out_and_written_down()
    {
        using HanHub hub = Ready();
        Wake(hub);

        string? answer = hub.Ask(Meter, 0x0702, "01 09 0B 01000000 02000000 00000000 00000000 00 01");

        answer.Should().StartWith("1909");
        Device(hub).GasMeter!.State.Valve.Should().Be(Virtual.Esme.SupplyState.Disconnected);
        CommandRecord entry = _log.Should().ContainSingle(one => one.Member == 0x0B).Subject;
        (entry.Device, entry.Client, entry.Service, entry.Object, entry.Result).Should().Be(("gsme-01", 1, "COMMAND", "0702", 0));
        entry.Data.Should().Be("010000000200000000000000000000000001");
    }

    [Fact]
    public void A_write_is_written_down_with_its_value()
    {
        using HanHub hub = Ready();
        Wake(hub);

        hub.Ask(Meter, 0x000A, "00 09 02 0000 E2 008A9B2E").Should().Be("08090400");

        CommandRecord entry = _log.Should().ContainSingle(one => one.Service == "WRITE").Subject;
        (entry.Object, entry.Member, entry.Data, entry.Result).Should().Be(("000A", 0, "008A9B2E", 0));
    }

    [Fact]
    public void It_is_the_same_meter_after_its_host_jumped_over_two_wakes()
    {
        using HanHub hub = Ready();
        int wakes = Device(hub).GasMeter!.Cycle.Wakes;

        hub.Host.Jump(TimeSpan.FromMinutes(61));

        Device(hub).GasMeter!.Cycle.Wakes.Should().Be(wakes + 2);
    }

    [Fact]
    public void Firmware_that_waits_is_fetched_when_the_mirror_says_so()
    {
        NcpModel model = Model();
        UpgradeClientOptions upgrades = new();
        model = model with { Devices = [model.Devices[0] with { Upgrades = upgrades }] };
        using HanHub hub = Ready(model);
        hub.Flags = 0x0000_0001;

        Wake(hub);

        hub.Heard.Should().Contain(
            heard => heard.Cluster == 0x0019 && heard.IsEncrypted && heard.Frame.StartsWith("11", StringComparison.Ordinal));
    }

    [Fact]
    public void A_meter_that_was_removed_forgets_key_and_mirror_and_joins_anew()
    {
        using HanHub hub = Ready();
        Wake(hub);
        hub.Host.Send(EzspCommands.RemoveDevice, new(Device(hub).ShortAddress, Meter, Meter)).Status.IsSuccess.Should().BeTrue();
        hub.Live(TimeSpan.FromSeconds(2));
        bool wasJoined = Device(hub).IsJoined;
        bool hadKey = Device(hub).Keys!.LinkKey is not null;
        hub.Heard.Clear();

        hub.Host.Send(EzspCommands.ImportTransientKey, new(Meter, Device(hub).Model.LinkKey, 0));
        hub.Host.Send(EzspCommands.PermitJoining, new(254));
        hub.Live(TimeSpan.FromMinutes(1));

        (wasJoined, hadKey).Should().Be((false, false));
        Device(hub).Keys!.LinkKey!.Reveal().ToArray().Should().Equal(hub.KeysOf(Meter)!.LinkKey!.Reveal().ToArray());
        hub.Heard.Should().Contain(
            heard => heard.Cluster == 0x0702 && heard.Endpoint == 1 && heard.Frame.EndsWith("01", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_in_the_rigs_folder_names_the_model_of_its_gas_meter()
    {
        NcpModel model = Model();

        model.Devices[0].GasMeter!.SerialNumber.Should().Be("26G0000001");
        (model.Devices[0].Eui64, model.Devices[0].NodeType).Should().Be((Meter, EmberNodeType.SleepyEndDevice));
    }

    private static DateTimeOffset Start { get; } = new ManualTimeProvider().GetUtcNow();

    private static NcpModel Model(Func<GasMeterModel, GasMeterModel>? change = null)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han.yaml"));
        HanDeviceModel device = model.Devices.Single(one => one.Name == "gsme-01");
        GasMeterModel meter = device.GasMeter! with { HistoryDays = 0 };
        return model with { Devices = [device with { GasMeter = change?.Invoke(meter) ?? meter }] };
    }

    /// <summary>A hub whose meter has joined, has its mirror and sleeps.</summary>
    private HanHub Ready(NcpModel? model = null)
    {
        HanHub hub = new(model ?? Model(), Authority, this);
        hub.Live(TimeSpan.FromMinutes(1));
        hub.Heard.Clear();
        return hub;
    }

    private static void Wake(HanHub hub) => hub.WakeNext(Device(hub));

    private static VirtualHanDevice Device(HanHub hub) => hub.Host.Ncp.Devices[0];

    private static TimeSpan Now(HanHub hub) => hub.Host.Ncp.Act((_, now) => now);
}
