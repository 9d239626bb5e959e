using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>Firmware images for the scripted meter.</summary>
internal static class EsmeImages
{
    public const string Version = "4.3.0";

    /// <summary>The image that is right.</summary>
    public static FirmwareImage Image { get; } = Build();

    /// <summary>An image of made-up firmware.</summary>
    public static FirmwareImage Build(
        int payloadOctets = 600, string version = Version, ushort manufacturer = 0xFFF1, ushort type = 1, ushort minimumHardware = 1)
    {
        OtaHeader header = new()
        {
            ManufacturerCode = manufacturer,
            ImageType = type,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = new FirmwareLabel("generic-smets1", version).ToOctets(),
            Hardware = new OtaHardwareRange(minimumHardware, 9),
        };
        byte[] payload = new byte[payloadOctets];
        new Random(payloadOctets).NextBytes(payload);
        return new FirmwareImage(OtaFileWriter.Write(header, payload));
    }

    /// <summary>The image with a fault, or another in its place.</summary>
    public static FirmwareImage Faulty(string fault)
    {
        byte[] octets = Image.Octets.ToArray();
        switch (fault)
        {
            case "damaged":
                octets[100] ^= 1;
                return new FirmwareImage(octets);
            case "truncated":
                return new FirmwareImage(octets.AsMemory(0, octets.Length - 1));
            case "trailer":
                return new FirmwareImage((byte[])[.. octets, 0]);
            case "no integrity code":
                octets[^22] = 0x04;
                return new FirmwareImage(octets);
            case "other manufacturer":
                return Build(manufacturer: 0xFFF2);
            case "other model":
                return Build(type: 2);
            case "other version":
                return Build(version: "4.4.0");
            default:
                return Build(minimumHardware: 2);
        }
    }
}
