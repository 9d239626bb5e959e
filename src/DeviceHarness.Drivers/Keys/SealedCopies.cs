using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>A record of keys in two copies on a medium, each encrypted with AES-256-GCM.</summary>
/// <remarks>
/// A copy is written beside the old one, flushed, renamed over it and read back; then the other. So there is always a whole copy, and
/// when <see cref="Write"/> returns there are two. What is there and cannot be opened is an error, never a fresh start.
/// <code>
/// magic 8 | nonce 12 | tag 16 | encrypted record        additional data: magic and the owner
/// </code>
/// </remarks>
internal sealed class SealedCopies
{
    private const int NonceOctets = 12;
    private const int TagOctets = 16;
    private const string Unfinished = ".new";

    private static readonly string[] Copies = ["keys.1", "keys.2"];

    private readonly IKeyStorage _storage;
    private readonly CipherKey _key;
    private readonly byte[] _magic;
    private readonly byte[] _additional;
    private readonly int _maximumOctets;

    /// <summary>Opens the copies; nothing is read or written yet.</summary>
    /// <exception cref="ArgumentException">The key has no 32 octets.</exception>
    internal SealedCopies(IKeyStorage storage, CipherKey key, string magic, string owner, int maximumOctets)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(owner);
        _storage = storage;
        _key = key.OctetCount == SecuritySuiteFacts.LongKeyOctets
            ? key
            : throw new ArgumentException("the key of a key store has 32 octets", nameof(key));
        _magic = Encoding.ASCII.GetBytes(magic);
        _additional = [.. _magic, .. Encoding.UTF8.GetBytes(owner)];
        _maximumOctets = maximumOctets;
    }

    /// <summary>The newest copy that opens; null when there is none.</summary>
    /// <param name="decode">Reads the record and its generation; null when it is none. The octets are cleared after it.</param>
    /// <exception cref="ConfigurationException">KEYS-010: they cannot be read; KEYS-011: none opens.</exception>
    internal (T Record, ulong Generation)? ReadNewest<T>(Func<byte[], (T Record, ulong Generation)?> decode)
    {
        (T Record, ulong Generation)? newest = null;
        int damaged = 0;
        foreach (string copy in Copies)
        {
            if (ReadCopy(copy) is not { } octets)
            {
                continue;
            }

            (T Record, ulong Generation)? opened = Open(octets, decode);
            damaged += opened is null ? 1 : 0;
            newest = opened is { } found && (newest is null || found.Generation > newest.Value.Generation) ? found : newest;
        }

        return newest is null && damaged > 0
            ? throw new ConfigurationException(
                "KEYS-011", _storage.Place, 0, 0, "keys", "keys that do not open",
                "what this harness wrote under the same key-store key; put both back from a backup, and remove neither")
            : newest;
    }

    /// <summary>Writes both copies, and clears the record.</summary>
    /// <exception cref="ConfigurationException">KEYS-010: they cannot be written.</exception>
    internal void Write(byte[] clear)
    {
        byte[] octets = Seal(clear);
        CryptographicOperations.ZeroMemory(clear);
        foreach (string copy in Copies)
        {
            Replace(copy, octets);
        }
    }

    internal ConfigurationException Unusable(string found) =>
        new("KEYS-010", _storage.Place, 0, 0, "keys", found, "a folder that can be read and written");

    private byte[]? ReadCopy(string copy)
    {
        try
        {
            return _storage.Read(copy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception.Message);
        }
    }

    private void Replace(string copy, byte[] octets)
    {
        try
        {
            _storage.Write(copy + Unfinished, octets);
            _storage.Flush(copy + Unfinished);
            _storage.Rename(copy + Unfinished, copy);
            _storage.SyncNames();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception.Message);
        }

        if (ReadCopy(copy) is not { } written || !written.AsSpan().SequenceEqual(octets))
        {
            throw Unusable("another content than was written");
        }
    }

    private byte[] Seal(ReadOnlySpan<byte> clear)
    {
        byte[] octets = new byte[_magic.Length + NonceOctets + TagOctets + clear.Length];
        Span<byte> nonce = octets.AsSpan(_magic.Length, NonceOctets);
        _magic.CopyTo(octets, 0);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm gcm = new(_key.Reveal(), TagOctets);
        int head = _magic.Length + NonceOctets;
        gcm.Encrypt(nonce, clear, octets.AsSpan(head + TagOctets), octets.AsSpan(head, TagOctets), _additional);
        return octets;
    }

    private (T Record, ulong Generation)? Open<T>(ReadOnlySpan<byte> octets, Func<byte[], (T Record, ulong Generation)?> decode)
    {
        int head = _magic.Length + NonceOctets;
        if (octets.Length <= head + TagOctets || octets.Length > head + TagOctets + _maximumOctets || !octets.StartsWith(_magic))
        {
            return null;
        }

        byte[] clear = new byte[octets.Length - head - TagOctets];
        try
        {
            using AesGcm gcm = new(_key.Reveal(), TagOctets);
            ReadOnlySpan<byte> nonce = octets.Slice(_magic.Length, NonceOctets);
            gcm.Decrypt(nonce, octets[(head + TagOctets)..], octets.Slice(head, TagOctets), clear, _additional);
            return decode(clear);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
