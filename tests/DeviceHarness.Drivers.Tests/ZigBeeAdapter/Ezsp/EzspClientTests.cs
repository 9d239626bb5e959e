using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

public sealed class EzspClientTests
{
    private readonly HeardCallbacks _heard = new();

    [Theory]
    [InlineData(4, 13, "0000000D", "01000004")]
    [InlineData(4, 4, "00000004")]
    [InlineData(6, 13, "0000000D", "0100FF000006")]
    [InlineData(8, 13, "0000000D", "010001000008")]
    [InlineData(13, 13, "0000000D", "01000100000D")]
    [InlineData(14, 13, "0000000D", "01000100000E")]
    [InlineData(19, 13, "0000000D", "010001000013")]
    public async Task A_version_is_agreed_on_in_the_oldest_header_and_then_in_its_own(byte speaks, byte desired, params string[] frames)
    {
        ScriptedNcp ncp = new(speaks);
        await using EzspClient client = Client(ncp);

        EzspIdentity identity = await client.StartAsync(new EzspVersion(desired), CancellationToken.None).DefaultTimeout();

        ncp.Frames.Select(Convert.ToHexString).Should().Equal(frames);
        (identity.Version.Number, client.Version.Number, identity.StackText).Should().Be((speaks, speaks, "7.4.3.0"));
        client.Link.MaximumSentOctets.Should().Be(speaks < 8 ? 128 : 220);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(255)]
    public async Task A_version_that_nobody_knows_is_wrong_firmware_and_says_what_to_load(byte told)
    {
        ScriptedNcp ncp = new() { ToldVersion = told };
        await using EzspClient client = Client(ncp);
        Func<Task> start = () => client.StartAsync(EzspVersion.Reference, CancellationToken.None);

        AdapterException fault = (await start.Should().ThrowAsync<AdapterException>()).Which;

        (fault.Code, fault.Fault, fault.AdapterCode, fault.IsTransient).Should().Be(("EZSP-014", AdapterFault.WrongFirmware, told, false));
        fault.Message.Should().Contain("4 to 19");
    }

    [Fact]
    public async Task A_callback_with_the_commands_number_and_strange_frames_are_never_taken_for_its_answer()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answer(EzspFrameId.GetNodeId, new WordParameter(0x1234));
        ncp.First[EzspFrameId.GetNodeId] = () =>
        {
            ncp.Callback(EzspFrameId.GetNodeId, new WordParameter(0xAAAA));
            ncp.Send(new() { Sequence = 99, IsResponse = true, FrameId = EzspFrameId.GetNodeId }, 0xBB, 0xBB);
            ncp.Send(new() { Sequence = 2, IsResponse = true, FrameId = (EzspFrameId)0x0777 }, 0xCC, 0xCC);
            ncp.SendFrame(0x02, 0x80, 0x03);
            ncp.Send(new() { Sequence = 2, FrameId = EzspFrameId.GetNodeId }, 0xDD, 0xDD);
        };

        WordParameter answer = await client.SendAsync(EzspCommands.GetNodeId, default, CancellationToken.None).AsTask().DefaultTimeout();

