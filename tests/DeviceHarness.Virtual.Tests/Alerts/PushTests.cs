using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Alerts;

/// <summary>The octets by which a meter tells its alerts, written down by hand.</summary>
public sealed class PushTests
{
    private const string Disable = "C301C1000900000A006AFF0101120034";
    private const string EventCodeValue = "0001" + "0000600B00FF" + "02" + "128154";
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void An_alert_leaves_in_a_UI_frame_once_the_line_was_quiet()
    {
        EsmeFixture fixture = Pushing();
        fixture.Associated().Send(Disable);

        byte[] early = fixture.Esme.Step([]).ToArray();
        fixture.Time.Advance(Quiet);
        IReadOnlyList<ServerFrame> frames = ClientFrames.Parse(fixture.Esme.Step([]).ToArray());

        early.Should().BeEmpty("the answer has just passed the line");
        ServerFrame frame = frames.Should().ContainSingle().Subject;
        frame.Control.Should().Be(0x13, "UI");
        frame.Client.Should().Be(ClientFrames.ManagementClient);
        frame.Information.Should().StartWith("E6E700" + "C2" + "010C").And.EndWith(EventCodeValue).And.HaveLength(2 * (3 + 1 + 14 + 9 + 3));
        fixture.Time.Advance(Quiet);
        fixture.Esme.Step([]).Length.Should().Be(0, "an alert is told once");
    }

    [Fact]
    public void The_next_request_is_answered_as_if_nothing_had_been_told()
    {
        EsmeFixture fixture = Pushing();
        ScriptedClient client = fixture.Associated();
        client.Send(Disable);
        fixture.Time.Advance(Quiet);
        fixture.Esme.Step([]);

        string? answer = client.Send("C001C100010000600100FF0200");

        answer.Should().StartWith("C401C100");
    }

    [Fact]
    public void A_data_notification_names_the_push_setup_and_counts()
    {
        EsmeFixture fixture = Pushing(PushForm.DataNotification);
        ScriptedClient client = fixture.Associated();
        client.Send(Disable);
        client.Send("C301C1000900000A006AFF0101120036");

        string[] told = [.. Enumerable.Range(0, 3).Select(_ => Told(fixture).Should().ContainSingle().Subject)];

        told.Should().OnlyContain(apdu => apdu.Contains("020209060000190900FF12", StringComparison.Ordinal));
        told[0].Should().StartWith("0F" + "00000001" + "0C").And.EndWith("128154");
        told[1].Should().StartWith("0F" + "00000002" + "0C").And.EndWith("128154");
        told[2].Should().StartWith("0F" + "00000003" + "0C").And.EndWith("128F32");
    }

    [Fact]
    public void The_return_of_the_power_is_told_before_anybody_connects()
    {
        EsmeFixture fixture = Pushing();
        fixture.Associated();
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(200));
        fixture.Esme.PowerOn();

