using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>Keeps the record of one device's keys in two copies, each encrypted with AES-256-GCM.</summary>
/// <remarks>
/// A copy is written beside the old one, flushed, renamed over it and read back; then the other. So there is always a whole copy, and
/// when <see cref="Save"/> returns there are two. What is there and cannot be opened is an error, never a fresh start, and is never
/// written over.
/// <code>
/// DHKEYS01 8 | nonce 12 | tag 16 | encrypted record        additional data: DHKEYS01 and the owner
/// </code>
/// </remarks>
public sealed class DeviceKeyStore : IDeviceKeyStore
{
    private const int NonceOctets = 12;
    private const int TagOctets = 16;
    private const string Unfinished = ".new";

    private static readonly byte[] Magic = "DHKEYS01"u8.ToArray();
    private static readonly string[] Copies = ["keys.1", "keys.2"];

    private readonly IKeyStorage _storage;
    private readonly CipherKey _key;
    private readonly byte[] _additional;

    /// <summary>Opens the store; nothing is read or written yet.</summary>
    /// <param name="storage">Where the copies are.</param>
    /// <param name="key">What they are encrypted under; 32 octets.</param>
    /// <param name="owner">Whose keys these are, such as rig and device: one's copy opens for nobody else.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public DeviceKeyStore(IKeyStorage storage, CipherKey key, string owner)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(owner);
        _storage = storage;
        _key = key.OctetCount == SecuritySuiteFacts.LongKeyOctets
            ? key
            : throw new ArgumentException("the key of a key store has 32 octets", nameof(key));
        _additional = [.. Magic, .. Encoding.UTF8.GetBytes(owner)];
    }

    /// <inheritdoc/>
    public string Place => _storage.Place;

    /// <inheritdoc/>
    public KeyRecord? Read() => ReadNewest()?.Record;

    /// <inheritdoc/>
    public void Save(KeyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        (KeyRecord Record, ulong Generation)? kept = ReadNewest();
        if (kept is { } before && !record.Keeps(before.Record))
        {
            throw new InvalidOperationException($"{Place}: a set of keys that the device may hold would be lost");
        }

        byte[] clear = KeyRecordCodec.Encode(record, (kept?.Generation ?? 0) + 1);
        byte[] octets = Seal(clear);
        CryptographicOperations.ZeroMemory(clear);
        foreach (string copy in Copies)
        {
            Replace(copy, octets);
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryBegin()
    {
        try
        {
            return _storage.TryLock();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception.Message);
        }
    }

    private (KeyRecord Record, ulong Generation)? ReadNewest()
    {
        (KeyRecord Record, ulong Generation)? newest = null;
        int damaged = 0;
        foreach (string copy in Copies)
        {
            if (ReadCopy(copy) is not { } octets)
            {
                continue;
            }

            (KeyRecord Record, ulong Generation)? opened = Open(octets);
            damaged += opened is null ? 1 : 0;
            newest = opened is { } found && (newest is null || found.Generation > newest.Value.Generation) ? found : newest;
        }

        return newest is null && damaged > 0
            ? throw new ConfigurationException(
                "KEYS-011", Place, 0, 0, "keys", "keys that do not open",
                "what this harness wrote under the same key-store key; put both back from a backup, and remove neither")
            : newest;
    }

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
        byte[] octets = new byte[Magic.Length + NonceOctets + TagOctets + clear.Length];
        Span<byte> nonce = octets.AsSpan(Magic.Length, NonceOctets);
        Magic.CopyTo(octets, 0);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm gcm = new(_key.Reveal(), TagOctets);
        int head = Magic.Length + NonceOctets;
        gcm.Encrypt(nonce, clear, octets.AsSpan(head + TagOctets), octets.AsSpan(head, TagOctets), _additional);
        return octets;
    }

    private (KeyRecord Record, ulong Generation)? Open(ReadOnlySpan<byte> octets)
    {
        int head = Magic.Length + NonceOctets;
        if (octets.Length <= head + TagOctets || octets.Length > head + TagOctets + KeyRecordCodec.MaximumOctets
            || !octets.StartsWith(Magic))
        {
            return null;
        }

        byte[] clear = new byte[octets.Length - head - TagOctets];
        try
        {
            using AesGcm gcm = new(_key.Reveal(), TagOctets);
            ReadOnlySpan<byte> nonce = octets.Slice(Magic.Length, NonceOctets);
            gcm.Decrypt(nonce, octets[(head + TagOctets)..], octets.Slice(head, TagOctets), clear, _additional);
            return KeyRecordCodec.Decode(clear);
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

    private ConfigurationException Unusable(string found) =>
        new("KEYS-010", Place, 0, 0, "keys", found, "a folder that can be read and written");
}
