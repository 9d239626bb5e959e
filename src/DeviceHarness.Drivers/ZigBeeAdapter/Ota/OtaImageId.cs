using System.Globalization;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What names an image in every message.</summary>
/// <param name="Manufacturer">The manufacturer code.</param>
/// <param name="ImageType">The image type.</param>
/// <param name="Version">The file version.</param>
public readonly record struct OtaImageId(ushort Manufacturer, ushort ImageType, uint Version)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Manufacturer:X4}/{ImageType:X4}/{Version:X8}");
}
