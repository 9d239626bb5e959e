using System.Diagnostics;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Benchmarks.Bench;

/// <summary>How long does it take to open a port by its stable name, set it up and have its thread wait?</summary>
/// <remarks>A pseudo-terminal: what a USB adapter's driver adds is not in it. An agent opens a port once and keeps it.</remarks>
internal sealed class OpenPort : ILatencyLoop
{
    /// <inheritdoc/>
    public string Name => "open-port";

    /// <inheritdoc/>
    public string Asks => "how long does opening a port take, name, lock, rate and thread? Target: at most 20 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 2_000, WarmUp: 200);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("deviceharness-bench-port-").FullName;
        try
        {
            Measurement measurement = new("open_ms");
            await using PtyMasterTransport far =
                PtyMasterTransport.Create(new PtySettings { Name = "esme-01", LinkPath = Path.Combine(folder, "by-id", "probe") });
            for (int number = -size.WarmUp; number < size.Samples; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long started = Stopwatch.GetTimestamp();
                await using SerialPortTransport near =
                    SerialPortTransport.Open(new SerialPortSettings { Path = far.ClientPath, Name = "esme-01" });
                double openMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                Verify.That(near.DevicePath == far.SlavePath, $"{near.DevicePath} was opened, not {far.SlavePath}");
                if (number >= 0)
                {
                    measurement.Add(openMs);
                }
            }

            return measurement;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
