using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Tests.Security.Curves;

/// <summary>A repeatable random source for keys of tests.</summary>
internal static class SeededOctets
{
    public static RandomOctets Of(int seed)
    {
        Random random = new(seed);
        return random.NextBytes;
    }
}
