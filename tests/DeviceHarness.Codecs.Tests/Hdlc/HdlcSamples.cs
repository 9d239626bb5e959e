using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Codecs.Tests.Hdlc;

/// <summary>Frames made up from a seed.</summary>
internal static class HdlcSamples
{
    public static HdlcFrame CreateRandom(Random random)
    {
        byte[] information = new byte[random.Next(4) == 0 ? 0 : random.Next(1, 300)];
        random.NextBytes(information);
        return new(Address(random), Address(random), new HdlcControl((byte)random.Next(256)), information, random.Next(2) == 0);
    }

    public static byte[] Encode(in HdlcFrame frame)
    {
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrameCodec.Encode(frame, target, out int written);
        return target[..written];
    }

    private static HdlcAddress Address(Random random) => random.Next(3) switch
    {
        0 => HdlcAddress.Client(random.Next(128)),
        1 => HdlcAddress.Server(random.Next(128), random.Next(128)),
        _ => HdlcAddress.Server(random.Next(0x4000), random.Next(0x4000), 4),
    };
}
