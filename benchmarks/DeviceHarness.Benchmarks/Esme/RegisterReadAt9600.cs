using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Benchmarks.Measuring;

namespace DeviceHarness.Benchmarks.Esme;

/// <summary>SRV 4.1.1 over a line paced to 9600 baud, association open: how close is it to what the line allows?</summary>
/// <remarks>The physical limit is octets both ways x 10 bits / 9600 baud: no software can be faster on a half-duplex dialogue.</remarks>
internal sealed class RegisterReadAt9600 : ILatencyLoop
{
    /// <inheritdoc/>
    public string Name => "register-read-9600";

    /// <inheritdoc/>
    public string Asks => "what share of a register read (SRV 4.1.1, association open) at 9600 baud is the physical time of its octets?";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 200, WarmUp: 20);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PtyMeter meter = PtyMeter.Create(isPaced: true);
        Measurement measurement = new(
            "total_us", "physical_us", "physical_share_percent", "host_us", "device_us", "line_us", "octets", "exchanges");
        await meter.ReadAsync(cancellationToken);
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            long position = meter.Position;
            (LatencySplit split, double total) = await meter.ReadAsync(cancellationToken);
            int octets = meter.OctetsSince(position);
            double physical = octets * PtyMeter.BitsPerOctet * 1_000_000.0 / PtyMeter.Baud;
            Verify.That(split.AssociationOpen && octets > 0, $"{octets} octets at request {number}");
            if (number >= 0)
            {
                measurement.Add(
                    total, physical, physical / total * 100, split.Host.TotalMicroseconds, split.Device.TotalMicroseconds,
                    split.Line.TotalMicroseconds, octets, split.Exchanges);
            }
        }

        return measurement;
    }
}
