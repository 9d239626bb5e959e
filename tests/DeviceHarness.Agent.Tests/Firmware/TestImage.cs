using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>Firmware images for the virtual meter of <c>rigs/virtual/esme.yaml</c>.</summary>
internal static class TestImage
{
    public const string Version = "4.3.0";

    /// <summary>An image of made-up firmware.</summary>
    public static FirmwareImage Of(int payloadOctets, string version = Version)
    {
        byte[] payload = new byte[payloadOctets];
        new Random(payloadOctets).NextBytes(payload);
        OtaHeader header = new()
        {
            ManufacturerCode = 0xFFF1,
            ImageType = 1,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = new FirmwareLabel("generic-smets1", version).ToOctets(),
            Hardware = new OtaHardwareRange(1, 1),
        };
        return new FirmwareImage(OtaFileWriter.Write(header, payload));
    }
}
