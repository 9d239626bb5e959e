using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;

namespace DeviceHarness.Benchmarks.ZigBee;

/// <summary>An upgrade image over the air, block by block: which share of what air and device allow does the host leave?</summary>
/// <remarks>
/// Air and device are declared, the host is measured: a block takes the air time of its two frames with their acknowledgements, at 5 % loss
/// that of the frames that are sent again by the radio, then the pause that the device makes. The instants that the server is told are of
/// that model, its own time is that of the machine: request in, answer out, one copy of the octets. The serial line to the adapter, its
/// protocols and a device that sleeps are not in it. A sample is one block of 48 octets.
/// </remarks>
internal sealed record OtaThroughput(int PacingMilliseconds, int LossPercent) : ILatencyLoop
{
    private const int BlockOctets = 48;
    private const ulong Client = 0x70B3D52B60112233;
    private const int LossSeed = 20_261_123;

    // 250 kbit/s: 32 us an octet. Preamble and length 6, MAC 9 and check 2, NWK 8 with its security 14 and 4, APS 8, ZCL 3.
    private const double OctetMicroseconds = 32;
    private const int HeaderOctets = 6 + 11 + 8 + 18 + 8 + 3;
    private const int RequestOctets = HeaderOctets + 14;
    private const int ResponseOctets = HeaderOctets + 14 + BlockOctets;

    // Back-off of 3.5 slots of 320 us on average, turnaround of 192 us, an acknowledgement of 11 octets.
    private const double AccessMicroseconds = (3.5 * 320) + 192 + (11 * OctetMicroseconds);

    private const double RequestAir = AccessMicroseconds + (RequestOctets * OctetMicroseconds);
    private const double ResponseAir = AccessMicroseconds + (ResponseOctets * OctetMicroseconds);

    /// <inheritdoc/>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"ota-{PacingMilliseconds}ms{(LossPercent == 0 ? "" : $"-loss{LossPercent}")}");

    /// <inheritdoc/>
    public string Asks => string.Create(
        CultureInfo.InvariantCulture,
        $"a 48-octet block, device pause {PacingMilliseconds} ms, {LossPercent} % of frames lost: the host's time (target: at most 1 ms), "
        + $"the share of air and device time (target: 95 %)");

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 4096, WarmUp: 512);

    /// <inheritdoc/>
    public Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        Measurement measurement = new("host_us", "air_and_device_us", "efficiency_percent", "octets_per_s");
        OtaServer server = new(new OtaServerSettings());
        server.Offer(Image((size.WarmUp + size.Samples) * BlockOctets));
        OtaOffer offer = server.Offers[0];
        Random loss = new(LossSeed);
        byte[] request = Request(offer.Image);
        TimeSpan now = TimeSpan.Zero;
        for (int block = 0; block < size.WarmUp + size.Samples; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            uint offset = (uint)(block * BlockOctets);
            BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(9), offset);
            double air = Air(loss, RequestAir) + Air(loss, ResponseAir) + (PacingMilliseconds * 1000.0);
            now += TimeSpan.FromMicroseconds(air);
            long started = Stopwatch.GetTimestamp();
            OtaStep step = server.Receive(Client, OtaCommand.ImageBlockRequest, request, now);
            double host = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            ReadOnlySpan<byte> answer = step.Answer!.Value.Payload.Span;
            Verify.That(answer[^BlockOctets..].SequenceEqual(offer.Octets.Span.Slice((int)offset, BlockOctets)));
            if (block >= size.WarmUp)
            {
                measurement.Add(host, air, air / (air + host) * 100, BlockOctets * 1_000_000 / (air + host));
            }
        }

        return Task.FromResult(measurement);
    }

    private double Air(Random loss, double frame)
    {
        double sum = frame;
        while (loss.Next(100) < LossPercent)
        {
            sum += frame;
        }

        return sum;
    }

    private static byte[] Request(OtaImageId image)
    {
        byte[] request = new byte[14];
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(1), image.Manufacturer);
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(3), image.ImageType);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(5), image.Version);
        request[13] = BlockOctets;
        return request;
    }

    private static OtaOffer Image(int payloadOctets)
    {
        OtaHeader header = new() { ManufacturerCode = 0xFFF1, ImageType = 1, FileVersion = 2, StackVersion = OtaHeader.ZigBeePro };
        byte[] payload = new byte[payloadOctets];
        new Random(payloadOctets).NextBytes(payload);
        return OtaOffer.TryOf(OtaFileWriter.Write(header, payload), out _) ?? throw Verify.Wrong("the writer made no image");
    }
}
