using System.Runtime.Versioning;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Keys;

public sealed class DeviceKeyStoreTests : IDisposable
{
    private static readonly KeyRecord Prepared = KeyRecord.Begin(TestKeys.Set(1)).Prepare(TestKeys.Set(2), TestKeys.Now);

    private readonly string _folder = Directory.CreateTempSubdirectory("dh-keys-").FullName;

    public static TheoryData<int> EachState => [0, 1, 2, 3, 4];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(EachState))]
    public void A_record_comes_back_as_it_was_kept(int step)
    {
        KeyRecord record = step switch
        {
            0 => KeyRecord.Begin(TestKeys.Set(1)),
            1 => Prepared,
            2 => Prepared.Answer(KeyRotationOutcome.Confirmed),
            3 => Prepared.Answer(KeyRotationOutcome.Refused),
            _ => Prepared.Prove(TestKeys.Set(2), TestKeys.Now),
        };
        OnDisk().Save(record);

        OnDisk().Read().Should().Be(record);
    }

    [Fact]
    public void Keys_of_the_long_suite_come_back_too()
    {
        KeyRecord record = KeyRecord.Begin(KeySet.Generate(SecuritySuite.Suite2, octets => octets.Fill(7)));
        OnDisk().Save(record);

        OnDisk().Read().Should().Be(record);
    }

    [Fact]
    public void What_was_never_kept_is_no_record()
    {
        OnDisk().Read().Should().BeNull();
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty("to read makes nothing");
    }

    [Fact]
    public void No_key_is_on_the_disk_in_clear_and_nobody_else_may_read_it()
    {
        OnDisk().Save(Prepared);

        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            string text = Convert.ToHexString(File.ReadAllBytes(file));
            text.Should().NotContain(Convert.ToHexString(TestKeys.Set(1).Encryption.Reveal()))
                .And.NotContain(Convert.ToHexString(TestKeys.Set(2).Authentication.Reveal()))
                .And.NotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(TestKeys.Set(1).Identifier)));
            OwnerOnly(file).Should().BeTrue(file);
        }

        Directory.GetFiles(_folder, "keys.*", SearchOption.AllDirectories).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("keys.1")]
    [InlineData("keys.2")]
    public void One_spoilt_copy_costs_nothing_and_is_mended_by_the_next_save(string copy)
    {
        DroppingKeyStorage storage = new();
        TestKeys.Store(storage).Save(Prepared);
        storage.Spoil(copy);

        KeyRecord? read = TestKeys.Store(storage).Read();
        TestKeys.Store(storage).Save(Prepared.Answer(KeyRotationOutcome.Confirmed));
        storage.Spoil(copy == "keys.1" ? "keys.2" : "keys.1");

        read.Should().Be(Prepared);
        TestKeys.Store(storage).Read()!.State.Should().Be(RotationState.Confirmed);
    }

    [Fact]
    public void Two_spoilt_copies_another_key_and_another_owner_are_an_error_and_never_a_fresh_start()
    {
        DroppingKeyStorage storage = new();
        TestKeys.Store(storage).Save(Prepared);
        CipherKey other = CipherKey.Create(new byte[32]);
        Action[] wrong =
        [
            () => new DeviceKeyStore(storage, other, "bench-01/esme-01").Read(),
            () => TestKeys.Store(storage, "bench-01/esme-02").Read(),
            () => TestKeys.Store(storage, "bench-01/esme-02").Save(KeyRecord.Begin(TestKeys.Set(9))),
        ];

        foreach (Action act in wrong)
        {
            act.Should().Throw<ConfigurationException>().Which.Code.Should().Be("KEYS-011");
        }

        TestKeys.Store(storage).Read().Should().Be(Prepared, "nothing was written over");
        storage.Spoil("keys.1");
        storage.Spoil("keys.2");
        FluentActions.Invoking(() => TestKeys.Store(storage).Read()).Should().Throw<ConfigurationException>();
    }

    [Fact]
    public void A_record_that_would_forget_a_set_that_may_hold_is_not_written()
    {
        DroppingKeyStorage storage = new();
        DeviceKeyStore store = TestKeys.Store(storage);
        store.Save(Prepared);
        int acts = storage.Acts;

        Action forget = () => store.Save(KeyRecord.Begin(TestKeys.Set(1)));

        forget.Should().Throw<InvalidOperationException>();
        storage.Acts.Should().Be(acts);
        store.Read().Should().Be(Prepared);
    }

    [Fact]
    public void Two_rotations_at_once_are_refused_over_processes_too()
    {
        IDisposable? first = OnDisk().TryBegin();

        IDisposable? second = OnDisk().TryBegin();
        first!.Dispose();
        using IDisposable? third = OnDisk().TryBegin();

        second.Should().BeNull();
        third.Should().NotBeNull();
    }

    [Fact]
    public void A_disk_that_takes_nothing_is_told_before_anything_is_sent()
    {
        DeviceKeyStore store = new(new DiskKeyStorage("/proc/no-such-place/keys"), TestKeys.StoreKey, "x");

        FluentActions.Invoking(() => store.Save(Prepared)).Should().Throw<ConfigurationException>().Which.Code.Should().Be("KEYS-010");
    }

    private static bool OwnerOnly(string file) => OperatingSystem.IsWindows() || IsOwnerOnly(file);

    [UnsupportedOSPlatform("windows")]
    private static bool IsOwnerOnly(string file) =>
        File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private DeviceKeyStore OnDisk() => TestKeys.Store(
        DiskKeyStorage.Of(_folder, "bench-01", "esme-01"));
}
