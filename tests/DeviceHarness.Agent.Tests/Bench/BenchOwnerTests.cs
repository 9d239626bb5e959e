using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class BenchOwnerTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    private string Owner => Path.Combine(Path.GetDirectoryName(_folder.Port)!, "process");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_link_that_a_killed_bench_left_is_not_opened_though_another_meter_has_its_terminal()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Port)!);
        await using PtyMasterTransport other = PtyMasterTransport.Create(new PtySettings { Name = "another", LinkPath = _folder.Port });
        using Process killed = Process.Start(new ProcessStartInfo("sleep", ["1000"]))!;
        await File.WriteAllTextAsync(Owner, BenchOwner.Identity(killed.Id));
        DevicePort living = await OpenPortAsync();
        await living.Transport.DisposeAsync();

        killed.Kill();
        await killed.WaitForExitAsync().DefaultTimeout();
        Func<Task> opening = async () => await OpenPortAsync();

        living.Target.Should().Be(other.SlavePath, "its process lived");
        (await opening.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("BENCH-002");
    }

    [Fact]
    public async Task A_bench_is_alive_while_its_process_is()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();

        BenchOwner.IsAlive(Path.GetDirectoryName(_folder.Port)!).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no process")]
    [InlineData("0 1")]
    [InlineData("99999999 1")]
    public void What_is_no_living_process_serves_nothing(string owner)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Owner)!);
        File.WriteAllText(Owner, owner);

        BenchOwner.IsAlive(Path.GetDirectoryName(Owner)!).Should().BeFalse();
    }

    [Fact]
    public void An_id_that_was_given_again_is_another_process()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Owner)!);
        File.WriteAllText(Owner, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} 1"));

        BenchOwner.IsAlive(Path.GetDirectoryName(Owner)!).Should().BeFalse();
    }

    private ValueTask<DevicePort> OpenPortAsync() =>
        DevicePort.OpenAsync(_folder.Rig.Devices[0], _folder.Port, TimeProvider.System, CancellationToken.None);
}
