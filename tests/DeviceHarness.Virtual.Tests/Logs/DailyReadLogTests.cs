using System.Globalization;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Logs;

/// <summary>The clock of the fixture stands at 2026-01-05 12:00:02; the import register at 1,234,567 Wh.</summary>
public sealed class DailyReadLogTests
{
    private const string Log = "0007" + "0000620109FF";
    private const string GetBuffer = "C001C1" + Log + "0200";
    private const string ClockColumn = "02041200080906" + "0000010000FF" + "0F02120000";
    private const string RegisterColumn = "02041200030906" + "0100010800FF" + "0F02120000";
    private const string GetImport = "C001C100030100010800FF0200";

    [Fact]
    public void The_log_says_what_it_captures_and_how()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        client.Send("C001C1" + Log + "0300").Should().Be("C401C1000102" + ClockColumn + RegisterColumn);
        client.Send("C001C1" + Log + "0400").Should().Be("C401C1000600015180", "a day");
        client.Send("C001C1" + Log + "0500").Should().Be("C401C1001601");
        client.Send("C001C1" + Log + "0600").Should().Be("C401C100" + ClockColumn);
        client.Send("C001C1" + Log + "0700").Should().Be("C401C100060000001F");
        client.Send("C001C1" + Log + "0800").Should().Be("C401C100060000001F");
    }

    [Fact]
    public void A_meter_that_is_switched_on_has_a_month_of_readings_that_lead_to_its_register()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        IReadOnlyList<(string Stamp, uint Wh)> rows = Rows(client.Send(GetBuffer)!);

        rows.Should().HaveCount(31);
        rows[0].Stamp.Should().Be("07E90C06" + "06" + "000000" + "00" + "000000", "6 December 2025, a Saturday");
        rows[^1].Stamp.Should().Be("07EA0105" + "01" + "000000" + "00" + "000000");
        rows.Select(row => row.Wh).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        rows[^1].Wh.Should().BeLessThan(1_234_567);
        ((long)rows[0].Wh).Should().BeGreaterThan(1_234_567 - (31 * 50_000), "a house takes less than 50 kWh a day");
    }

    [Fact]
    public void History_and_register_follow_one_load()
    {
        EsmeFixture lived = new();
        lived.Time.Advance(TimeSpan.FromDays(3));
        EsmeModel model = EsmeFixture.DefaultModel();
        VirtualEsme late = new("late", model with { InitialTotals = lived.Esme.Totals }, lived.Time);
        ScriptedClient client = new(octets => late.Step(octets).ToArray());

        IReadOnlyList<(string Stamp, uint Wh)> livedRows = Rows(lived.Associated().Send(GetBuffer)!);
        client.Connect();
        client.Send(EsmeFixture.AarqLls);
        IReadOnlyList<(string Stamp, uint Wh)> countedRows = Rows(client.Send(GetBuffer)!);

        countedRows.Select(row => row.Stamp).Should().Equal(livedRows.Select(row => row.Stamp));
        for (int row = 0; row < livedRows.Count; row++)
        {
            ((long)countedRows[row].Wh).Should().BeCloseTo(livedRows[row].Wh, 1, "both count the same watts, row {0}", row);
        }
    }

    [Fact]
    public void A_register_that_was_zero_has_no_history()
    {
        EsmeFixture fixture = new(model => model with { InitialTotals = model.InitialTotals with { ActiveImportWh = 0 } });

        fixture.Associated().Send(GetBuffer).Should().Be("C401C1000100");
    }

    [Fact]
    public void Each_midnight_brings_a_row_with_the_register_of_that_moment_and_the_oldest_goes()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        fixture.Time.Advance(new TimeSpan(11, 59, 58));
        client = fixture.Associated();
        uint atMidnight = Reading(client);

        fixture.Time.Advance(TimeSpan.FromHours(30));
        IReadOnlyList<(string Stamp, uint Wh)> rows = Rows(fixture.Associated().Send(GetBuffer)!);

        rows.Should().HaveCount(31);
        rows[^2].Should().Be(("07EA010602" + "00000000000000", atMidnight));
        rows[^1].Stamp.Should().StartWith("07EA010703");
        rows[0].Stamp.Should().StartWith("07E90C08");
    }

    [Theory]
    [InlineData("07EA0103FF000000", "07EA0105FF000000", 3, "both bounds belong to the range")]
    [InlineData("07EA0103FF000001", "07EA0104FF173B3B", 1, "the fourth only")]
    [InlineData("07EA0106FF000000", "07EA0107FF000000", 0, "in the future")]
    [InlineData("07E90101FF000000", "07E90102FF000000", 0, "long ago")]
    [InlineData("07EA0105FF000000", "07EA0103FF000000", 0, "the wrong way round")]
    public void A_range_selects_rows_by_their_time(string from, string to, int count, string why)
    {
        ScriptedClient client = new EsmeFixture().Associated();

        string answer = client.Send(Range(from, to))!;

        Rows(answer).Should().HaveCount(count, why);
        answer.Should().StartWith($"C401C10001{count:X2}");
    }

    [Fact]
    public void A_range_may_have_a_deviation()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        string answer = client.Send(
            "C001C1" + Log + "0201010204" + ClockColumn + "090C07EA0103FF01000000FFC480" + "090C07EA0104FF01000000FFC480" + "0100")!;

        Rows(answer).Select(row => row.Stamp[..8]).Should().Equal(["07EA0103", "07EA0104"], "01:00 at UTC+1 is midnight UTC");
    }

    [Fact]
    public void A_range_may_select_columns()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        string? one = client.Send(Range("07EA0105FF000000", "07EA0105FF000000", "0101" + RegisterColumn));
        string? unknown = client.Send(
            Range("07EA0105FF000000", "07EA0105FF000000", "0101" + ClockColumn.Replace("0F02", "0F03", StringComparison.Ordinal)));

        one.Should().MatchRegex("^C401C10001010201" + "06[0-9A-F]{8}$");
        unknown.Should().Be("C401C1010D");
    }

    [Theory]
    [InlineData("06" + "00000001" + "06" + "00000003" + "120001" + "120000", 3, "the first three")]
    [InlineData("06" + "0000001E" + "06" + "00000000" + "120001" + "120002", 2, "from the thirtieth to the last")]
    [InlineData("06" + "00000020" + "06" + "00000000" + "120001" + "120000", 0, "behind the last")]
    public void Entries_select_rows_by_number(string parameters, int count, string why)
    {
        ScriptedClient client = new EsmeFixture().Associated();

        string answer = client.Send("C001C1" + Log + "0201020204" + parameters)!;

        Rows(answer).Should().HaveCount(count, why);
    }

    [Theory]
    [InlineData("01010204" + ClockColumn + "090CFFFF0103FF00000000800000" + "090C07EA0104FF00000000800000" + "0100", "FA", "no year")]
    [InlineData(
        "01010204" + RegisterColumn + "090C07EA0103FF00000000800000" + "090C07EA0104FF00000000800000" + "0100", "0D", "not by clock")]
    [InlineData("01010203" + ClockColumn + "090C07EA0103FF00000000800000" + "090C07EA0104FF00000000800000", "0C", "no list of columns")]
    [InlineData("01010204" + ClockColumn + "0600000000" + "0600000001" + "0100", "0C", "numbers for times")]
    [InlineData("010300", "0D", "selector 3")]
    [InlineData("0102020406000000000600000001120001120000", "0D", "row 0")]
    [InlineData("0102020406000000010600000001120003120000", "0D", "column 3")]
    public void A_selection_that_makes_no_sense_is_refused(string selection, string error, string why)
    {
        ScriptedClient client = new EsmeFixture().Associated();

        client.Send("C001C1" + Log + "02" + selection).Should().Be("C401C101" + error, why);
    }

    [Fact]
    public void The_range_requests_of_real_clients_are_understood()
    {
        ScriptedClient client = new EsmeFixture().Associated();
        string[] requests = ["profile-by-range-request", "profile-by-range-request-2", "profile-by-entry-request"];

        string?[] answers = [.. requests.Select(name => client.Send(
            ThirdPartyVectors.Hex(name).Replace("0100630100FF", "0000620109FF", StringComparison.Ordinal)))];

        answers[0].Should().Be(ThirdPartyVectors.Hex("profile-empty"), "2017 is long ago");
        answers[1].Should().Be(ThirdPartyVectors.Hex("profile-empty"));
        Rows(answers[2]!).Should().HaveCount(3);
    }

    [Fact]
    public void Setting_the_clock_makes_no_row_and_the_next_comes_at_the_next_midnight_of_the_new_time()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();

        client.Send("C101C100080000010000FF0200090C07EA0109FF173B3B00800000").Should().Be("C501C100");
        int after = Rows(client.Send(GetBuffer)!).Count(row => string.CompareOrdinal(row.Stamp, "07EA0106") > 0);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        IReadOnlyList<(string Stamp, uint Wh)> rows = Rows(client.Send(GetBuffer)!);

        after.Should().Be(0);
        rows[^1].Stamp.Should().StartWith("07EA010A");
        rows[^2].Stamp.Should().StartWith("07EA0105");
    }

    [Fact]
    public void With_log_shifted_each_row_carries_the_next_day()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        IReadOnlyList<(string Stamp, uint Wh)> right = Rows(client.Send(Range("07EA0104FF000000", "07EA0104FF000000"))!);

        fixture.Esme.Defects = EsmeDefects.LogShifted;
        IReadOnlyList<(string Stamp, uint Wh)> shifted = Rows(client.Send(Range("07EA0105FF000000", "07EA0105FF000000"))!);

        shifted.Single().Wh.Should().Be(right.Single().Wh);
        Rows(client.Send(GetBuffer)!)[^1].Stamp.Should().StartWith("07EA0106");
    }

    [Fact]
    public void With_empty_range_error_an_empty_range_is_an_error_and_others_are_not()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Defects = EsmeDefects.EmptyRangeError;

        client.Send(Range("07EA0106FF000000", "07EA0107FF000000")).Should().Be("C401C1010E");
        Rows(client.Send(Range("07EA0105FF000000", "07EA0107FF000000"))!).Should().ContainSingle();
    }

    [Fact]
    public void The_public_client_reads_no_log_and_nobody_selects_what_he_did_not_agree_on()
    {
        EsmeFixture fixture = new();
        fixture.PublicClient.Connect();
        fixture.PublicClient.Send(EsmeFixture.AarqNone);

        string? answer = fixture.PublicClient.Send(GetBuffer);
        string? selected = fixture.PublicClient.Send(Range("07EA0105FF000000", "07EA0107FF000000"));

        answer.Should().Be("C401C10103");
        selected.Should().Be("C401C1010D");
    }

    internal static IReadOnlyList<(string Stamp, uint Wh)> Rows(string answer)
    {
        answer.Should().StartWith("C401C10001");
        int count = Convert.ToInt32(answer.Substring(10, 2), 16);
        List<(string Stamp, uint Wh)> rows = [];
        for (int row = 0, at = 12; row < count; row++, at += 42)
        {
            answer.Substring(at, 8).Should().Be("0202090C");
            rows.Add((answer.Substring(at + 8, 24), uint.Parse(
                answer.AsSpan(at + 34, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        }

        answer.Should().HaveLength(12 + (count * 42));
        return rows;
    }

    private static string Range(string from, string to, string columns = "0100") =>
        "C001C1" + Log + "0201010204" + ClockColumn + "090C" + from + "00800000" + "090C" + to + "00800000" + columns;

    private static uint Reading(ScriptedClient client) => uint.Parse(
        client.Send(GetImport)!.AsSpan(10), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
