using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Drivers.Tests.Esme;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Security;

/// <summary>The driver against a session that two programs of another maker had with each other; its octets are the meter's part.</summary>
public sealed class SecureAssociationTests
{
    private const uint RecordedCounter = 0x12C;
    private const string Encryption = "000102030405060708090A0B0C0D0E0F";
    private static readonly byte[] Aare = MeterFrames.Vector("session-aare-hls5-glo");
    private static readonly byte[] Pass4 = MeterFrames.Vector("hls5-session-pass4");
    private static readonly byte[] Value = MeterFrames.Vector("session-get-ldn-response");

    [Fact]
    public async Task The_recorded_session_is_held_octet_for_octet()
    {
        await using Bench bench = new(Recorded);

        SrvResult result = await bench.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body.As<ReadFirmwareVersionRsp>().FirmwareVersion.Should().Be("GRX0000000123456");
        bench.Meter.Requests[1].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("hls5-session-pass3")));
        bench.Meter.Requests[2].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("session-get-ldn")));
        bench.Store.FirstFreeCounter(bench.KeyFile).Should().BeGreaterThan(0x12F);
        bench.Store.ReadAttempts().Failures.Should().Be(0);
        bench.Store.ReadAttempts().Proven.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_flipped_tag_in_an_open_association_is_a_breach_of_the_protocol()
    {
        await using Bench bench = new(meter => meter.Answer("60", Aare).Answer("CB", Pass4).Answer("DB", Flipped(Value)));

        SrvResult result = await bench.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("AuthenticationFailed");
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Theory]
    [InlineData("session-get-ldn-response", "session-get-ldn-response", "CounterRepeated")]
    [InlineData("session-day-profile-response", "session-get-ldn-response", "CounterLowered")]
    public async Task A_repeated_or_lowered_counter_of_the_meter_is_refused(string first, string second, string fault)
    {
        await using Bench bench = new(meter => meter.Answer("60", Aare).Answer("CB", Pass4)
            .Answer("DB", MeterFrames.Vector(first), MeterFrames.Vector(second)));
        _ = await bench.ReadAsync();
        bench.Meter.Requests.Clear();

        SrvResult result = await bench.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain(fault);
    }

    [Theory]
    [InlineData("FF0102030405060708090A0B0C0D0E0F")]
    [InlineData(Encryption)]
    public async Task A_wrong_key_is_no_outcome_of_the_device_and_spends_the_one_attempt(string encryption)
    {
        bool isPass4Wrong = encryption == Encryption;
        await using Bench bench = new(
            meter => meter.Answer("60", Aare).Answer("CB", isPass4Wrong ? Flipped(Pass4) : Pass4), encryption);

        AuthenticationFailedException error =
            (await FluentActions.Awaiting(bench.ReadAsync).Should().ThrowAsync<AuthenticationFailedException>()).Which;
        int sent = bench.Meter.Requests.Count;
        AttemptsSpentException spent =
            (await FluentActions.Awaiting(bench.ReadAsync).Should().ThrowAsync<AttemptsSpentException>()).Which;

        error.Code.Should().Be(DlmsFaults.ProofFailed);
        error.ToString().Should().NotContainEquivalentOf(encryption).And.NotContainEquivalentOf("D0D1D2D3");
        (spent.Failures, spent.Limit).Should().Be((1, 1));
        bench.Meter.Requests.Should().HaveCount(sent, "no AARQ is sent without a budget");
    }

    [Theory]
    [InlineData("D8 01 05")]
    [InlineData("C7 01 C1 03 00")]
    public async Task A_proof_that_the_meter_refuses_is_told_apart_from_the_link(string answer)
    {
        await using Bench bench = new(meter => meter.Answer("60", Aare).Answer("CB", answer.Octets()));

        Func<Task> read = bench.ReadAsync;

        if (answer.StartsWith("D8", StringComparison.Ordinal))
        {
            (await read.Should().ThrowAsync<AuthenticationFailedException>()).Which.Code.Should().Be(DlmsFaults.AuthenticationRefused);
        }
        else
        {
            SrvResult result = await bench.ReadAsync();
            result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError, "an answer in clear proves nothing");
        }
    }

    [Fact]
    public async Task A_counter_that_fell_behind_is_raised_to_the_meter_s_and_spends_nothing()
    {
        await using Bench bench = new(
            meter => meter.Answer("60", "D8 01 06 00 00 01 2C".Octets(), Aare).Answer("CB", Pass4).Answer("DB", Value), firstFree: 0x10);

        SrvResult result = await bench.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Meter.Connects.Should().Be(2);
        bench.Meter.Requests[2].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("hls5-session-pass3")));
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Theory]
    [InlineData("D8 01 06 00 00 00 05")]
    [InlineData("D8 01 06 FF FF FF FE")]
    [InlineData("D8 01 06")]
    public async Task A_counter_that_cannot_be_believed_is_not_taken_over(string answer)
    {
        await using Bench bench = new(meter => meter.Answer("60", answer.Octets()));

        AuthenticationFailedException error =
            (await FluentActions.Awaiting(bench.ReadAsync).Should().ThrowAsync<AuthenticationFailedException>()).Which;

        (error.Code, error.IsCounter).Should().Be((DlmsFaults.CounterRefused, true));
        bench.Meter.Requests.Should().ContainSingle();
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Fact]
    public async Task A_driver_that_starts_again_never_repeats_a_counter()
    {
        MemorySecurityStore store = new();
        await using (Bench before = new(Recorded, store: store))
        {
            _ = await before.ReadAsync();
        }

        await using Bench after = new(Recorded, store: store, keepsStore: true);
        _ = await FluentActions.Awaiting(after.ReadAsync).Should().NotThrowAsync();

        int header = Convert.ToHexString(after.Meter.Requests[0]).IndexOf("211F30", StringComparison.Ordinal) / 2;
        after.Meter.Requests[0][(header + 3)..(header + 7)].ShouldBeHex("00 00 02 2C");
    }

    [Fact]
    public async Task A_recorded_session_that_is_played_again_after_a_restart_is_refused()
    {
        string data = Directory.CreateTempSubdirectory("dh-received-").FullName;
        try
        {
            await using (Bench before = new(Recorded, store: SecurityFolder.Of(data, "bench-01", "esme-01")))
            {
                (await before.ReadAsync()).Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
            }

            await using Bench after = new(Recorded, store: SecurityFolder.Of(data, "bench-01", "esme-01"), keepsStore: true);
            SrvResult replayed = await after.ReadAsync();
            await using Bench elsewhere = new(Recorded, store: SecurityFolder.Of(data, "bench-01", "esme-02"));
            SrvResult first = await elsewhere.ReadAsync();

            replayed.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
            replayed.Outcome.Detail.Should().Contain("CounterLowered");
            after.Meter.Requests.Should().ContainSingle("its AARE has an old counter already");
            first.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, "of another device nothing was kept");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_silent_meter_is_a_matter_of_the_link()
    {
        await using Bench bench = new(meter => meter.Answer("60", Array.Empty<byte>()));

        SrvResult result = await bench.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        bench.Store.ReadAttempts().Should().Be(AttemptRecord.None with { Failures = 1 }, "silence may be how it answers a wrong key");
    }

    [Fact]
    public async Task The_silence_of_a_meter_that_took_the_same_keys_last_spends_nothing()
    {
        MemorySecurityStore store = new();
        await using (Bench before = new(Recorded, store: store))
        {
            _ = await before.ReadAsync();
        }

        await using Bench mute = new(meter => meter.Answer("60", Array.Empty<byte>()), store: store, keepsStore: true);
        SrvResult result = await mute.ReadAsync();

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        store.ReadAttempts().Failures.Should().Be(0);
    }

    [Theory]
    [InlineData("61 1F A1 09 06 07 60 85 74 05 08 01 03 A2 03 02 01 01 A3 05 A1 03 02 01 01 BE 06 04 04 0E 01 00 06")]
    [InlineData("61 17 A1 09 06 07 60 85 74 05 08 01 03 A2 03 02 01 01 A3 05 A1 03 02 01 01")]
    [InlineData("D8 01 02")]
    public async Task A_refusal_that_may_be_about_the_key_spends_the_attempt_however_it_is_worded(string answer)
    {
        await using Bench bench = new(meter => meter.Answer("60", answer.Octets()));

        _ = await Record.ExceptionAsync(bench.ReadAsync);

        bench.Store.ReadAttempts().Failures.Should().Be(1);
        _ = await FluentActions.Awaiting(bench.ReadAsync).Should().ThrowAsync<AttemptsSpentException>();
        bench.Meter.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_proposal_that_the_meter_refuses_spends_nothing()
    {
        await using Bench bench = new(meter => meter.Answer(
            "60", "61 17 A1 09 06 07 60 85 74 05 08 01 03 A2 03 02 01 01 A3 05 A1 03 02 01 02".Octets()));

        SrvResult result = await bench.ReadAsync();

        (result.Outcome.Kind, result.Outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, 2));
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    private static void Recorded(ScriptedMeter meter) => meter.Answer("60", Aare).Answer("CB", Pass4).Answer("DB", Value);

    private static byte[] Flipped(byte[] apdu) => [.. apdu[..^1], (byte)(apdu[^1] ^ 1)];

    private sealed class Bench : IAsyncDisposable
    {
        private readonly LockstepLine _line;
        private readonly EsmeDriver _driver;

        internal Bench(
            Action<ScriptedMeter> script, string encryption = Encryption, uint firstFree = RecordedCounter,
            IDeviceSecurityStore? store = null, bool keepsStore = false)
        {
            Store = store ?? new MemorySecurityStore();
            if (!keepsStore)
            {
                Store.CountersOf(KeyFile).Save(firstFree);
            }

            MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
            _line = new LockstepLine(pair.Near, pair.Far, new ManualTimeProvider());
            Meter = new ScriptedMeter(_line.Far);
            script(Meter);
            _driver = new EsmeDriver(new EsmeOptions
            {
                Id = new DeviceId("esme-01"),
                Profile = Profile(encryption),
                Transport = _line.Near,
                TimeProvider = _line.Clock,
                Security = Store,
                Random = target => "3C1C6C36633561253227402652116635".Octets().CopyTo(target),
            });
        }

        internal IDeviceSecurityStore Store { get; }

        internal ScriptedMeter Meter { get; }

        /// <summary>Names the counters of the recorded key and title.</summary>
        internal string KeyFile { get; } = "0faf045ab88428a2";

        public async ValueTask DisposeAsync()
        {
            await _driver.DisposeAsync();
            await _line.Near.DisposeAsync();
            await Meter.DisposeAsync();
        }

        internal Task<SrvResult> ReadAsync() =>
            _driver.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();

        private static DeviceProfile Profile(string encryption)
        {
            DeviceProfile profile = TestProfile.Load();
            return profile with
            {
                Association = TestProfile.Association(
                    $"mechanism: hls-gmac\ncontext: ln-ciphered\nwrapper: general\nclient-title: \"4D4D4D0000000001\"\n"
                    + $"encryption-key: test:{encryption}\nauthentication-key: test:D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\n"),
            };
        }
    }
}
