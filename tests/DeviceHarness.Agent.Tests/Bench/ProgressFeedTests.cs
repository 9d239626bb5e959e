using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Xunit;
using FirmwareProgress = DeviceHarness.Drivers.Capabilities.FirmwareProgress;
using FirmwareStage = DeviceHarness.Drivers.Capabilities.FirmwareStage;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class ProgressFeedTests
{
    private readonly ProgressFeed _feed = new();

    [Fact]
    public async Task What_an_attempt_does_is_told_under_its_name_and_what_others_do_meanwhile_is_not()
    {
        IProgress<FirmwareProgress> first = _feed.Of(new DeviceId("esme-01"));
        IProgress<FirmwareProgress> second = _feed.Of(new DeviceId("esme-02"));

        await Task.WhenAll(RunAsync(first, 7), Task.Run(() => second.Report(new FirmwareProgress(FirmwareStage.Verifying, 4, 4, 0))));

        List<AttemptProgress> told = Told();
        AttemptProgress progress = told.Should().ContainSingle().Which;
        (progress.ExecutionId, progress.Attempt, progress.LeaseNumber).Should().Be(("execution-7", 1, 7L));
        progress.Firmware.Should().Be(new Contracts.V1.FirmwareProgress
        {
            Device = "esme-01",
            Stage = Contracts.V1.FirmwareStage.Recovering,
            BlocksDone = 3,
            Blocks = 20,
            Recoveries = 1,
        });
    }

    [Fact]
    public async Task The_newest_is_kept_when_nobody_takes_it()
    {
        IProgress<FirmwareProgress> device = _feed.Of(new DeviceId("esme-01"));

        for (int lease = 1; lease <= ProgressFeed.MaximumWaiting + 10; lease++)
        {
            await RunAsync(device, lease);
        }

        Told().Select(progress => progress.LeaseNumber).Should()
            .Equal(Enumerable.Range(11, ProgressFeed.MaximumWaiting).Select(lease => (long)lease));
    }

    private async Task RunAsync(IProgress<FirmwareProgress> device, long lease)
    {
        _feed.Begin(new AttemptKey($"execution-{lease}", 1, lease));
        await Task.Yield();
        device.Report(new FirmwareProgress(FirmwareStage.Recovering, 3, 20, 1));
    }

    private List<AttemptProgress> Told()
    {
        List<AttemptProgress> told = [];
        while (_feed.Told.TryRead(out AttemptProgress? progress))
        {
            told.Add(progress);
        }

        return told;
    }
}
