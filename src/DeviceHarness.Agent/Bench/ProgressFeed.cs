using System.Threading.Channels;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Contracts.V1;
using FirmwareProgress = DeviceHarness.Drivers.Capabilities.FirmwareProgress;
using FirmwareStage = DeviceHarness.Drivers.Capabilities.FirmwareStage;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where the long requests of the running attempt stand, for whoever watches it now. Nothing of it is kept.</summary>
/// <remarks>A request belongs to the attempt in whose flow it was sent; what is sent outside any attempt is not told. Telling never
/// waits: when nobody takes what was told, the oldest is dropped.</remarks>
internal sealed class ProgressFeed
{
    /// <summary>The most that waits to be sent: more than three whole transfers tell.</summary>
    public const int MaximumWaiting = 64;

    private readonly AsyncLocal<AttemptKey?> _attempt = new();

    private readonly Channel<AttemptProgress> _told = Channel.CreateBounded<AttemptProgress>(
        new BoundedChannelOptions(MaximumWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>What was told and not yet taken.</summary>
    public ChannelReader<AttemptProgress> Told => _told.Reader;

    /// <summary>From here on, and in everything that the caller's flow begins, requests belong to an attempt.</summary>
    public void Begin(AttemptKey attempt) => _attempt.Value = attempt;

    /// <summary>Where the driver of a device tells how its firmware requests stand.</summary>
    public IProgress<FirmwareProgress> Of(DeviceId device) => new DeviceReporter(this, device);

    private void Tell(DeviceId device, FirmwareProgress progress)
    {
        if (_attempt.Value is { } attempt)
        {
            _told.Writer.TryWrite(new AttemptProgress
            {
                ExecutionId = attempt.ExecutionId,
                Attempt = attempt.Attempt,
                LeaseNumber = attempt.LeaseNumber,
                Firmware = new Contracts.V1.FirmwareProgress
                {
                    Device = device.Value,
                    Stage = StageOf(progress.Stage),
                    BlocksDone = progress.BlocksDone,
                    Blocks = progress.Blocks,
                    Recoveries = progress.Recoveries,
                },
            });
        }
    }

    private static Contracts.V1.FirmwareStage StageOf(FirmwareStage stage) => stage switch
    {
        FirmwareStage.Transferring => Contracts.V1.FirmwareStage.Transferring,
        FirmwareStage.Recovering => Contracts.V1.FirmwareStage.Recovering,
        FirmwareStage.Verifying => Contracts.V1.FirmwareStage.Verifying,
        FirmwareStage.Activating => Contracts.V1.FirmwareStage.Activating,
        _ => Contracts.V1.FirmwareStage.Unspecified,
    };

    private sealed class DeviceReporter(ProgressFeed feed, DeviceId device) : IProgress<FirmwareProgress>
    {
        public void Report(FirmwareProgress value) => feed.Tell(device, value);
    }
}
