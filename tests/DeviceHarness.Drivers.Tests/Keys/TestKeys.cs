using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;

namespace DeviceHarness.Drivers.Tests.Keys;

/// <summary>Keys that are keys of nothing.</summary>
internal static class TestKeys
{
    /// <summary>The moment of all tests.</summary>
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The key that stores are encrypted under.</summary>
    public static CipherKey StoreKey { get; } = CipherKey.Create([.. Enumerable.Range(0, 32).Select(octet => (byte)(0xE0 ^ octet))]);

    /// <summary>A set of keys of its own for each number.</summary>
    public static KeySet Set(byte number) => new(KeyOf(number | 0x40), KeyOf(number | 0x80));

    /// <summary>A store on a medium.</summary>
    public static DeviceKeyStore Store(IKeyStorage storage, string owner = "bench-01/esme-01") => new(storage, StoreKey, owner);

    private static CipherKey KeyOf(int octet) => CipherKey.Create([.. Enumerable.Repeat((byte)octet, 16)]);
}
