using System.Buffers;
using System.Collections.Frozen;
using Grpc.Core;

namespace DeviceHarness.Rpc.Wire;

/// <summary>How metadata becomes headers and trailers, and the way back.</summary>
/// <remarks>Spec: gRPC, PROTOCOL-HTTP2, Custom-Metadata.</remarks>
internal static class MetadataRules
{
    private const string ReservedPrefix = "grpc-";
    private const int Base64Group = 4;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code)]);

    private static readonly FrozenSet<string> Dropped = new[]
    {
        "content-type", "te", "user-agent", "host", "content-length", "connection", "keep-alive", "proxy-connection",
        "transfer-encoding", "upgrade", "trailer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name in lower case.</summary>
    /// <exception cref="ArgumentException">It is empty or has a character that may not be in a name.</exception>
    public static string CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        string lower = key.ToLowerInvariant();
        return lower.AsSpan().ContainsAnyExcept(KeyCharacters)
            ? throw new ArgumentException($"the metadata name '{key}' may only have letters, digits, '_', '-' and '.'", nameof(key))
            : lower;
    }

    /// <exception cref="ArgumentException">The value is not printable ASCII.</exception>
    public static void CheckValue(string key, string value)
    {
        if (value.AsSpan().ContainsAnyExcept(ValueCharacters))
        {
            throw new ArgumentException(
                $"the value of metadata '{key}' is not printable ASCII: send other text as octets under '{key}-bin'", nameof(value));
        }
    }

    /// <summary>Whether a name belongs to the protocol, so that it is neither sent nor shown.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith(':') || name.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase) || Dropped.Contains(name);

    /// <summary>The header of an entry: text, or base64 without padding. False for what must not be sent: the protocol's own names, and
    /// a received value that is not printable ASCII.</summary>
    public static bool TryToWire(Metadata.Entry entry, out string value)
    {
        value = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes).TrimEnd('=') : entry.Value;
        return !IsReserved(entry.Key) && !value.AsSpan().ContainsAnyExcept(ValueCharacters);
    }

    /// <summary>Adds one received header. Drops the protocol's own, names that no application may use, and octets that are not
    /// base64.</summary>
    public static void Receive(Metadata target, string name, string value)
    {
        string lower = name.ToLowerInvariant();
        if (lower.Length == 0 || IsReserved(lower) || lower.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            return;
        }

        if (!lower.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            target.Add(Metadata.Entry.Received(lower, value));
            return;
        }

        foreach (Range part in value.AsSpan().Split(','))
        {
            if (TryDecodeBase64(value.AsSpan()[part].Trim(), out byte[] octets))
            {
                target.Add(Metadata.Entry.Received(lower, octets));
            }
        }
    }

    private static bool TryDecodeBase64(ReadOnlySpan<char> text, out byte[] octets)
    {
        ReadOnlySpan<char> bare = text.TrimEnd('=');
        int padding = (Base64Group - (bare.Length % Base64Group)) % Base64Group;
        octets = new byte[(bare.Length + padding) / Base64Group * 3];
        if (padding == 3)
        {
            return false;
        }

        char[] padded = new char[bare.Length + padding];
        bare.CopyTo(padded);
        padded.AsSpan(bare.Length).Fill('=');
        bool valid = Convert.TryFromBase64Chars(padded, octets, out int written);
        Array.Resize(ref octets, written);
        return valid;
    }
}
