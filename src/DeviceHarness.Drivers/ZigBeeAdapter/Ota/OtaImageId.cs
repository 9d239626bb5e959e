using System.Buffers.Binary;
using System.Globalization;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What names an image in every message.</summary>
/// <param name="Manufacturer">The manufacturer code.</param>
/// <param name="ImageType">The image type.</param>
/// <param name="Version">The file version.</param>
public readonly record struct OtaImageId(ushort Manufacturer, ushort ImageType, uint Version)
{
    /// <summary>The length of the three, in octets.</summary>
    public const int OctetCount = 8;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Manufacturer:X4}/{ImageType:X4}/{Version:X8}");

    internal static OtaImageId Read(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(octets),
        BinaryPrimitives.ReadUInt16LittleEndian(octets[2..]),
        BinaryPrimitives.ReadUInt32LittleEndian(octets[4..]));

    internal void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, Manufacturer);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], ImageType);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Version);
    }
}
