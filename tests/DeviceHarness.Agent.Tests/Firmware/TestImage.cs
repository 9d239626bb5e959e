using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>Firmware images for the virtual meter of <c>rigs/virtual/esme.yaml</c>.</summary>
internal static class TestImage
{
    public const string Version = "4.3.0";

    /// <summary>An image of made-up firmware.</summary>
    public static FirmwareImage Of(int payloadOctets, string version = Version, ushort type = 1, ushort hardware = 1)
    {
        byte[] payload = new byte[payloadOctets];
        new Random(payloadOctets).NextBytes(payload);
        OtaHeader header = new()
        {
            ManufacturerCode = 0xFFF1,
            ImageType = type,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = new FirmwareLabel("generic-smets1", version).ToOctets(),
            Hardware = new OtaHardwareRange(hardware, hardware),
        };
        return new FirmwareImage(OtaFileWriter.Write(header, payload));
    }

    /// <summary>An image that the meter has to reject, by what is wrong with it.</summary>
    public static FirmwareImage Wrong(string fault)
    {
        byte[] octets = Of(200).Octets.ToArray();
        octets[100] ^= 1;
        return fault switch { "model" => Of(200, type: 2), "hardware" => Of(200, hardware: 2), _ => new FirmwareImage(octets) };
    }
}
