using System.Runtime.Versioning;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Security;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Security;

public sealed class SecurityFolderTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("dh-security-").FullName;

    [Fact]
    public void A_restart_goes_on_above_every_counter_that_may_have_been_used()
    {
        SecurityFolder before = SecurityFolder.Of(_data, "bench-01", "esme-01");
        SendCounter counter = new(before.FirstFreeCounter("a1"), before.CountersOf("a1"), reservation: 4);
        uint last = 0;
        for (int index = 0; index < 5; index++)
        {
            counter.TryTake(out last).Should().BeTrue();
        }

        SecurityFolder after = SecurityFolder.Of(_data, "bench-01", "esme-01");

        after.FirstFreeCounter("a1").Should().BeGreaterThan(last);
        after.FirstFreeCounter("b2").Should().Be(0, "another key has counters of its own");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_attempts_outlive_a_restart()
    {
        SecurityFolder before = SecurityFolder.Of(_data, "bench-01", "esme-01");
        before.ReadAttempts().Should().Be(AttemptRecord.None);
        before.SaveAttempts(new AttemptRecord(2, IsPending: true, string.Empty));
        AttemptRecord first = SecurityFolder.Of(_data, "bench-01", "esme-01").ReadAttempts();

        before.SaveAttempts(new AttemptRecord(0, IsPending: false, "a1"));

        first.Should().Be(new AttemptRecord(2, IsPending: true, string.Empty));
        AttemptRecord locked = new(1, IsPending: false, "a1") { LockedUntil = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000) };
        SecurityFolder.Of(_data, "bench-01", "esme-03").SaveAttempts(locked);
        SecurityFolder.Of(_data, "bench-01", "esme-03").ReadAttempts().Should().Be(locked);
        SecurityFolder.Of(_data, "bench-01", "esme-01").ReadAttempts().Should().Be(new AttemptRecord(0, IsPending: false, "a1"));
        SecurityFolder.Of(_data, "bench-01", "esme-02").ReadAttempts().Should().Be(AttemptRecord.None);
        File.GetUnixFileMode(before.Place).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1 0 -")]
    [InlineData("1 2 -")]
    [InlineData("1 0")]
    [InlineData("1 0 - x")]
    [InlineData("1 0 - -1")]
    [InlineData("1 0 - 1 1")]
    [InlineData("1 0 - 999999999999999999")]
    public void A_damaged_record_is_never_a_fresh_start(string text)
    {
        SecurityFolder folder = SecurityFolder.Of(_data, "bench-01", "esme-01");
        folder.SaveAttempts(AttemptRecord.None);
        folder.CountersOf("a1").Save(7);
        File.WriteAllText(folder.Place, text);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(folder.Place)!, "counter-a1"), text);

        folder.Invoking(read => read.ReadAttempts()).Should().Throw<ConfigurationException>().Which.Code.Should().Be("SEC-002");
        folder.Invoking(read => read.FirstFreeCounter("a1")).Should().Throw<ConfigurationException>().Which.Code.Should().Be("SEC-002");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_gives_no_counter()
    {
        File.WriteAllText(Path.Combine(_data, "security"), "in the way");
        SecurityFolder folder = SecurityFolder.Of(_data, "bench-01", "esme-01");
        SendCounter counter = new(folder.FirstFreeCounter("a1"), folder.CountersOf("a1"));

        Action take = () => counter.TryTake(out _);

        take.Should().Throw<ConfigurationException>().Which.Code.Should().Be("SEC-001");
        counter.Next.Should().Be(0);
    }

    [Fact]
    public void What_was_received_is_kept_at_once_for_each_key_and_sender()
    {
        SystemTitle sender = new(0x4142434445464748);
        SystemTitle other = new(0x4D4D4D0000BC614E);
        using IReceivedCounters first = SecurityFolder.Of(_data, "bench-01", "esme-01").ReceivedOf("a1");
        uint? before = first.LastOf(sender);
        first.Save(sender, 7);
        first.Save(sender, 4_000_000_000);
        first.Save(other, 5);
        first.Save(sender, 4_000_000_001);
        first.MakeDurable();
        string file = Path.Combine(_data, "security", "bench-01", "esme-01", "received-a1-4142434445464748");

        using IReceivedCounters again = SecurityFolder.Of(_data, "bench-01", "esme-01").ReceivedOf("a1");
        using IReceivedCounters otherKey = SecurityFolder.Of(_data, "bench-01", "esme-01").ReceivedOf("b2");

        before.Should().BeNull();
        again.LastOf(sender).Should().Be(4_000_000_001, "it was not closed, as by a kill");
        again.LastOf(other).Should().Be(5);
        otherKey.LastOf(sender).Should().BeNull();
        File.WriteAllText(file, "4000000");
        again.Invoking(read => read.LastOf(sender)).Should().Throw<ConfigurationException>().Which.Code.Should().Be("SEC-002");
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