        answer.Value.Should().Be(0x1234);
        _heard.Callbacks.Should().Equal(EzspFrameId.GetNodeId);
        _heard.Unknown.Should().HaveCount(4);
        client.UnknownCount.Should().Be(4);
    }

    [Fact]
    public async Task One_command_is_under_way_at_a_time()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.GetNodeId] = _ => null;
        ncp.Answer(EzspFrameId.GetEui64, new Eui64Parameter(7));
        TaskCompletionSource hasCome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ncp.Then[EzspFrameId.GetNodeId] = () => hasCome.TrySetResult();

        Task<WordParameter> first = client.SendAsync(EzspCommands.GetNodeId, default, CancellationToken.None).AsTask();
        await hasCome.Task.DefaultTimeout();
        Task<Eui64Parameter> second = client.SendAsync(EzspCommands.GetEui64, default, CancellationToken.None).AsTask();
        bool isAlone = !ncp.Ids.Contains(EzspFrameId.GetEui64);
        ncp.Send(new() { Sequence = 2, IsResponse = true, FrameId = EzspFrameId.GetNodeId }, 0x01, 0x00);

        (await first.DefaultTimeout()).Value.Should().Be(1);
        (await second.DefaultTimeout()).Eui64.Should().Be(7);
        isAlone.Should().BeTrue();
    }

    [Fact]
    public async Task A_refused_a_short_and_a_cut_answer_are_faults_of_their_own_and_the_next_command_goes_on()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.GetNodeId] = _ => [0x01];
        ncp.Answers[EzspFrameId.Nop] = _ => null;
        ncp.First[EzspFrameId.Nop] = () =>
            ncp.Send(new() { Sequence = 4, IsResponse = true, IsTruncated = true, FrameId = EzspFrameId.Nop });
        ncp.Answer(EzspFrameId.GetEui64, new Eui64Parameter(7));

        AdapterException refused = await FaultAsync(async () => await client.SendAsync(EzspCommands.ClearKeyTable, default, default));
        AdapterException shorter = await FaultAsync(async () => await client.SendAsync(EzspCommands.GetNodeId, default, default));
        AdapterException cut = await FaultAsync(async () => await client.SendAsync(EzspCommands.Nop, default, default));
        Eui64Parameter after = await client.SendAsync(EzspCommands.GetEui64, default, default).AsTask().DefaultTimeout();

        (refused.Code, refused.AdapterCode).Should().Be(("EZSP-011", (long)EzspStatus.InvalidFrameId));
        (shorter.Code, cut.Code).Should().Be(("EZSP-013", "EZSP-012"));
        after.Eui64.Should().Be(7);
    }

    [Fact]
    public async Task Memory_that_ran_out_is_told()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.Nop] = _ => null;
        ncp.First[EzspFrameId.Nop] = () =>
            ncp.Send(new() { Sequence = 2, IsResponse = true, HasOverflow = true, FrameId = EzspFrameId.Nop });

        await client.SendAsync(EzspCommands.Nop, default, CancellationToken.None).AsTask().DefaultTimeout();

        _heard.Overflows.Should().Be(1);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_told_after_ten_seconds_and_passed_over_when_it_comes_late()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.GetNodeId] = _ => null;
        ncp.Answer(EzspFrameId.GetEui64, new Eui64Parameter(7));

        Task<WordParameter> late = client.SendAsync(EzspCommands.GetNodeId, default, CancellationToken.None).AsTask();
        await NcpClock.PassAsync(ncp.Time, late).DefaultTimeout();
        AdapterException fault = await FaultAsync(() => late);
        ncp.Send(new() { Sequence = 2, IsResponse = true, FrameId = EzspFrameId.GetNodeId }, 0x01, 0x00);
        Eui64Parameter after = await client.SendAsync(EzspCommands.GetEui64, default, default).AsTask().DefaultTimeout();

        (fault.Code, fault.Fault, client.UnknownCount, after.Eui64).Should().Be(("EZSP-010", AdapterFault.NoAnswer, 1, 7UL));
    }

    [Fact]
    public async Task A_reboot_in_the_middle_of_a_command_fails_it_with_the_code_and_a_new_start_goes_on()
    {
        ScriptedNcp ncp = new();
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.GetNodeId] = _ => null;
        ncp.Then[EzspFrameId.GetNodeId] = () => ncp.Reboot(AshResetCode.Watchdog);

        AdapterException fault = await FaultAsync(async () => await client.SendAsync(EzspCommands.GetNodeId, default, default));
        HarnessException told = await _heard.LostReason.DefaultTimeout();
        AdapterException after = await FaultAsync(async () => await client.SendAsync(EzspCommands.GetNodeId, default, default));
        ncp.Answer(EzspFrameId.GetNodeId, new WordParameter(5));
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        WordParameter node = await client.SendAsync(EzspCommands.GetNodeId, default, default).AsTask().DefaultTimeout();

        (fault.Code, fault.AdapterCode).Should().Be(("ASH-014", (long)AshResetCode.Watchdog));
        told.Should().BeSameAs(fault);
        after.Should().BeSameAs(fault);
        (node.Value, ncp.Resets).Should().Be((5, 2));
    }

    [Theory]
    [InlineData(13, "66")]
    [InlineData(14, "020C0000")]
    public async Task A_status_has_one_octet_and_from_version_14_on_four(byte version, string octets)
    {
        ScriptedNcp ncp = new(version);
        await using EzspClient client = Client(ncp);
        await client.StartAsync(EzspVersion.Reference, CancellationToken.None).DefaultTimeout();
        ncp.Answers[EzspFrameId.ClearKeyTable] = _ => octets.Octets();

        EmberStatusParameter answer = await client.SendAsync(EzspCommands.ClearKeyTable, default, default).AsTask().DefaultTimeout();

        answer.Status.ToEmberStatus().Should().Be(EmberStatus.DeliveryFailed);
    }

    private static async Task<AdapterException> FaultAsync(Func<Task> act) =>
        (await ((Func<Task>)(() => act().DefaultTimeout())).Should().ThrowAsync<AdapterException>()).Which;

    private EzspClient Client(ScriptedNcp ncp) =>
        new(new AshLinkPump(ncp, new AshHostLink(new AshHostSettings()), ncp.Time), _heard, ncp.Time);
}
