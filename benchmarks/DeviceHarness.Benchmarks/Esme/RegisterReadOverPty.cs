using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Benchmarks.Measuring;

namespace DeviceHarness.Benchmarks.Esme;

/// <summary>SRV 4.1.1 over a line without a rate, association open: what is left is software.</summary>
/// <remarks>The virtual meter is in the same process and shares its cores and its collector. The host's part is everything but line time
/// and the wait for the first octet of an answer; the kernel's waking of meter and port is in that wait, so in the device's part.
/// </remarks>
internal sealed class RegisterReadOverPty : ILatencyLoop
{
    /// <inheritdoc/>
    public string Name => "register-read-pty";

    /// <inheritdoc/>
    public string Asks =>
        "how much of a register read (SRV 4.1.1, association open) is the harness's own? Target: host p50 <= 250 us, p99 <= 2,000 us";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 5_000, WarmUp: 2_000);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PtyMeter meter = PtyMeter.Create(isPaced: false);
        Measurement measurement = new("total_us", "host_us", "device_us", "line_us", "exchanges");
        await meter.ReadAsync(cancellationToken);
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            (LatencySplit split, double total) = await meter.ReadAsync(cancellationToken);
            Verify.That(split.AssociationOpen, $"the association was not open at request {number}");
            if (number >= 0)
            {
                measurement.Add(
                    total, split.Host.TotalMicroseconds, split.Device.TotalMicroseconds, split.Line.TotalMicroseconds, split.Exchanges);
            }
        }

        return measurement;
    }
}