        Told(fixture).Should().ContainSingle().Which.Should().EndWith("128F36");
    }

    [Fact]
    public void A_clock_that_was_lost_says_so_in_the_alert_s_time()
    {
        EsmeFixture fixture = Pushing(change: model => model with { Power = model.Power with { IsClockKept = false } });
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        fixture.Esme.PowerOn();

        Told(fixture).Should().ContainSingle().Which.Should().StartWith("C2" + "010C" + "07D00101").And.Contain("000001" + "0001");
    }

    [Fact]
    public void A_lost_alert_is_logged_and_never_told()
    {
        EsmeFixture fixture = Pushing();
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Defects = EsmeDefects.AlertLost;
        client.Send(Disable);

        Told(fixture).Should().BeEmpty();
        client.Read(7, "0-0:99.98.0.255", 2).Should().StartWith("0101", "one row");
    }

    [Fact]
    public void While_an_answer_is_due_nothing_is_told()
    {
        EsmeFixture fixture = Pushing(change: model => model with { LateAnswerTime = TimeSpan.FromSeconds(20) });
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Defects = EsmeDefects.LateAnswer;
        client.Send(Disable);

        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        byte[] thinking = fixture.Esme.Step([]).ToArray();
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        IReadOnlyList<ServerFrame> answered = ClientFrames.Parse(fixture.Esme.Step([]).ToArray());

        thinking.Should().BeEmpty();
        answered.Should().ContainSingle().Which.Information.Should().Be("E6E700C701C10000");
        Told(fixture).Should().ContainSingle().Which.Should().EndWith(EventCodeValue);
    }

    [Fact]
    public void A_meter_that_pushes_nothing_keeps_its_alerts()
    {
        EsmeFixture fixture = new();
        fixture.Associated().Send(Disable);

        Told(fixture).Should().BeEmpty();
        fixture.Esme.Alerts.Count.Should().Be(1);
    }

    [Fact]
    public void What_somebody_does_to_the_meter_is_told_too()
    {
        EsmeFixture fixture = Pushing();
        fixture.Esme.Tamper(EventCode.CoverRemoved);

        Told(fixture).Should().ContainSingle().Which.Should().EndWith("128F74");
    }

    [Fact]
    public void A_ciphered_client_is_told_in_the_wrapper_of_the_service()
    {
        EsmeFixture fixture = new(_ => EsmeFixture.DefaultModel("esme-secured.yaml") with { Push = new PushOptions() });
        fixture.Esme.Tamper(EventCode.CoverRemoved);

        Told(fixture).Should().ContainSingle().Which.Should().StartWith("CA").And.NotContain("8F74");
    }

    [Fact]
    public void On_a_connection_a_client_that_has_spoken_is_told()
    {
        PushingUser user = new() { Waiting = "C2 00 00 01 00 00 60 0B 00 FF 02 12 81 54".Octets() };
        WrapperServerLink link = new(new ServerLinkOptions { Address = Codecs.Hdlc.HdlcAddress.Server(1) }, user);
        TimeSpan now = TimeSpan.FromSeconds(1);

        byte[] nobody = link.Tick(now).ToArray();
        byte[] answer = link.Receive("00 01 00 10 00 01 00 01 C0".Octets(), now).ToArray();
        TimeSpan? due = link.NextTick;
        byte[] told = link.Tick(now + Quiet).ToArray();

        nobody.Should().BeEmpty();
        answer.ShouldBeHex("0001 0001 0010 0001 C4");
        due.Should().Be(now + Quiet);
        told.ShouldBeHex("0001 0001 0001 000E C2 00 00 01 00 00 60 0B 00 FF 02 12 81 54");
    }

    [Fact]
    public void A_notification_longer_than_a_frame_goes_in_blocks_with_one_header()
    {
        byte[] apdu = [.. Enumerable.Range(0, 50).Select(value => (byte)value)];

        IReadOnlyList<byte[]> fields = PushFrames.Of(apdu, 32);

        fields.Should().HaveCount(3);
        fields[0][..10].ShouldBeHex("E6 E7 00 E0 40 00 01 00 00 14");
        fields[1][..7].ShouldBeHex("E0 40 00 02 00 00 14");
        fields[2][..7].ShouldBeHex("E0 80 00 03 00 00 0A");
        byte[] joined = [.. fields[0][10..], .. fields[1][7..], .. fields[2][7..]];
        joined.Should().Equal(apdu);
    }

    private static EsmeFixture Pushing(
        PushForm form = PushForm.EventNotification, Func<EsmeModel, EsmeModel>? change = null) =>
        new(model => (change?.Invoke(model) ?? model) with { Push = new PushOptions { Form = form, QuietTime = Quiet } });

    /// <summary>What is told next, without frame and LLC header.</summary>
    private static List<string> Told(EsmeFixture fixture)
    {
        fixture.Time.Advance(Quiet);
        return [.. ClientFrames.Parse(fixture.Esme.Step([]).ToArray())
            .Where(frame => frame.Control == 0x13)
            .Select(frame => frame.Information["E6E700".Length..])];
    }

    private sealed class PushingUser : IServerLinkUser
    {
        public byte[] Waiting { get; set; } = [];

        public bool HasPush => Waiting.Length > 0;

        public int PushClient => 1;

        public TimeSpan PushQuietTime => Quiet;

        public ReadOnlyMemory<byte> TakePush()
        {
            byte[] taken = Waiting;
            Waiting = [];
            return taken;
        }

        public void OnConnected(int client)
        {
        }

        public void OnDisconnected()
        {
        }

        public ReadOnlyMemory<byte> OnApdu(ReadOnlySpan<byte> apdu) => new byte[] { 0xC4 };

        public ReadOnlyMemory<byte> OnApduTooLong() => new byte[] { 0xD8 };
    }
}
