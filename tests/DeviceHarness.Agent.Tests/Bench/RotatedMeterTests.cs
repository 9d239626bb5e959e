using System.Text;
using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver's rotations against the virtual meter that was written from the other side of the standard.</summary>
public sealed class RotatedMeterTests : IDisposable
{
    private const string Master = "8E73B0F7DA0E6452C810F32B809079E5";
    private const string MeterTitle = "4448565950221F76";
    private const string Client = "mechanism: hls-gmac, ciphered: true";
    private const string Security = $"  policy: 3\n  test-master-key: \"{Master}\"\n  lock: {{ after: 5, time: 10m }}";

    private static readonly CipherKey StoreKey = CipherKey.Create(new byte[32]);
    private static readonly DateTimeOffset Moment = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    private static string Association => AssociationWith(SecuredBench.Encryption)
        + $"server-title: \"{MeterTitle}\"\nmaster-key: test:{Master}\nattempt-limit: 3\n";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_rotation_is_confirmed_proven_and_outlives_the_driver_and_the_former_key_is_refused()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association, keys: Store());
        _ = await bench.DoAsync(new ReadFirmwareVersion());

        KeyRotation rotation = await bench.RotateAsync();
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DriveAsync(Association, keys: Store());
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        KeyProbe held = await bench.ProbeAsync();
        int refusedBefore = bench.Refused;
        KeyProbe former = await bench.ProbeAsync(KeyProbeSubject.Former);

        (rotation.Outcome, rotation.Proof).Should().Be((KeyRotationOutcome.Confirmed, KeyProof.Candidate), rotation.Detail);
        held.Proof.Should().Be(KeyProof.Candidate);
        refusedBefore.Should().Be(0);
        former.Proof.Should().Be(KeyProof.Refused);
        bench.Refused.Should().BeInRange(1, 2, "a counter that fell behind is refused before a wrong key is seen");
        bench.Store.ReadAttempts().Failures.Should().Be(0, "the right key gave the attempts back");
        Store().Read()!.Held.Should().Be(KeyProof.Candidate);
    }

    [Fact]
    public async Task A_lost_confirmation_leaves_both_keys_and_a_second_rotation_five_minutes_later_is_confirmed()
    {
        await using SecuredBench bench = new(Client, Security, EsmeDefects.UnconfirmedKeyRotation);
        await bench.DriveAsync(Association, keys: Store());

        KeyRotation first = await bench.RotateAsync();
        KeyRecord open = Store().Read()!;
        KeyProbe probe = await bench.ProbeAsync();
        bench.Wait(FiveMinutes);
        KeyRotation second = await bench.RotateAsync();

        (first.Outcome, first.Proof).Should().Be((KeyRotationOutcome.Unconfirmed, KeyProof.None), first.Detail);
        first.IsLinkSound.Should().BeTrue();
        open.Possible.Should().HaveCount(2);
        probe.Proof.Should().Be(KeyProof.Candidate, "it had rotated");
        (second.Outcome, second.Proof).Should().Be((KeyRotationOutcome.Confirmed, KeyProof.Candidate), second.Detail);
        bench.Refused.Should().Be(0, "the candidate was tried first");
    }

    [Fact]
    public async Task A_meter_whose_power_is_gone_is_no_missing_confirmation()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association, keys: Store());
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        bench.Meter.PowerOff();

        KeyRotation dead = await bench.RotateAsync();
        bench.Meter.PowerOn();
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        (dead.Outcome, dead.IsLinkSound).Should().Be((KeyRotationOutcome.Unconfirmed, false), dead.Detail);
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
        Store().Read()!.Held.Should().Be(KeyProof.Former);
    }

    [Fact]
    public async Task A_second_rotation_before_five_minutes_is_not_confirmed_either_and_loses_no_key()
    {
        await using SecuredBench bench = new(Client, Security, EsmeDefects.UnconfirmedKeyRotation);
        await bench.DriveAsync(Association, keys: Store());

        _ = await bench.RotateAsync();
        KeyRotation second = await bench.RotateAsync();
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        second.Outcome.Should().Be(KeyRotationOutcome.Unconfirmed, second.Detail);
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
        Store().Read()!.State.Should().Be(RotationState.Settled, "whatever associates finds out which key holds");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_harness_that_died_in_the_middle_finds_the_key_by_itself(bool wasSent)
    {
        await using SecuredBench bench = new(Client, Security, EsmeDefects.UnconfirmedKeyRotation);
        await bench.DriveAsync(Association, keys: Store());
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        if (wasSent)
        {
            _ = await bench.RotateAsync();
        }
        else
        {
            KeyRecord begun = KeyRecord.Begin(NamedKeys());
            Store().Save(begun.Prepare(KeySet.Generate(SecuritySuite.Suite0, octets => octets.Fill(0x5A)), Moment));
        }

        await bench.DriveAsync(Association, keys: Store());
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
        KeyRecord found = Store().Read()!;
        (found.State, found.Held).Should().Be((RotationState.Settled, wasSent ? KeyProof.Candidate : KeyProof.Former));
        bench.Refused.Should().BeInRange(
            wasSent ? 0 : 1, wasSent ? 0 : 2, "a counter that fell behind is refused before a wrong key is seen");
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Fact]
    public async Task Where_no_limit_is_known_one_key_is_tried_and_no_more_and_both_are_kept()
    {
        await using SecuredBench bench = new(Client, Security);
        KeyRecord prepared = KeyRecord.Begin(NamedKeys())
            .Prepare(KeySet.Generate(SecuritySuite.Suite0, octets => octets.Fill(0x5A)), Moment);
        Store().Save(prepared);
        await bench.DriveAsync(Association.Replace("attempt-limit: 3\n", string.Empty, StringComparison.Ordinal), keys: Store());

        await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion())).Should().ThrowAsync<AttemptsSpentException>();

        bench.Refused.Should().Be(1);
        Store().Read().Should().Be(prepared);
    }

    [Fact]
    public async Task Another_meter_on_the_line_gets_no_key_and_costs_no_attempt()
    {
        await using SecuredBench bench = new(Client, Security);
        string ofAnother = Association.Replace(MeterTitle, "4448560000000009", StringComparison.Ordinal);
        await bench.DriveAsync(ofAnother, keys: Store());

        AuthenticationFailedException rotation =
            (await FluentActions.Awaiting(bench.RotateAsync).Should().ThrowAsync<AuthenticationFailedException>()).Which;
        AuthenticationFailedException read = (await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion()))
            .Should().ThrowAsync<AuthenticationFailedException>()).Which;

        (rotation.Code, rotation.IsOtherDevice).Should().Be((DlmsFaults.OtherDevice, true));
        rotation.Message.Should().Contain("wrong device");
        read.IsOtherDevice.Should().BeTrue();
        Store().Read().Should().BeNull("no candidate was made");
        bench.Commands.Should().OnlyContain(command => command.Service == "ASSOCIATE" || command.Service == "RELEASE");
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Fact]
    public async Task A_meter_that_nothing_tells_from_another_gets_no_key()
    {
        await using SecuredBench bench = new(Client, Security);
        string untitled = Association.Replace($"server-title: \"{MeterTitle}\"\n", string.Empty, StringComparison.Ordinal);
        await bench.DriveAsync(untitled, keys: Store());

        LocalProtocolException rotation =
            (await FluentActions.Awaiting(bench.RotateAsync).Should().ThrowAsync<LocalProtocolException>()).Which;

        rotation.Code.Should().Be(KeyFaults.NotRotatable);
        rotation.Message.Should().Contain("server-title");
        bench.Commands.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rotation_that_the_meter_refuses_leaves_the_former_key_proven()
    {
        await using SecuredBench bench = new(Client, Security);
        string wrongMaster = Association.Replace(Master, SecuredBench.Secret, StringComparison.Ordinal);
        await bench.DriveAsync(wrongMaster, keys: Store());

        KeyRotation rotation = await bench.RotateAsync();
        _ = await bench.DoAsync(new ReadFirmwareVersion());

        (rotation.Outcome, rotation.Proof).Should().Be((KeyRotationOutcome.Refused, KeyProof.Former), rotation.Detail);
        bench.Refused.Should().Be(0);
    }

    [Fact]
    public async Task A_rotation_beside_another_is_refused_and_nothing_is_sent()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association, keys: Store());
        using IDisposable? other = Store().TryBegin();

        LocalProtocolException rotation =
            (await FluentActions.Awaiting(bench.RotateAsync).Should().ThrowAsync<LocalProtocolException>()).Which;
        LocalProtocolException probe =
            (await FluentActions.Awaiting(() => bench.ProbeAsync()).Should().ThrowAsync<LocalProtocolException>()).Which;

        (rotation.Code, probe.Code).Should().Be((KeyFaults.UnderWay, KeyFaults.UnderWay));
        bench.Commands.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_rotations_of_one_driver_at_once_are_refused()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association, keys: Store());

        Task<KeyRotation> first = bench.RotateAsync();
        Func<Task> second = bench.RotateAsync;

        (await second.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("DRIV-002");
        (await first).Outcome.Should().Be(KeyRotationOutcome.Confirmed);
    }

    [Fact]
    public async Task Without_a_master_key_or_a_store_nothing_is_sent()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(AssociationWith(SecuredBench.Encryption), keys: Store());
        LocalProtocolException noMaster =
            (await FluentActions.Awaiting(bench.RotateAsync).Should().ThrowAsync<LocalProtocolException>()).Which;
        await bench.DriveAsync(Association);
        LocalProtocolException noStore =
            (await FluentActions.Awaiting(bench.RotateAsync).Should().ThrowAsync<LocalProtocolException>()).Which;

        (noMaster.Code, noStore.Code).Should().Be((KeyFaults.NotRotatable, KeyFaults.NotRotatable));
        bench.Commands.Should().BeEmpty();
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task A_wrong_key_on_purpose_needs_an_attempt_to_come_back(int limit, bool isTried)
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association.Replace("attempt-limit: 3", $"attempt-limit: {limit}", StringComparison.Ordinal), keys: Store());
        await FluentActions.Awaiting(() => bench.ProbeAsync(KeyProbeSubject.Former)).Should().ThrowAsync<LocalProtocolException>();
        _ = await bench.RotateAsync();

        Func<Task<KeyProbe>> probe = () => bench.ProbeAsync(KeyProbeSubject.Former);

        if (isTried)
        {
            (await probe()).Proof.Should().Be(KeyProof.Refused);
        }
        else
        {
            (await probe.Should().ThrowAsync<AttemptsSpentException>()).Which.Code.Should().Be(DlmsFaults.AttemptsSpent);
        }

        bench.Refused.Should().Be(isTried ? 1 : 0);
        _ = await bench.DoAsync(new ReadFirmwareVersion());
    }

    [Fact]
    public async Task A_meter_that_says_that_it_is_locked_is_left_alone_until_its_time_is_over()
    {
        await using SecuredBench bench = new(Client, $"  policy: 3\n  lock: {{ after: 1, time: 10m }}");
        string right = AssociationWith(SecuredBench.Encryption) + "attempt-limit: 3\nlock-time: 10m\n";
        await bench.DriveAsync(AssociationWith(Master));
        await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion())).Should().ThrowAsync<AuthenticationFailedException>();
        MemorySecurityStore store = new();
        await bench.DriveAsync(right, store);

        AuthenticationFailedException locked = (await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion()))
            .Should().ThrowAsync<AuthenticationFailedException>()).Which;
        int sent = bench.Commands.Count;
        AttemptsSpentException waiting = (await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion()))
            .Should().ThrowAsync<AttemptsSpentException>()).Which;
        bench.Wait(TimeSpan.FromMinutes(10));
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        locked.IsLockedOut.Should().BeTrue();
        waiting.Code.Should().Be(DlmsFaults.Locked);
        waiting.LockedUntil.Should().NotBeNull();
        waiting.Message.Should().Contain("locked until");
        bench.Commands.Take(sent).Should().HaveCount(sent);
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
        store.ReadAttempts().LockedUntil.Should().BeNull();
    }

    [Fact]
    public async Task Other_keys_in_the_rig_file_than_the_store_began_from_are_an_error()
    {
        await using SecuredBench bench = new(Client, Security);
        await bench.DriveAsync(Association, keys: Store());
        _ = await bench.RotateAsync();

        Func<Task> other = () => bench.DriveAsync(AssociationWith(Master), keys: Store());

        (await other.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("KEYS-013");
    }

    [Fact]
    public async Task No_key_is_in_any_text_file_or_log_of_a_rotation()
    {
        await using SecuredBench bench = new(Client, Security, EsmeDefects.UnconfirmedKeyRotation);
        await bench.DriveAsync(Association, keys: Store());
        KeyRotation first = await bench.RotateAsync();
        KeyProbe probe = await bench.ProbeAsync();
        bench.Wait(FiveMinutes);
        KeyRotation second = await bench.RotateAsync();
        KeyRecord record = Store().Read()!;

        string told = first.Detail + probe.Detail + second.Detail + record + JsonSerializer.Serialize(bench.Commands)
            + JsonSerializer.Serialize(first) + JsonSerializer.Serialize(record);
        string kept = string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Convert.ToHexString(File.ReadAllBytes(file))));

        CipherKey[] keys =
        [
            record.Active.Encryption, record.Active.Authentication, record.Retired!.Encryption, record.Retired.Authentication,
            NamedKeys().Encryption, NamedKeys().Authentication, CipherKey.Create(Convert.FromHexString(Master)),
        ];
        foreach (string key in keys.Select(key => Convert.ToHexString(key.Reveal())))
        {
            told.Should().NotContainEquivalentOf(key).And.NotContain(Convert.ToBase64String(Convert.FromHexString(key)));
            kept.Should().NotContain(key).And.NotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(key)))
                .And.NotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Convert.FromHexString(key)))));
        }
    }

    private static string AssociationWith(string encryption) =>
        "mechanism: hls-gmac\ncontext: ln-ciphered\nclient-title: \"4D4D4D0000000001\"\n"
        + $"encryption-key: test:{encryption}\nauthentication-key: test:{SecuredBench.Authentication}\n";

    private static KeySet NamedKeys() => new(
        CipherKey.Create(Convert.FromHexString(SecuredBench.Encryption)),
        CipherKey.Create(Convert.FromHexString(SecuredBench.Authentication)));

    private DeviceKeyStore Store() => new(DiskKeyStorage.Of(_folder.Path, "bench-01", "esme-01"), StoreKey, "bench-01/esme-01");
}
