using FluentAssertions;

namespace DeviceHarness.TestKit;

/// <summary>Assertions on octets that print all of them.</summary>
public static class HexAssertions
{
    /// <summary>Fails unless the octets are exactly those of the hexadecimal text; white space in it is ignored.</summary>
    public static void ShouldBeHex(this ReadOnlySpan<byte> octets, string expected, string because = "") =>
        Spaced(Convert.ToHexString(octets)).Should().Be(Spaced(Compact(expected).ToUpperInvariant()), because);

    /// <inheritdoc cref="ShouldBeHex(ReadOnlySpan{byte}, string, string)"/>
    public static void ShouldBeHex(this byte[] octets, string expected, string because = "") =>
        ShouldBeHex(octets.AsSpan(), expected, because);

    /// <summary>The octets of a hexadecimal text; white space in it is ignored.</summary>
    public static byte[] Octets(this string hex) => Convert.FromHexString(Compact(hex));

    private static string Compact(string hex) => string.Concat(hex.Where(character => !char.IsWhiteSpace(character)));

    private static string Spaced(string hex) => string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)));
}
