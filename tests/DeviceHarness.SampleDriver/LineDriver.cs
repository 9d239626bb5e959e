using System.Diagnostics;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.SampleDriver;

/// <summary>Asks a device for its firmware version by <c>VERSION</c> and a line feed, and takes the line that it answers.</summary>
internal sealed class LineDriver(DeviceDriverNeeds needs) : IDeviceDriver
{
    private const int MaximumAnswerOctets = 64;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public DeviceId Id => needs.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants { get; } = ["11.2"];

    /// <inheritdoc/>
    public async Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        await needs.Transport.WriteAsync("VERSION\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        string? answer = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        DeviceOutcome outcome = answer is null
            ? new DeviceOutcome(DeviceOutcomeKind.Unreachable, null, "no line came", null, LinkAnswersProbe: false)
            : new DeviceOutcome(
                DeviceOutcomeKind.Done, new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = answer }, string.Empty,
                null, null);
        return new SrvResult(outcome, LatencySplit.None with { Host = Stopwatch.GetElapsedTime(started), Exchanges = 1 });
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        byte[] octets = new byte[MaximumAnswerOctets];
        int count = 0;
        while (count < octets.Length)
        {
            TransportRead read = await needs.Transport.ReadAsync(octets.AsMemory(count), AnswerTime, cancellationToken)
                .ConfigureAwait(false);
            if (read.TimedOut)
            {
                return null;
            }

            count += read.Count;
            if (octets[count - 1] == (byte)'\n')
            {
                return Encoding.ASCII.GetString(octets, 0, count - 1);
            }
        }

        return null;
    }
}
