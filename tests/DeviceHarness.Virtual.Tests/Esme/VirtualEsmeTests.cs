using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class VirtualEsmeTests
{
    private const string GetImport = "C001C100030100010800FF0200";
    private const string GetImportScaler = "C001C100030100010800FF0300";
    private const string GetClock = "C001C100080000010000FF0200";
    private const string GetSupplyState = "C001C10046000060030AFF0300";
    private const string GetFirmware = "C001C100010100000200FF0200";
    private const string SetClock = "C101C100080000010000FF0200090C07E50118FF0E303950FFC400";
    private const string Enable = "C301C1000900000A006AFF0101120033";
    private const string Disable = "C301C1000900000A006AFF0101120034";
    private const string Arm = "C301C1000900000A006AFF0101120036";

    private readonly EsmeFixture _fixture = new();

    [Fact]
    public void Logical_device_name_and_clock_come_in_one_list()
    {
        ScriptedClient client = _fixture.Associated();

        string? answer = client.Send("C003C102000100002A0000FF020000080000010000FF0200");

        answer.Should().Be(
            "C403C102" + "000910" + "44485630303030303030303030303031" + "00090C" + "07EA0105010C000200000000",
            "2026-01-05 is a Monday and the clock is two seconds ahead");
    }

    [Fact]
    public void Registers_move_with_load_and_time_and_never_go_back()
    {
        ScriptedClient client = _fixture.Associated();
        List<uint> readings = [];

        for (int turn = 0; turn < 200; turn++)
        {
            readings.Add(Reading(client));
            _fixture.Time.Advance(TimeSpan.FromSeconds(90));
        }

        readings.Should().BeInAscendingOrder();
        readings[0].Should().Be(1234567);
        readings[^1].Should().BeGreaterThan(readings[0] + 500, "five hours of at least 300 W, less what the sun gave");
        client.Send(GetImportScaler).Should().Be("C401C10002020F00161E");
    }

    [Fact]
    public void Registers_stand_still_while_the_supply_is_disabled()
    {
        ScriptedClient client = _fixture.Associated();
        client.Send(Disable).Should().Be("C701C10000");
        uint before = Reading(client);

        _fixture.Time.Advance(TimeSpan.FromSeconds(100));
        string? power = client.Send("C001C100030100010700FF0200");
        string? voltage = client.Send("C001C100030100200700FF0200");

        Reading(client).Should().Be(before);
        power.Should().Be("C401C1000600000000");
        voltage.Should().StartWith("C401C10012").And.NotEndWith("0000", "the network side keeps its voltage");
    }

    [Fact]
    public void Clock_is_set_and_runs_on_from_there()
    {
        ScriptedClient client = _fixture.Associated();

        string? set = client.Send(SetClock);
        _fixture.Time.Advance(TimeSpan.FromSeconds(2.4));
        string? get = client.Send(GetClock);

        set.Should().Be("C501C100");
        get.Should().Be("C401C100090C07E50118070D310014000000", "14:48:57.80 at deviation -60 is 13:48:57.80 UTC, a Sunday");
    }

    [Theory]
    [InlineData("090CFFFF0118FF0E303950FFC400", "FA", "no year")]
    [InlineData("090C07E5021DFF0E303950FFC400", "FA", "29 February 2021")]
    [InlineData("090C07E50118010E303950FFC400", "FA", "a Sunday that says Monday")]
    [InlineData("090C07E50118FF18303950FFC400", "FA", "hour 24")]
    [InlineData("090C07E50118FF0E303950030000", "FA", "deviation of 768 minutes")]
    [InlineData("0906000000000000", "0C", "six octets")]
    [InlineData("0600000001", "0C", "a number")]
    public void Nonsense_is_no_time(string data, string result, string why)
    {
        ScriptedClient client = _fixture.Associated();
        DateTimeOffset before = _fixture.Esme.Clock;

        string? answer = client.Send("C101C100080000010000FF0200" + data);

        answer.Should().Be("C501C1" + result, why);
        _fixture.Esme.Clock.Should().Be(before);
    }

    [Fact]
    public void Clock_is_shifted_and_adjusted_by_its_methods()
    {
        ScriptedClient client = _fixture.Associated();
        DateTimeOffset before = _fixture.Esme.Clock;

        string? shifted = client.Send("C301C100080000010000FF060110FFDE");
        DateTimeOffset afterShift = _fixture.Esme.Clock;
        string? adjusted = client.Send("C301C100080000010000FF03010F00");
        string? tooFar = client.Send("C301C100080000010000FF0601100385");

        shifted.Should().Be("C701C10000");
        afterShift.Should().Be(before.AddSeconds(-34));
        adjusted.Should().Be("C701C10000");
        _fixture.Esme.Clock.Should().Be(before.AddSeconds(-2).AddMinutes(-1), "11:59:28 is nearer to 11:59 than to 12:00");
        tooFar.Should().Be("C701C1FA00");
    }

    [Fact]
    public void Supply_is_disabled_armed_connected_by_hand_and_enabled()
    {
        ScriptedClient client = _fixture.Associated();
        List<string?> states = [client.Send(GetSupplyState)];

        client.Send(Disable).Should().Be("C701C10000");
        states.Add(client.Send(GetSupplyState));
        client.Send(Arm).Should().Be("C701C10000");
        states.Add(client.Send(GetSupplyState));
        _fixture.Esme.PressReconnectButton().Should().BeTrue();
        states.Add(client.Send(GetSupplyState));
        client.Send(Disable);
        client.Send(Enable).Should().Be("C701C10000");
        states.Add(client.Send(GetSupplyState));

        states.Should().Equal("C401C1001601", "C401C1001600", "C401C1001602", "C401C1001601", "C401C1001601");
    }

    [Fact]
    public void Methods_of_the_disconnect_control_move_the_supply_too()
    {
        ScriptedClient client = _fixture.Associated();

        string? disconnected = client.Send("C301C10046000060030AFF01010F00");
        SupplyState cut = _fixture.Esme.Supply;
        string? reconnected = client.Send("C301C10046000060030AFF02010F00");

        new[] { disconnected, reconnected }.Should().OnlyContain(answer => answer == "C701C10000");
        cut.Should().Be(SupplyState.Disconnected);
        _fixture.Esme.Supply.Should().Be(SupplyState.Connected, "control mode 4 reconnects at once");
    }

    [Theory]
    [InlineData("C001C100010100020A00FF0200", "C401C10104", "object undefined")]
    [InlineData("C001C100010100010800FF0200", "C401C10109", "a register is no class 1")]
    [InlineData("C001C100030100010800FF0900", "C401C10104", "attribute undefined")]
    [InlineData("C001C100030100010800FF020101020206000000010600000003", "C401C1010D", "no selective access")]
    [InlineData("C101C100030100010800FF0200060000000A", "C501C103", "a total is not set")]
    [InlineData("C101C100010100020A00FF0200060000000A", "C501C104", "object undefined")]
    [InlineData("C301C100030100010800FF01010F00", "C701C10300", "a total is not reset")]
    [InlineData("C301C1000900000A006AFF0101120002", "C701C10400", "script 2 undefined")]
    [InlineData("C301C1000900000A006AFF01010F33", "C701C10C00", "a script number is a long-unsigned")]
    [InlineData("C301C10046000060030AFF0301", "D80103", "an ACTION cut short")]
    [InlineData("C301C10046000060030AFF0300", "C701C10400", "method undefined")]
    [InlineData("C002C100000001", "C402C10100000001" + "0110", "no long GET in progress")]
    [InlineData("C103C10100000002021122", "C503C11200000002", "no long SET in progress")]
    [InlineData("C306C10100000002021122", "C701C11000", "no long ACTION in progress")]
    [InlineData("C501C1000F0000280000FF0200", "D80102", "a response tag from a client")]
    [InlineData("C80130", "D80102", "a ciphered service")]
    [InlineData("FF", "D80102", "no tag at all")]
    [InlineData("C0", "D80103", "a GET cut short")]
    [InlineData("C001C100080000010000FF020000", "D80103", "an octet too many")]
    public void Illegal_requests_get_the_error_of_the_standard_and_the_association_stays(string request, string expected, string why)
    {
        ScriptedClient client = _fixture.Associated();

        client.Send(request).Should().Be(expected, why);
        client.Send(GetClock).Should().StartWith("C401C100090C");
    }

    [Fact]
    public void Object_list_comes_in_blocks_and_each_block_in_segments()
    {
        ScriptedClient client = _fixture.Associated();
        int framesBefore = client.ReceivedFrames;
        string answer = client.Send("C001C1000F0000280000FF0200")!;
        int framesOfFirstBlock = client.ReceivedFrames - framesBefore;
        string list = answer[24..];
        int blocks = 1;

        while (answer.StartsWith("C402C100", StringComparison.Ordinal))
        {
            answer = client.Send($"C002C1{blocks:X8}")!;
            blocks++;
            int head = answer.Substring(18, 2) switch { "82" => 24, "81" => 22, _ => 20 };
            list += answer[head..];
        }

        framesOfFirstBlock.Should().Be(9, "1,024 octets and the LLC header in fields of 128");
        int octets = list.Length / 2;
        blocks.Should().Be((octets + 1011) / 1012, "1,024 less 9 octets of head and 3 of length in each block");
        answer.Should().StartWith($"C402C101{blocks:X8}00");
        list.Should().MatchRegex("^0181[0-9A-F]{2}0204120001", "more than 127 objects, the first of them data")
            .And.Contain("0906" + "0100010800FF").And.Contain("0906" + "00000A006AFF");
        list.Length.Should().BeGreaterThan(2 * 1024);
        client.Send($"C002C1{blocks:X8}").Should().EndWith("0110", "the long GET is over");
    }

    [Fact]
    public void A_new_get_ends_a_long_one_and_a_wrong_block_number_too()
    {
        ScriptedClient client = _fixture.Associated();
        client.Send("C001C1000F0000280000FF0200");
        client.Send(GetClock);
        string? afterNewGet = client.Send("C002C100000001");
        client.Send("C001C1000F0000280000FF0200");

        string? wrongBlock = client.Send("C002C100000002");
        string? afterWrongBlock = client.Send("C002C100000001");

        afterNewGet.Should().Be("C402C101000000010110");
        wrongBlock.Should().Be("C402C101000000020113");
        afterWrongBlock.Should().Be("C402C101000000010110");
    }

    [Fact]
    public void Long_set_in_blocks_is_carried_out_at_the_last()
    {
        ScriptedClient client = _fixture.Associated();

        string? first = client.Send("C102C100080000010000FF0200" + "0000000001" + "07" + "090C07E50118FF");
        DateTimeOffset between = _fixture.Esme.Clock;
        string? last = client.Send("C103C101" + "00000002" + "07" + "0E303950FFC400");

        first.Should().Be("C502C100000001");
        between.Year.Should().Be(2026);
        last.Should().Be("C503C10000000002");
        _fixture.Esme.Clock.Should().Be(new DateTimeOffset(2021, 1, 24, 13, 48, 57, 800, TimeSpan.Zero));
    }

    [Fact]
    public void Block_out_of_order_ends_a_long_set()
    {
        ScriptedClient client = _fixture.Associated();
        client.Send("C102C100080000010000FF0200" + "0000000001" + "07" + "090C07E50118FF");

        string? wrong = client.Send("C103C101" + "00000003" + "07" + "0E303950FFC400");

        wrong.Should().Be("C503C11300000003");
        _fixture.Commands.Should().NotContain(command => command.Service == "SET");
    }

    [Fact]
    public void Long_action_in_pblocks_is_carried_out_at_the_last()
    {
        ScriptedClient client = _fixture.Associated();

        string? first = client.Send("C304C1000900000A006AFF01" + "0000000001" + "01" + "12");
        string? last = client.Send("C306C101" + "00000002" + "02" + "0034");

        first.Should().Be("C704C100000001");
        last.Should().Be("C701C10000");
        _fixture.Esme.Supply.Should().Be(SupplyState.Disconnected);
    }

    [Fact]
    public void Unconfirmed_action_is_carried_out_and_not_answered()
    {
        ScriptedClient client = _fixture.Associated();

        string? answer = client.Send("C301810009" + "00000A006AFF0101120034");

        answer.Should().BeNull();
        client.Poll().Control.Should().Be(0x51);
        _fixture.Esme.Supply.Should().Be(SupplyState.Disconnected);
    }

    [Theory]
    [InlineData(EsmeDefects.WrongScaler, GetImportScaler, "C401C10002020F00161E", "C401C10002020F01161E")]
    [InlineData(EsmeDefects.StuckVersion, GetFirmware, "C401C1000905342E322E30", "C401C1000905342E312E37")]
    [InlineData(EsmeDefects.StuckVersion, "C001C100010000000201FF0200", "C401C100090404020000", "C401C100090404010700")]
    [InlineData(EsmeDefects.ClockRefused, SetClock, "C501C100", "C501C103")]
    [InlineData(EsmeDefects.NoAnswer, GetClock, "C401C100090C07EA0105010C000200000000", null)]
    public void Each_defect_shows_in_the_octets(EsmeDefects defect, string request, string healthy, string? defective)
    {
        ScriptedClient client = _fixture.Associated();

        string? before = client.Send(request);
        _fixture.Esme.Defects = defect;
        string? after = client.Send(request);

        before.Should().Be(healthy);
        after.Should().Be(defective);
    }

    [Fact]
    public void A_switch_that_lies_says_success_and_stays()
    {
        ScriptedClient client = _fixture.Associated();
        _fixture.Esme.Defects = EsmeDefects.SwitchLies;

        string? answer = client.Send(Disable);
        string? state = client.Send(GetSupplyState);

        answer.Should().Be("C701C10000");
        state.Should().Be("C401C1001601", "7.2 is acknowledged and 7.4 shows that nothing happened");
        _fixture.Esme.Supply.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void A_mute_meter_keeps_its_link_and_its_association_and_does_nothing()
    {
        EsmeFixture fixture = new(_ => EsmeFixture.DefaultModel("esme-mute.yaml"));
        ScriptedClient client = fixture.Associated();

        string? answer = client.Send(Disable);
        ServerFrame poll = client.Poll();

        answer.Should().BeNull();
        poll.Control.Should().Be(0x51, "RR that acknowledges the request");
        client.Disconnect().Control.Should().Be(0x73);
        fixture.Esme.Supply.Should().Be(SupplyState.Connected);
        fixture.Commands.Should().OnlyContain(command => command.Service == "ASSOCIATE");
    }

    [Fact]
    public void A_command_is_in_the_log_before_its_answer_leaves()
    {
        ScriptedClient client = _fixture.Associated();
        client.Send(Disable);
        client.Send(SetClock);
        client.Send(GetClock);

        _fixture.OnCommand = () => throw new IOException("the disk is full");
        Action send = () => client.Send(Enable);

        send.Should().Throw<IOException>("a meter that cannot keep a command does not answer it");
        _fixture.Commands.Select(kept => $"{kept.Service} {kept.Object} {kept.Member} {kept.Data} {kept.Result}").Should().Equal(
            "ASSOCIATE  0  0",
            "ACTION 0-0:10.0.106.255 1 120034 0",
            "SET 0-0:1.0.0.255 2 090C07E50118FF0E303950FFC400 0");
        _fixture.Commands.Should().OnlyContain(command => command.Client == 1 && command.Device == "esme-01");
    }

    [Fact]
    public void An_invalid_clock_says_so_until_it_is_set()
    {
        EsmeFixture fixture = new(model => model with { IsClockValid = false });
        ScriptedClient client = fixture.Associated();

        string? before = client.Send("C001C100080000010000FF0400");
        string? time = client.Send(GetClock);
        client.Send(SetClock);
        string? after = client.Send("C001C100080000010000FF0400");

        before.Should().Be("C401C1001101");
        time.Should().EndWith("000001");
        after.Should().Be("C401C1001100");
    }

    private static uint Reading(ScriptedClient client)
    {
        string answer = client.Send(GetImport)!;
        answer.Should().StartWith("C401C10006").And.HaveLength(18);
        return Convert.ToUInt32(answer[10..], 16);
    }
}
