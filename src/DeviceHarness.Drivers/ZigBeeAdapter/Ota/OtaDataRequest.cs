using System.Buffers.Binary;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>Query next image, request.</summary>
internal readonly record struct OtaQuery(OtaImageId Current, ushort? Hardware)
{
    private const byte HardwareBit = 1;

    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaQuery query)
    {
        query = default;
        if (octets.Length < 1 + OtaImageId.OctetCount)
        {
            return false;
        }

        bool hasHardware = (octets[0] & HardwareBit) != 0;
        if (octets.Length != 1 + OtaImageId.OctetCount + (hasHardware ? sizeof(ushort) : 0))
        {
            return false;
        }

        query = new(OtaImageId.Read(octets[1..]), hasHardware ? BinaryPrimitives.ReadUInt16LittleEndian(octets[9..]) : null);
        return true;
    }
}

/// <summary>Query specific file, request.</summary>
internal readonly record struct OtaFileQuery(ulong Device, OtaImageId Image)
{
    private const int Octets = sizeof(ulong) + OtaImageId.OctetCount + sizeof(ushort);

    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaFileQuery query)
    {
        bool isWhole = octets.Length == Octets;
        query = isWhole ? new(BinaryPrimitives.ReadUInt64LittleEndian(octets), OtaImageId.Read(octets[8..])) : default;
        return isWhole;
    }
}

/// <summary>Image block and image page, request: a block is a page of itself.</summary>
/// <param name="Image">The image.</param>
/// <param name="Offset">The first octet asked for.</param>
/// <param name="MaximumOctets">The most octets in one answer.</param>
/// <param name="PageOctets">How many octets in all.</param>
/// <param name="Spacing">From one answer of a page to the next.</param>
/// <param name="BlockPeriod">The least time between two requests that the client keeps; null when it does not say.</param>
internal readonly record struct OtaDataRequest(
    OtaImageId Image, uint Offset, byte MaximumOctets, ushort PageOctets, TimeSpan Spacing, TimeSpan? BlockPeriod)
{
    private const int CommonOctets = 1 + OtaImageId.OctetCount + sizeof(uint) + 1;
    private const int PageFieldOctets = 2 * sizeof(ushort);
    private const byte DeviceBit = 1;
    private const byte PeriodBit = 2;

    public static bool TryReadBlock(ReadOnlySpan<byte> octets, out OtaDataRequest request)
    {
        request = default;
        if (octets.Length < CommonOctets)
        {
            return false;
        }

        int device = (octets[0] & DeviceBit) != 0 ? sizeof(ulong) : 0;
        bool hasPeriod = (octets[0] & PeriodBit) != 0;
        if (octets.Length != CommonOctets + device + (hasPeriod ? sizeof(ushort) : 0))
        {
            return false;
        }

        TimeSpan? period = hasPeriod ? Milliseconds(octets[(CommonOctets + device)..]) : null;
        byte maximum = octets[13];
        request = new(
            OtaImageId.Read(octets[1..]), BinaryPrimitives.ReadUInt32LittleEndian(octets[9..]), maximum, maximum, default, period);
        return maximum > 0;
    }

    public static bool TryReadPage(ReadOnlySpan<byte> octets, out OtaDataRequest request)
    {
        request = default;
        if (octets.Length < CommonOctets + PageFieldOctets
            || octets.Length != CommonOctets + PageFieldOctets + ((octets[0] & DeviceBit) != 0 ? sizeof(ulong) : 0))
        {
            return false;
        }

        ushort page = BinaryPrimitives.ReadUInt16LittleEndian(octets[CommonOctets..]);
        request = new(
            OtaImageId.Read(octets[1..]),
            BinaryPrimitives.ReadUInt32LittleEndian(octets[9..]),
            octets[13],
            page,
            Milliseconds(octets[(CommonOctets + sizeof(ushort))..]),
            null);
        return request.MaximumOctets > 0 && page > 0;
    }

    private static TimeSpan Milliseconds(ReadOnlySpan<byte> octets) =>
        TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16LittleEndian(octets));
}

/// <summary>Upgrade end, request.</summary>
internal readonly record struct OtaEndRequest(OtaStatus Status, OtaImageId Image)
{
    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaEndRequest request)
    {
        bool isWhole = octets.Length == 1 + OtaImageId.OctetCount;
        request = isWhole ? new((OtaStatus)octets[0], OtaImageId.Read(octets[1..])) : default;
        return isWhole;
    }
}
