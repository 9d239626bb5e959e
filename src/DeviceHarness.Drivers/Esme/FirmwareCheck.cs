using System.Buffers;
using System.Globalization;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Checks an image before anything of it is sent to a device.</summary>
internal static class FirmwareCheck
{
    /// <summary>Checks that an image is whole, unchanged, for this device model and hardware, and of the stated version.</summary>
    /// <returns>Why it must not be sent; null when it may.</returns>
    internal static FirmwareDelivery? FindFault(FirmwareImage image, string version, FirmwareModel device)
    {
        ReadOnlySpan<byte> octets = image.Octets.Span;
        OperationStatus status = OtaFile.Decode(octets, out OtaFile file, out int consumed, out CodecFault fault);
        if (status != OperationStatus.Done)
        {
            return Rejected($"it is no upgrade file: {fault}");
        }

        OtaHeader header = file.Header;
        if (consumed != octets.Length)
        {
            return Rejected($"{octets.Length - consumed} octets follow its {consumed}");
        }

        if (!file.TryFind(OtaElementTag.UpgradeImage, out _, out _))
        {
            return Rejected("it holds no firmware");
        }

        OtaIntegrity integrity = file.CheckIntegrity();
        if (integrity is OtaIntegrity.Absent or OtaIntegrity.Wrong)
        {
            return Rejected($"its integrity code is {(integrity == OtaIntegrity.Absent ? "missing" : "wrong")}");
        }

        if (header.ManufacturerCode != device.ManufacturerCode || header.ImageType != device.ImageType)
        {
            return Rejected(Invariant(
                $"it is for manufacturer {header.ManufacturerCode:X4} and image type {header.ImageType:X4}, ")
                + Invariant($"the device is {device.ManufacturerCode:X4} and {device.ImageType:X4}"));
        }

        if (header.Hardware is { } hardware && !hardware.Includes(device.HardwareVersion))
        {
            return new FirmwareDelivery(
                FirmwareDeliveryResult.HardwareVersionMismatch,
                $"the image was not sent: it is for hardware versions {hardware}, the device has {device.HardwareVersion}");
        }

        return IsVersion(header, version)
            ? null
            : Rejected($"it says '{header.Text}' and file version {Invariant($"{header.FileVersion:X8}")}, the request says '{version}'");
    }

    /// <summary>A request names a version by the last word of the header string, or by the file version in hexadecimal.</summary>
    private static bool IsVersion(in OtaHeader header, string version) =>
        FirmwareLabel.Find(header.Text)?.Version == version
        || string.Equals(Invariant($"{header.FileVersion:X8}"), version, StringComparison.OrdinalIgnoreCase);

    private static FirmwareDelivery Rejected(string why) =>
        new(FirmwareDeliveryResult.ImageRejected, $"the image was not sent: {why}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
