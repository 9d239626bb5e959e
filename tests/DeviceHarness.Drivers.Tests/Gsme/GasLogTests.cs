using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Gsme;

/// <summary>SRV 4.6.1, 4.8.1, 4.10 and 4.17 of a gas meter and of its proxy, which the test plays.</summary>
public sealed class GasLogTests
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly GasLogSource Profile = GasLogSources.Default.ImportProfile with { By = GasLogMeans.Profile, AtOnce = 3 };

    private static readonly Script Scale = (bench, sent) => bench.AnswerRead(
        sent, new(0x0300, ZclData.Unsigned(ZclDataType.Enum8, 1)), new(0x0301, ZclData.Unsigned(ZclDataType.Unsigned24, 1)),
        new(0x0302, ZclData.Unsigned(ZclDataType.Unsigned24, 1000)));

    private static readonly Script NotFound = Status(ZclStatus.NotFound);

    /// <summary>What the meter does with a message that came to it.</summary>
    private delegate void Script(HanBench bench, HanBench.Sent sent);

    /// <summary>The ZCL commands of the DCC's public GBCS test messages (RTDS 4.5.0, GCS16a, GCS17, GCS18 and GCS61), octet for octet: the
    /// driver asks for the interval that ends first in a period, so that the period begins one interval later than the command.</summary>
    [Theory]
    [InlineData("4.8.1", "2014-12-30T00:30:00Z", "000080A7341C006100")]
    [InlineData("4.10", "1999-01-01T00:00:00Z", "020001000000002900")]
    [InlineData("4.17", "2014-12-23T00:00:00Z", "0100801B2A1C00DB02")]
    public async Task Samples_are_asked_for_as_the_DCC_asks(string srv, string start, string payload)
    {
        ReadLogPeriod period = new(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), Ten);

        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            Request(srv, period), [Scale, NotFound], new GasLogSources
            {
                NetworkDataLog = GasLogSources.Default.NetworkDataLog with { AtOnce = 41 },
                DailyConsumptionLog = GasLogSources.Default.DailyConsumptionLog with { AtOnce = 731 },
            });

        outcome.Kind.Should().Be(DeviceOutcomeKind.Done, outcome.Detail);
        outcome.Body!.Values["LogEntry.Count"].Should().Be("0");
        (sent[1].Message.Cluster, sent[1].Header.Command).Should().Be(((ushort)0x0702, (byte)0x08));
        Convert.ToHexString(sent[1].Payload.Span).Should().Be(payload);
    }

    /// <summary>As above, with a snapshot of the form that the lengths of the DCC's answer show: 56 octets of type 6.</summary>
    [Fact]
    public async Task A_day_is_asked_for_as_the_DCC_asks_and_told_in_cubic_metres()
    {
        ReadLogPeriod period = new(
            ZclTime.Epoch.AddSeconds(0x1C34A784), ZclTime.Epoch.AddSeconds(0x1E187E03));
        const string registers = "87D612000000" + "04" + "010000000000" + "FFFFFFFFFFFF" + "030000000000" + "040000000000"
            + "13" + "0A0000000000" + "0B0000000000" + "0C0000000000" + "0D0000000000";

        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new RetrieveImportDailyReadLog(period), [Scale, Snapshot(7, 0x1C34A785, 1, 6, registers)]);

        Convert.ToHexString(sent[1].Payload.Span).Should().Be("84A7341C" + "037E181E" + "00" + "01000000");
        ImportDailyReadLogEntry day = outcome.Body.As<RetrieveImportDailyReadLogRsp>().Entries.Should().ContainSingle().Subject;
        using AssertionScope scope = new();
        (day.Timestamp, day.IsGas, day.Consumption).Should().Be((ZclTime.Epoch.AddSeconds(0x1C34A785), true, 1234.567m));
        day.Matrices.Select(matrix => matrix.Name).Should().Equal("TariffBlockCounterMatrix", "TariffTOURegisterMatrix");
        day.Matrices[0].Values.Select(value => value.Value).Should().Equal(0.010m, 0.011m, 0.012m, 0.013m);
        day.Matrices[1].Values.Should().Equal(
            new IndexedReading(1, 0.001m), new IndexedReading(3, 0.003m), new IndexedReading(4, 0.004m));
    }

    [Fact]
    public async Task Days_are_put_in_order_whatever_order_the_meter_counts_them_in()
    {
        uint start = ZclTime.FromMoment(Ten.AddDays(-2));
        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new RetrieveImportDailyReadLog(new ReadLogPeriod(Ten.AddDays(-3), Ten)),
            [Scale, Snapshot(9, start + 86_400, 3, 4, "01000000000000"), Parts(8, start, 3, "0200", "000000", "0000"),
                Snapshot(10, ZclTime.Invalid, 3, 0x80, string.Empty)]);

        outcome.Kind.Should().Be(DeviceOutcomeKind.Done, outcome.Detail);
        outcome.Body.As<RetrieveImportDailyReadLogRsp>().Entries.Select(entry => (entry.Timestamp, entry.Consumption)).Should().Equal(
            (Ten.AddDays(-2), 0.002m), (Ten.AddDays(-1), 0.001m), (null, null));
        sent[1..].Select(message => message.Payload.Span[8]).Should().Equal(0, 1, 2);
    }

    [Theory]
    [InlineData("the same again")]
    [InlineData("fewer than it told")]
    [InlineData("cut short")]
    [InlineData("received")]
    public async Task Snapshots_that_do_not_fit_break_the_protocol(string how)
    {
        uint time = ZclTime.FromMoment(Ten.AddHours(-1));
        Script[] script = how switch
        {
            "the same again" => [Snapshot(1, time, 2, 4, "01000000000000"), Snapshot(1, time, 2, 4, "01000000000000")],
            "fewer than it told" => [Snapshot(1, time, 2, 4, "01000000000000"), NotFound],
            "cut short" => [Snapshot(1, time, 1, 4, "01000000000001")],
            _ => [Snapshot(1, time, 1, 5, "01000000000000")],
        };

        (DeviceOutcome outcome, _) = await AskAsync(
            new RetrieveImportDailyReadLog(new ReadLogPeriod(Ten.AddDays(-1), Ten)), [Scale, .. script]);

        outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError, outcome.Detail);
    }

    /// <summary>A page in which a sample has no value, a gap between two pages, and the end of the log.</summary>
    [Fact]
    public async Task Half_hours_come_in_pages_and_what_is_missing_is_no_zero()
    {
        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten.AddMinutes(1), Ten.AddHours(4))),
            [Scale, Samples(0, Ten, 1800, 500, 0, 0xFFFFFF), Samples(0, Ten + (5 * HalfHour), 1800, 1250), NotFound]);

        outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().Equal(
            Entry(1, 0.5m), Entry(2, 0), Entry(3, null), Entry(4, null), Entry(5, null), Entry(6, 1.25m));
        outcome.Detail.Should().Contain("3 of 6 intervals have no value");
        outcome.Body!.Values.Should().Contain("LogEntry.Sum", "1.75").And.Contain("LogEntry.Missing", "3")
            .And.Contain("LogEntry.Last", "2026-01-05T13:00:00Z");
        Asked(sent[2]).Should().Be(Ten + (3 * HalfHour));
        Asked(sent[3]).Should().Be(Ten + (6 * HalfHour));

        static ActiveImportProfileEntry Entry(int halfHours, decimal? volume) =>
            new(Ten + (halfHours * HalfHour), null) { IsGas = true, GasValue = volume };
    }

    [Fact]
    public async Task Samples_timed_by_their_ends_are_told_as_they_are_timed()
    {
        GasLogSources logs = new() { ImportProfile = GasLogSources.Default.ImportProfile with { IsTimedByEnd = true } };

        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten, Ten)), [Scale, Samples(0, Ten, 1800, 500)], logs);

        Asked(sent[1]).Should().Be(Ten);
        outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Should().ContainSingle().Which.Timestamp.Should().Be(Ten);
    }

    /// <summary>What is not in the period is left out, also when the meter tells it.</summary>
    [Fact]
    public async Task What_ends_outside_of_the_period_is_left_out()
    {
        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new ReadNetworkData(new ReadLogPeriod(Ten, Ten.AddMinutes(6))),
            [Scale, Samples(2, Ten.AddMinutes(-6), 360, 100, 200, 300, 400)]);

        outcome.Body.As<ReadNetworkDataRsp>().GasEntries.Should().Equal(
            new GasNetworkDataEntry(Ten, 0.1m), new GasNetworkDataEntry(Ten.AddMinutes(6), 0.2m));
        sent.Should().HaveCount(2, "the period is over");
    }

    [Theory]
    [InlineData("page again")]
    [InlineData("page before")]
    [InlineData("another interval")]
    [InlineData("other samples")]
    [InlineData("more than asked")]
    [InlineData("no time")]
    [InlineData("more than its log")]
    public async Task Samples_that_do_not_fit_break_the_protocol(string how)
    {
        Script first = Samples(0, Ten, 1800, 1, 2);
        Script[] script = how switch
        {
            "page again" => [first, first],
            "page before" => [first, Samples(0, Ten - HalfHour, 1800, 1, 2)],
            "another interval" => [Samples(0, Ten, 900, 1, 2)],
            "other samples" => [Samples(1, Ten, 1800, 1, 2)],
            "more than asked" => [Samples(0, Ten, 1800, 1, 2, 3, 4)],
            "no time" => [Samples(0, null, 1800, 1, 2)],
            _ => [first, Samples(0, Ten + (2 * HalfHour), 1800, 3, 4), Samples(0, Ten + (4 * HalfHour), 1800, 5, 6)],
        };
        GasLogSources logs = new() { ImportProfile = GasLogSources.Default.ImportProfile with { AtOnce = 3, Capacity = 2 } };

        (DeviceOutcome outcome, _) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten + HalfHour, Ten.AddDays(2))), [Scale, .. script], logs);

        outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError, outcome.Detail);
    }

    [Fact]
    public async Task An_answer_that_holds_no_more_is_cut_and_says_so()
    {
        GasLogSources logs = new() { NetworkDataLog = GasLogSources.Default.NetworkDataLog with { Capacity = 100 } };

        (DeviceOutcome outcome, _) = await AskAsync(
            new ReadNetworkData(new ReadLogPeriod(Ten, Ten.AddDays(1))),
            [Scale, Samples(2, Ten, 360, [.. Enumerable.Range(1, 50)])], logs);

        outcome.Body.As<ReadNetworkDataRsp>().GasEntries.Should().HaveCount(41);
        outcome.Detail.Should().Contain("more than the 41 entries");
    }

    [Fact]
    public async Task A_profile_is_read_backwards_and_told_forwards()
    {
        (DeviceOutcome outcome, HanBench.Sent[] sent) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten, Ten.AddHours(3))),
            [Scale, Intervals(Ten.AddHours(2), 0, 2, 500, 400), Intervals(Ten.AddHours(0.5), 4, 2, 0xFFFFFF, 100, 50)],
            new GasLogSources { ImportProfile = Profile });

        outcome.Kind.Should().Be(DeviceOutcomeKind.Done, outcome.Detail);
        outcome.Body.As<ReadActiveImportProfileDataRsp>().Entries.Select(entry => (entry.Timestamp, entry.GasValue)).Should().Equal(
            (Ten, 0.1m), (Ten + HalfHour, null), (Ten + (2 * HalfHour), null), (Ten + (3 * HalfHour), 0.4m), (Ten + (4 * HalfHour), 0.5m));
        sent[1..].Select(message => Convert.ToHexString(message.Payload.Span)).Should().Equal(
            GetProfile(Ten.AddHours(3)), GetProfile(Ten.AddHours(1)));

        static string GetProfile(DateTimeOffset end) =>
            "00" + Convert.ToHexString(BitConverter.GetBytes(ZclTime.FromMoment(end))) + "03";
    }

    [Theory]
    [InlineData("page again", DeviceOutcomeKind.ProtocolError)]
    [InlineData("newer than asked", DeviceOutcomeKind.ProtocolError)]
    [InlineData("another interval", DeviceOutcomeKind.ProtocolError)]
    [InlineData("more than asked", DeviceOutcomeKind.ProtocolError)]
    [InlineData("no time", DeviceOutcomeKind.ProtocolError)]
    [InlineData("bad end time", DeviceOutcomeKind.Refused)]
    [InlineData("status 9", DeviceOutcomeKind.ProtocolError)]
    [InlineData("none", DeviceOutcomeKind.Done)]
    public async Task What_a_profile_says_beside_its_intervals_is_told_apart(string how, DeviceOutcomeKind kind)
    {
        Script first = Intervals(Ten, 0, 2, 1, 2);
        Script[] script = how switch
        {
            "page again" => [first, first],
            "newer than asked" => [Intervals(Ten.AddHours(1), 0, 2, 1)],
            "another interval" => [Intervals(Ten, 0, 1, 1)],
            "more than asked" => [Intervals(Ten, 0, 2, 1, 2, 3, 4)],
            "no time" => [Intervals(null, 0, 2, 1)],
            "bad end time" => [Intervals(Ten, 3, 2)],
            "status 9" => [Intervals(Ten, 9, 2)],
            _ => [first, Intervals(Ten, 5, 2)],
        };

        (DeviceOutcome outcome, _) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten.AddHours(-9), Ten)), [Scale, .. script],
            new GasLogSources { ImportProfile = Profile });

        outcome.Kind.Should().Be(kind, outcome.Detail);
    }

    [Theory]
    [InlineData("4.6.1")]
    [InlineData("4.8.1")]
    [InlineData("4.10")]
    public async Task A_period_that_ends_before_it_begins_and_a_log_that_is_not_kept_are_refused_and_nothing_is_sent(string srv)
    {
        GasLogSource none = new() { By = GasLogMeans.None, Capacity = 1 };
        SrvRequestBody request = Request(srv, new ReadLogPeriod(Ten, Ten.AddDays(1)));

        (DeviceOutcome reversed, _) = await AskAsync(Request(srv, new ReadLogPeriod(Ten, Ten.AddSeconds(-1))), []);
        (DeviceOutcome notKept, _) = await AskAsync(
            request, [], new GasLogSources { DailyReadLog = none, ImportProfile = none, NetworkDataLog = none });

        using AssertionScope scope = new();
        (reversed.Kind, reversed.Body!.MessageSuccess).Should().Be((DeviceOutcomeKind.Refused, false));
        (notKept.Kind, notKept.Body!.MessageSuccess).Should().Be((DeviceOutcomeKind.Refused, false));
        reversed.Detail.Should().Contain("nothing was sent");
    }

    [Theory]
    [InlineData(ZclStatus.UnsupportedClusterCommand, DeviceOutcomeKind.Refused)]
    [InlineData(ZclStatus.InvalidField, DeviceOutcomeKind.Refused)]
    [InlineData(ZclStatus.NoImageAvailable, DeviceOutcomeKind.ProtocolError)]
    public async Task A_status_is_a_legal_no_or_a_breach(ZclStatus status, DeviceOutcomeKind kind)
    {
        (DeviceOutcome outcome, _) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten, Ten.AddDays(1))), [Scale, Status(status)]);

        (outcome.Kind, outcome.DeviceCode).Should().Be((kind, (int?)status));
    }

    [Fact]
    public async Task A_meter_that_counts_kilowatt_hours_breaks_the_protocol()
    {
        (DeviceOutcome outcome, _) = await AskAsync(
            new ReadActiveImportProfileData(new ReadLogPeriod(Ten, Ten)), [(bench, sent) => bench.AnswerRead(
                sent, new(0x0300, ZclData.Unsigned(ZclDataType.Enum8, 0)), new(0x0301, ZclData.Unsigned(ZclDataType.Unsigned24, 1)),
                new(0x0302, ZclData.Unsigned(ZclDataType.Unsigned24, 1000)))]);

        outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
    }

    [Fact]
    public async Task The_proxy_is_asked_for_the_gas_of_days_and_the_meter_is_not()
    {
        (DeviceOutcome outcome, _) = await AskAsync(
            new RetrieveDailyConsumptionLog(new ReadLogPeriod(Ten, Ten.AddDays(1))), [Scale, Samples(1, Ten, 0xFFFF, 86_400)]);

        outcome.Body.Should().Be(new RetrieveDailyConsumptionLogRsp
        {
            MessageSuccess = true,
            IsGas = true,
            Entries = [new DailyConsumptionEntry(Ten.AddDays(1), 86.4m)],
        });
        GsmeDriver.Served.Should().Contain(["4.6.1", "4.8.1", "4.10", "11.1"]).And.NotContain("4.17");
        GpfDriver.Served.Should().Contain(["4.6.1", "4.8.1", "4.10", "4.17"]).And.NotContain("11.1");
    }

    [Fact]
    public void A_profile_says_where_the_logs_are()
    {
        SmartEnergyProfile profile = SmartEnergyProfile.Load("""
            profile: test
            device-type: GSME
            protocol: zigbee-se
            smart-energy: "1.2"
            response-timeout: 1s
            firmware-version: software-build
            logs:
              daily-read-log: { by: snapshots, causes: 0x00010000, capacity: 12 }
              import-profile: { by: profile, interval: 60m, capacity: 400, at-once: 12 }
              network-data-log: { by: none }
              daily-consumption-log: { by: sampled-data, sample-id: 9, times: end }
            """, "test.yaml");

        using AssertionScope scope = new();
        profile.Logs.DailyReadLog.Should().Be(new GasLogSource { By = GasLogMeans.Snapshots, Causes = 0x1_0000, Capacity = 12 });
        profile.Logs.ImportProfile.Should().Be(GasLogSources.Default.ImportProfile with
        {
            By = GasLogMeans.Profile,
            Interval = TimeSpan.FromHours(1),
            Capacity = 400,
            AtOnce = 12,
        });
        profile.Logs.NetworkDataLog.By.Should().Be(GasLogMeans.None);
        profile.Logs.DailyConsumptionLog.Should().Be(GasLogSources.Default.DailyConsumptionLog with { SampleId = 9, IsTimedByEnd = true });
    }

    private static SrvRequestBody Request(string srv, ReadLogPeriod period) => srv switch
    {
        "4.6.1" => new RetrieveImportDailyReadLog(period),
        "4.8.1" => new ReadActiveImportProfileData(period),
        "4.10" => new ReadNetworkData(period),
        _ => new RetrieveDailyConsumptionLog(period),
    };

    private static DateTimeOffset Asked(HanBench.Sent sent) =>
        ZclTime.Epoch.AddSeconds(BitConverter.ToUInt32(sent.Payload.Span[2..6]));

    private static Script Status(ZclStatus status) => (bench, sent) => bench.Answer(
        sent, GlobalCommand.DefaultResponse, GlobalCommands.Default(sent.Header.Command, status));

    private static Script Samples(ushort id, DateTimeOffset? start, ushort seconds, params int[] samples) => (bench, sent) =>
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command("GetSampledDataResponse", ZclSide.Server);
        MessageContent content = command.Create().Set("sample_id", id)
            .Set("sample_start_time", start is { } time ? ZclTime.FromMoment(time) : ZclTime.Invalid).Set("sample_type", 0)
            .Set("sample_request_interval", seconds);
        foreach (int sample in samples)
        {
            content.Add("samples").Set("sample", sample);
        }

        bench.Answer(sent, command, content);
    };

    private static Script Intervals(DateTimeOffset? end, byte status, byte period, params int[] newestFirst) => (bench, sent) =>
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command("GetProfileResponse", ZclSide.Server);
        MessageContent content = command.Create().Set("end_time", end is { } time ? ZclTime.FromMoment(time) : ZclTime.Invalid)
            .Set("status", status).Set("profile_interval_period", period);
        foreach (int value in newestFirst)
        {
            content.Add("intervals").Set("value", value);
        }

        bench.Answer(sent, command, content);
    };

    private static Script Snapshot(uint id, uint time, byte total, byte type, string payload) =>
        (bench, sent) => Publish(bench, sent, id, time, total, 0, 1, type, payload);

    private static Script Parts(uint id, uint time, byte total, params string[] parts) => (bench, sent) =>
    {
        for (int index = parts.Length - 1; index >= 0; index--)
        {
            Publish(bench, sent, id, time, total, (byte)index, (byte)parts.Length, 4, parts[index]);
        }
    };

    private static void Publish(
        HanBench bench, HanBench.Sent sent, uint id, uint time, byte total, byte index, byte commands, byte type, string payload)
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command("PublishSnapshot", ZclSide.Server);
        bench.Answer(sent, command, command.Create().Set("snapshot_id", id).Set("snapshot_time", time)
            .Set("total_snapshots_found", total).Set("command_index", index).Set("total_commands", commands).Set("snapshot_cause", 1)
            .Set("snapshot_payload_type", type).Set("payload", Convert.FromHexString(payload).AsSpan()));
    }

    private static async Task<(DeviceOutcome Outcome, HanBench.Sent[] Sent)> AskAsync(
        SrvRequestBody request, Script[] script, GasLogSources? logs = null)
    {
        await using HanBench bench = await HanBench.StartAsync();
        SmartEnergyOptions options = new()
        {
            Id = new DeviceId("gas-01"),
            Eui64 = HanBench.Meter,
            Network = bench.Network,
            Profile = new SmartEnergyProfile { Name = "test", Endpoint = 1, Logs = logs ?? GasLogSources.Default },
            TimeProvider = bench.Clock,
        };
        await using IDeviceDriver driver = GsmeDriver.Served.Contains(request.ServiceReferenceVariant)
            ? new GsmeDriver(options)
            : new GpfDriver(options);
        Task<SrvResult> running = driver.ExecuteAsync(request, CancellationToken.None);
        List<HanBench.Sent> sent = [];
        foreach (Script answer in script)
        {
            sent.Add(await bench.SentAsync());
            answer(bench, sent[^1]);
        }

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("all that was asked was answered");
        return (outcome, [.. sent]);
    }
}
