using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Benchmarks.Bench;

/// <summary>How long after the far end hung up does a waiting read fail, and is the loss told?</summary>
/// <remarks>A pseudo-terminal. A USB adapter that is pulled out is measured in the emulated guest (tests/DeviceHarness.Guest), whose times
/// say nothing of hardware.</remarks>
internal sealed class PortLoss : ILatencyLoop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "port-loss";

    /// <inheritdoc/>
    public string Asks => "how long until the loss of a pseudo-terminal is noticed, idle and by a read? Target: at most 100 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 1_000, WarmUp: 100);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        Measurement measurement = new("read_failed_ms", "told_ms");
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "esme-01", DrainLimit = TimeSpan.Zero });
            await using SerialPortTransport near =
                SerialPortTransport.Open(new SerialPortSettings { Path = far.SlavePath, Name = "esme-01" });
            Task<long> read = FailAsync(near, cancellationToken);
            Task<long> told = near.Lost.ContinueWith(
                _ => Stopwatch.GetTimestamp(), cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            long hungUp = Stopwatch.GetTimestamp();
            await far.DisposeAsync();
            long failedAt = await read.WaitAsync(Patience, cancellationToken);
            long toldAt = await told.WaitAsync(Patience, cancellationToken);
            if (number >= 0)
            {
                measurement.Add(
                    Stopwatch.GetElapsedTime(hungUp, failedAt).TotalMilliseconds,
                    Stopwatch.GetElapsedTime(hungUp, toldAt).TotalMilliseconds);
            }
        }

        return measurement;
    }

    private static async Task<long> FailAsync(SerialPortTransport port, CancellationToken cancellationToken)
    {
        try
        {
            int count = (await port.ReadAsync(new byte[16], Timeout.InfiniteTimeSpan, cancellationToken)).Count;
            throw Verify.Wrong($"{count} octets were read from a line on which nobody spoke");
        }
        catch (TransportException fault)
        {
            Verify.That(fault.Code == "TRAN-004", fault.Message);
            return Stopwatch.GetTimestamp();
        }
    }
}
