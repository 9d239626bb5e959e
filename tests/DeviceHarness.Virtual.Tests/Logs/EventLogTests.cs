using System.Globalization;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Logs;

/// <summary>The clock of the fixture stands at 2026-01-05 12:00:02.</summary>
public sealed class EventLogTests
{
    private const string Events = "0000636200FF";
    private const string Security = "0000636201FF";
    private const string Power = "0000636204FF";
    private const string SetClock = "C101C100080000010000FF0200090C07EA0105FF0C000000800000";
    private const string Disable = "C301C1000900000A006AFF0101120034";
    private const string Arm = "C301C1000900000A006AFF0101120036";

    [Fact]
    public void A_new_meter_has_empty_logs_that_say_what_they_capture()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        Codes(client, Events).Should().BeEmpty();
        Codes(client, Security).Should().BeEmpty();
        Codes(client, Power).Should().BeEmpty();
        client.Send("C001C10007" + Events + "0300").Should().Be(
            "C401C1000102" + "020412000809060000010000FF0F02120000" + "02041200010906" + "0000600B00FF" + "0F02120000");
        client.Send("C001C10007" + Events + "0800").Should().Be("C401C1000600000064");
        client.Send("C001C10001" + "0000600B00FF" + "0200").Should().Be("C401C100120000");
    }

    [Fact]
    public void Commands_are_logged_with_their_time_and_outcome()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Send(SetClock);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        client.Send(Disable);
        client.Send(Arm);
        fixture.Esme.Defects = EsmeDefects.ClockRefused;
        client.Send(SetClock);

        string log = client.Send("C001C10007" + Events + "0200")!;
        Codes(client, Events).Should().Equal("8145", "8154", "8154", "8F32", "81C6");
        log.Should().Contain("07EA0105010C000000" + "000000" + "128145", "the stamp is the new time");
        log.Should().Contain("07EA0105010C000500" + "000000" + "128154");
        client.Send("C001C10001" + "0000600B00FF" + "0200").Should().Be("C401C1001281C6");
    }

    [Fact]
    public void A_range_selects_entries_by_their_time()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Send(Disable);
        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        client = fixture.Associated();
        client.Send(Arm);

        string? late = client.Send(Range("0C0500", "0D0000"));
        string? none = client.Send(Range("0D0000", "0E0000"));

        CodesOf(late!).Should().Equal("8154", "8F32");
        none.Should().Be("C401C1000100");
    }

    [Fact]
    public void Clearing_leaves_the_entry_that_it_was_cleared()
    {
        ScriptedClient client = new EsmeFixture().Associated();
        client.Send(Disable);

        string? cleared = client.Send("C301C10007" + Events + "01010F00");
        string? security = client.Send("C301C10007" + Security + "01010F00");

        cleared.Should().Be("C701C10000");
        security.Should().Be("C701C10300");
        Codes(client, Events).Should().Equal("8F52");
    }

    [Fact]
    public void Strangers_are_in_the_security_log()
    {
        EsmeFixture fixture = new();
        fixture.Client.Connect();
        fixture.Client.Send(
            "6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363739BE10040E01000000065F1F0400007E1F04B0");
        fixture.PublicClient.Connect();
        fixture.PublicClient.Send(EsmeFixture.AarqNone);
        fixture.PublicClient.Send(SetClock).Should().Be("D80102");
        fixture.PublicClient.Send(Disable).Should().Be("D80102");

        Codes(fixture.Associated(), Security).Should().Equal("8F3D", "8F30", "8F30");
        Codes(fixture.Client, Events).Should().BeEmpty();
    }

    [Theory]
    [InlineData(179, "8F35")]
    [InlineData(180, "8F36")]
    public void Power_that_fails_and_returns_is_in_the_power_event_log(int seconds, string restored)
    {
        EsmeFixture fixture = new();
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        fixture.Esme.PowerOn();

        Codes(fixture.Associated(), Power).Should().Equal("8F57", restored);
    }

    [Fact]
    public void A_log_keeps_its_last_hundred_entries()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Send(SetClock);
        for (int command = 0; command < 100; command++)
        {
            client.Send(Disable);
        }

        Codes(client, Events).Should().HaveCount(100).And.AllBe("8154");
    }

    [Fact]
    public void Logs_and_registers_outlast_the_process()
    {
        MemoryFlash flash = new();
        EsmeFixture first = new(flash: flash);
        first.Associated().Send(Disable);
        first.Time.Advance(TimeSpan.FromSeconds(30));

        EsmeFixture second = new(flash: flash);
        ScriptedClient client = second.Associated();

        Codes(client, Events).Should().Equal("8154");
        Codes(client, Power).Should().Equal("8F57", "8F35");
        second.Esme.Supply.Should().Be(SupplyState.Disconnected);
        DailyReadLogTests.Rows(client.Send("C001C100070000620109FF0200")!).Should().HaveCount(31);
    }

    [Fact]
    public void With_event_missing_nothing_is_entered()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Send(Disable);
        fixture.Esme.Defects = EsmeDefects.EventMissing;

        client.Send(SetClock);
        client.Send(Disable);

        Codes(client, Events).Should().Equal("8154");
    }

    private static string Range(string from, string to) =>
        "C001C10007" + Events + "0201010204" + "020412000809060000010000FF0F02120000"
        + "090C07EA0105FF" + from + "00800000" + "090C07EA0105FF" + to + "00800000" + "0100";

    private static IReadOnlyList<string> Codes(ScriptedClient client, string log) =>
        CodesOf(Whole(client, client.Send("C001C10007" + log + "0200")!));

    private static List<string> CodesOf(string answer)
    {
        int count = int.Parse(answer.AsSpan(10, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(row => answer.Substring(12 + (row * 38) + 34, 4))];
    }

    /// <summary>A long answer as if it had come in one piece.</summary>
    private static string Whole(ScriptedClient client, string answer)
    {
        if (!answer.StartsWith("C402", StringComparison.Ordinal))
        {
            return answer;
        }

        string value = string.Empty;
        for (int block = 1; ; block++)
        {
            int head = answer.Substring(18, 2) switch { "82" => 24, "81" => 22, _ => 20 };
            value += answer[head..];
            if (answer.Substring(6, 2) == "01")
            {
                return "C401C100" + value;
            }

            answer = client.Send($"C002C1{block:X8}")!;
        }
    }
}
