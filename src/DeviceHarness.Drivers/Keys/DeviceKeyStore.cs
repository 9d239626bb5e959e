using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>Keeps the record of one device's keys in two encrypted copies.</summary>
/// <remarks>As <see cref="SealedCopies"/>, with the magic DHKEYS01; what is there and cannot be opened is never written over.</remarks>
public sealed class DeviceKeyStore : IDeviceKeyStore
{
    private readonly IKeyStorage _storage;
    private readonly SealedCopies _copies;

    /// <summary>Opens the store; nothing is read or written yet.</summary>
    /// <param name="storage">Where the copies are.</param>
    /// <param name="key">What they are encrypted under; 32 octets.</param>
    /// <param name="owner">Whose keys these are, such as rig and device: one's copy opens for nobody else.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public DeviceKeyStore(IKeyStorage storage, CipherKey key, string owner)
    {
        _copies = new SealedCopies(storage, key, "DHKEYS01", owner, KeyRecordCodec.MaximumOctets);
        _storage = storage;
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

        _copies.Write(KeyRecordCodec.Encode(record, (kept?.Generation ?? 0) + 1));
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
            throw _copies.Unusable(exception.Message);
        }
    }

    private (KeyRecord Record, ulong Generation)? ReadNewest() => _copies.ReadNewest(octets => KeyRecordCodec.Decode(octets));
}
