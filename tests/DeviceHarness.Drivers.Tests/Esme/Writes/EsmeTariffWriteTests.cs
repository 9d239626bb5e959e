using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Tests.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>Tariffs and prices on the wire, in their order, at a meter that takes everything.</summary>
public sealed class EsmeTariffWriteTests
{
    private const string Calendar = "00140000" + "0D0000FF";
    private const string Energy = "00710000" + "131400FF";
    private const string Standing = "00710000" + "131404FF";
    private const string Never = "090CFFFFFFFFFFFFFFFFFF8000FF";
    private const string Later = "090C07EB030101000000000000" + "00";

    [Fact]
    public async Task SRV_1_1_1_withdraws_what_was_dated_writes_all_that_is_passive_and_activates_last()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body.Should().Be(new BareRsp("UpdateImportTariffPrimaryElementRsp") { MessageSuccess = true });
        bench.Changes.Should().HaveCount(20);
        bench.Changes.Take(3).Should().Equal(
            $"SET {Calendar}0A {Never}", $"SET {Energy}07 {Never}", $"SET {Standing}07 {Never}");
        bench.Changes.TakeLast(3).Should().Equal(
            $"ACTION {Calendar}01 0F00", $"ACTION {Energy}02 0F00", $"ACTION {Standing}02 0F00");
    }

    [Fact]
    public async Task The_day_and_the_activation_of_SRV_1_1_1_are_the_octets_of_another_implementation()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(WriteRequests.NewTariff());

        string[] requests = [.. bench.Meter.Requests.Select(Convert.ToHexString)];
        requests.Should().Contain(Convert.ToHexString(MeterFrames.Vector("set-day-profile-passive")));
        requests.Should().Contain(Convert.ToHexString(MeterFrames.Vector("activate-passive-calendar")));
    }

    [Fact]
    public async Task The_tables_of_SRV_1_1_1_go_to_the_passive_attributes()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(WriteRequests.NewTariff());

        bench.Changes.Should().ContainInOrder(
            $"SET {Calendar}08 01010208090101" + string.Concat(Enumerable.Repeat("1101", 7)),
            $"SET {Calendar}07 01010203090459454152090CFFFF0101FF000000008000FF090101",
            "SET 000B00010B0000FF02 0101020312000109" + "0507EA0C19FF1101",
            "SET 00150000" + "10010BFF02 010206000003E806000007D0",
            "SET 00150000" + "100112FF02 010206000003E806000007D0",
            $"SET {Energy}06 020302020F030FFB020312000309060100010800FF0F020102020209020201100010020209010210" + "0201",
            $"SET {Standing}06 020302020F000FFC020312000809060000010000FF0F0201010202090101" + "1009C4");
    }

    [Fact]
    public async Task A_tariff_of_a_later_date_is_activated_by_its_times_and_by_no_method()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff(WriteRequests.Later));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Changes.TakeLast(3).Should().Equal($"SET {Calendar}0A {Later}", $"SET {Energy}07 {Later}", $"SET {Standing}07 {Later}");
        bench.Changes.Should().NotContain(change => change.StartsWith("ACTION", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_date_that_is_past_means_now()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdatePricePrimaryElement(WriteRequests.Prices, DateTimeOffset.UnixEpoch));

        bench.Changes.Should().HaveCount(6);
        bench.Changes.TakeLast(2).Should().Equal($"ACTION {Energy}02 0F00", $"ACTION {Standing}02 0F00");
    }

    [Fact]
    public async Task A_withdrawal_takes_back_the_times_and_writes_nothing_else()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff(IDeviceDated.Withdrawal));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Changes.Should().Equal($"SET {Calendar}0A {Never}", $"SET {Energy}07 {Never}", $"SET {Standing}07 {Never}");
    }

    [Fact]
    public async Task A_currency_that_the_model_does_not_have_is_refused_and_nothing_is_sent()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(
            WriteRequests.NewTariff() with { Tariff = WriteRequests.Tariff with { CurrencyUnits = "ECB" } });

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Be("nothing was sent: CurrencyUnits of the device model is always GBP, not ECB");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_calendar_that_the_meter_finds_inconsistent_is_refused_by_its_activation_and_nothing_is_in_force()
    {
        await using ReadBench bench = new();
        for (int step = 0; step < 17; step++)
        {
            bench.Results.Enqueue(0);
        }

        bench.Results.Enqueue(250);

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(250);
        result.Outcome.Detail.Should().Contain("17 of 20 steps were done before ActivateCalendar; nothing of it is in force");
        bench.Changes.Should().HaveCount(18);
    }

    [Fact]
    public async Task A_link_that_is_lost_after_the_calendar_came_into_force_is_told_as_such()
    {
        await using ReadBench bench = new() { SilentChange = 18 };

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        result.Outcome.Body.Should().BeNull();
        result.Outcome.Detail.Should().Contain(
            "18 of 20 steps were done before ActivatePrices, whether ActivatePrices was taken is not known; in force: ActivateCalendar");
    }

    [Fact]
    public async Task A_link_that_is_lost_while_tables_are_written_leaves_nothing_in_force()
    {
        await using ReadBench bench = new() { SilentChange = 5 };

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff(WriteRequests.Later));

        result.Outcome.Detail.Should().Contain("5 of 20 steps were done before Seasons");
        result.Outcome.Detail.Should().EndWith("nothing of it is in force");
    }

    [Fact]
    public async Task SRV_4_11_1_reads_what_SRV_1_1_1_wrote()
    {
        await using ReadBench bench = new ReadBench()
            .With($"{Energy}05", "0203 02020F030FFB 0203120003 09060100010800FF 0F02 0102 0202 09020201 100010 0202 090102 100201")
            .With($"{Standing}05", "0203 02020F000FFC 0203120008 09060000010000FF 0F02 0101 0202 090101 1009C4")
            .With(
                $"{Calendar}05",
                "0101 0202 1101 0102 0203 0904001E0000 090600000A0064FF 120001 0203 0904071E0000 090600000A0064FF 120002")
            .With($"{Calendar}04", "0101 0208 090101 1101 1101 1101 1101 1101 1101 1101")
            .With($"{Calendar}03", "0101 0203 090459454152 090CFFFF0101FF000000008000FF 090101")
            .With("000B 00000B0000FF 02", "0101 0203 120001 090507EA0C19FF 1101")
            .With("0003 00005E2C0107 02", "05 00000201")
            .With("0001 00005E2C0200 02", "0903474250");
        for (int register = 1; register <= 8; register++)
        {
            bench.With($"0015 00001000{10 + register:X2}FF 02", "0102 06000003E8 06000007D0");
        }

        SrvResult result = await bench.RunAsync(new ReadTariffPrimaryElement());

        result.Outcome.Body.Should().Be(new ReadTariffPrimaryElementRsp
        {
            MessageSuccess = true,
            PrimaryActiveTariffPrice = 513,
            CurrencyUnitsLabel = "GBP",
            CurrencyUnitsName = "Millipence",
            StandingCharge = 2500,
            StandingChargeScale = -4,
            PriceScale = -5,
            Prices = WriteRequests.Prices.Prices,
            Days =
            [
                new TariffDay(
                    1, [new TariffSwitch(new TimeOnly(0, 30), 1, HasBlocks: true), new TariffSwitch(new TimeOnly(7, 30), 2)]),
            ],
            Weeks = WriteRequests.Tariff.Weeks,
            Seasons = WriteRequests.Tariff.Seasons,
            SpecialDays = WriteRequests.Tariff.SpecialDays,
            Thresholds = WriteRequests.Tariff.Thresholds,
        });
    }

    [Theory]
    [InlineData("0101 0202 1101 0101 0203 0904181E0000 090600000A0064FF 120001")]
    [InlineData("0101 0202 1111 0100")]
    [InlineData("0102 0202 1101 0100 0202 1101 0100")]
    [InlineData("0202 1101 0100")]
    public async Task A_day_table_that_no_tariff_has_breaks_the_protocol(string days)
    {
        await using ReadBench bench = new ReadBench(profile => profile with
        {
            Objects = profile.Objects with
            {
                Reads = new(new Dictionary<string, IReadOnlyDictionary<string, ReadObject>>
                {
                    ["4.11.1"] = profile.Objects.Reads.Variants["4.11.1"].Where(pair => pair.Key == "DayProfiles")
                        .ToDictionary(pair => pair.Key, pair => pair.Value),
                }),
            },
        }).With($"{Calendar}05", days);

        SrvResult result = await bench.RunAsync(new ReadTariffPrimaryElement());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("a table that no tariff has");
    }
}
