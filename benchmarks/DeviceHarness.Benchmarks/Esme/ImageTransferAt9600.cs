using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Benchmarks.Esme;

/// <summary>A firmware image over a line paced to 9600 baud: which share of the time is the line busy, in either direction?</summary>
/// <remarks>Busy line time is octets both ways x 10 bits / 9600 baud; the rest is what driver, meter and pseudo-terminal add at each
/// turn of the line. One row for the whole image: announcement, blocks, verification and what is read afterwards. A sample is 128
/// octets of image, so that the standard size is 32 KiB and a small one is soon done.
/// Blocks have 1,984 octets, so that a window of 7 is used.</remarks>
internal sealed record ImageTransferAt9600(int InformationOctets, int WindowFrames) : ILatencyLoop
{
    private const int OctetsPerSample = 128;
    private const int HeaderAndIntegrityOctets = 60 + 6 + 22;
    private const string Version = "4.3.0";

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"image-9600-{InformationOctets}-w{WindowFrames}");

    /// <inheritdoc/>
    public string Asks => string.Create(
        CultureInfo.InvariantCulture,
        $"line efficiency of a 32 KiB image at 9600 baud, information field {InformationOctets}, window {WindowFrames} (target: 97 %)");

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 256, WarmUp: 0);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PtyMeter meter = PtyMeter.Create(
            isPaced: true, Model(),
            profile => profile with { MaximumInformationOctets = InformationOctets, WindowFrames = WindowFrames });
        Measurement measurement = new("image_octets", "line_octets", "busy_line_us", "elapsed_us", "line_efficiency_percent");
        await meter.ReadAsync(cancellationToken);
        FirmwareImage image = Image(size.Samples * OctetsPerSample);
        UpdateFirmware request = new(image, Version, [Eui64.Parse("90-B3-D5-1F-30-00-00-A0")]);
        long position = meter.Position;
        long started = Stopwatch.GetTimestamp();
        SrvResult result = await meter.ExecuteAsync(request, cancellationToken);
        double elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        Verify.That(result.Outcome.Kind == DeviceOutcomeKind.Done, result.Outcome.Detail);
        Verify.That(result.Latency.AssociationOpen, "the association was not open");
        int octets = meter.OctetsSince(position);
        double busy = octets * PtyMeter.BitsPerOctet * 1_000_000.0 / PtyMeter.Baud;
        measurement.Add(image.Octets.Length, octets, busy, elapsed, busy / elapsed * 100);
        return measurement;
    }

    private static string Model() => PtyMeter.ModelText
        .Replace("  transmit-octets: 128", "  transmit-octets: 1024\n  transmit-window: 7\n  receive-window: 7", StringComparison.Ordinal)
        .Replace("  receive-octets: 128", "  receive-octets: 1024", StringComparison.Ordinal)
        .Replace("pdu-octets: 1024", "pdu-octets: 4096", StringComparison.Ordinal)
        .Replace("  block-octets: 512", "  block-octets: 1984", StringComparison.Ordinal);

    private static FirmwareImage Image(int octets)
    {
        OtaHeader header = new()
        {
            ManufacturerCode = 0xFFF1,
            ImageType = 1,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = new FirmwareLabel("generic-smets1", Version).ToOctets(),
            Hardware = new OtaHardwareRange(1, 1),
        };
        byte[] payload = new byte[octets - HeaderAndIntegrityOctets];
        new Random(octets).NextBytes(payload);
        FirmwareImage image = new(OtaFileWriter.Write(header, payload));
        Verify.That(image.Octets.Length == octets, $"{image.Octets.Length} octets made, {octets} wanted");
        return image;
    }
}
