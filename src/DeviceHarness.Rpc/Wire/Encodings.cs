using Grpc.Net.Compression;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The encodings that one side understands.</summary>
internal static class Encodings
{
    /// <summary>On a call's headers: the encoding its messages are to have. It is the official name, and never sent.</summary>
    public const string RequestName = "grpc-internal-encoding-request";

    /// <summary>The provider of an encoding; null for <c>identity</c> and for those that are not known.</summary>
    public static ICompressionProvider? Find(IEnumerable<ICompressionProvider> providers, string? encoding) =>
        encoding is null or WireNames.Identity
            ? null
            : providers.FirstOrDefault(provider => string.Equals(provider.EncodingName, encoding, StringComparison.Ordinal));

    /// <summary>What <c>grpc-accept-encoding</c> says.</summary>
    public static string Accepted(IEnumerable<ICompressionProvider> providers) =>
        string.Join(',', providers.Select(provider => provider.EncodingName).Prepend(WireNames.Identity));

    /// <summary>Whether a <c>grpc-accept-encoding</c> names an encoding.</summary>
    public static bool Accepts(string? accepted, string encoding)
    {
        foreach (Range part in accepted.AsSpan().Split(','))
        {
            if (accepted.AsSpan()[part].Trim().SequenceEqual(encoding))
            {
                return true;
            }
        }

        return false;
    }
}
