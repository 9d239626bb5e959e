using System.Buffers.Binary;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using FluentAssertions;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;

/// <summary>Requests as a client would send them, and a bench of one server.</summary>
internal static class OtaClientByHand
{
    public const ulong Meter = 0x70B3D52B60112233;
    public const ulong Display = 0x70B3D52B60445566;
    public const ushort Manufacturer = 0x105E;

    private const ushort Upgrade = 0x0019;

    public static readonly OtaImageId Image = new(Manufacturer, 1, 0x01020003);

    public static OtaOffer Offer(
        int payloadOctets = 1000, uint version = 0x01020003, OtaHardwareRange? hardware = null, ulong? destination = null)
    {
        byte[] payload = [.. Enumerable.Range(0, payloadOctets).Select(index => (byte)(index * 7))];
        byte[] file = OtaFileWriter.Write(
            new OtaHeader
            {
                ManufacturerCode = Manufacturer,
                ImageType = 1,
                FileVersion = version,
                StackVersion = OtaHeader.ZigBeePro,
                Hardware = hardware,
                Destination = destination,
            },
            payload);
        return OtaOffer.TryOf(file, out _) ?? throw new InvalidOperationException("the writer made no image");
    }

    /// <summary>Has the device of a bench ask the upgrade server.</summary>
    /// <returns>The payload of what it is answered.</returns>
    public static async Task<byte[]> AskAsync(HanBench bench, byte sequence, OtaCommand command, byte[] payload)
    {
        byte[] frame = new byte[ZclHeader.MaximumOctets + payload.Length];
        ZclHeader header = new(ZclFrameType.Cluster, ZclSide.Client, sequence, (byte)command) { DisableDefaultResponse = true };
        ZclFrame.Encode(new(header, payload), frame, out int written);
        bench.Receive(Upgrade, frame.AsMemory(0, written));
        HanBench.Sent answer = await bench.SentAsync();
        answer.Header.Sequence.Should().Be(sequence);
        return answer.Payload.ToArray();
    }

    public static byte[] Query(uint current, ushort? hardware = null, ushort manufacturer = Manufacturer) => hardware is { } version
        ? [1, .. Id(new(manufacturer, 1, current)), (byte)version, (byte)(version >> 8)]
        : [0, .. Id(new(manufacturer, 1, current))];

    public static byte[] Block(uint offset, byte maximum = 48, ushort? period = null, OtaImageId? image = null)
    {
        byte[] common = [(byte)(period is null ? 0 : 2), .. Id(image ?? Image), .. Number(offset), maximum];
        return period is { } milliseconds ? [.. common, (byte)milliseconds, (byte)(milliseconds >> 8)] : common;
    }

    public static byte[] Page(uint offset, ushort octets, ushort spacing, byte maximum = 48) =>
        [0, .. Id(Image), .. Number(offset), maximum, (byte)octets, (byte)(octets >> 8), (byte)spacing, (byte)(spacing >> 8)];

    public static byte[] End(ZclStatus status, OtaImageId? image = null) => [(byte)status, .. Id(image ?? Image)];

    public static byte[] Id(OtaImageId image) =>
    [
        (byte)image.Manufacturer, (byte)(image.Manufacturer >> 8), (byte)image.ImageType, (byte)(image.ImageType >> 8),
        .. Number(image.Version),
    ];

    public static byte[] Number(uint number)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, number);
        return octets;
    }

    /// <summary>The data of a block response, checked to be one for an offset.</summary>
    public static byte[] DataOf(OtaAnswer? answer, uint offset)
    {
        byte[] payload = answer!.Value.Payload.ToArray();
        byte[] head = [0, .. Id(Image), .. Number(offset), (byte)(payload.Length - 14)];
        if (answer.Value.Command != OtaCommand.ImageBlockResponse || !payload.AsSpan(0, 14).SequenceEqual(head))
        {
            throw new InvalidOperationException($"no block of {offset}: {Convert.ToHexString(payload)}");
        }

        return payload[14..];
    }
}
