using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Keeps the keys and counters of a trust centre as those of a device are kept: in two encrypted copies, of which one is always
/// whole.</summary>
public sealed class HanStateStore : IHanStateStore
{
    private readonly SealedCopies _copies;

    /// <summary>Opens the store; nothing is read or written yet.</summary>
    /// <param name="storage">Where the copies are.</param>
    /// <param name="key">What they are encrypted under; 32 octets.</param>
    /// <param name="owner">Whose state this is, such as rig and adapter: one's copy opens for nobody else.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public HanStateStore(IKeyStorage storage, CipherKey key, string owner)
    {
        _copies = new SealedCopies(storage, key, "DHHAN001", owner, HanStateCodec.MaximumOctets);
    }

    /// <inheritdoc/>
    public ZigBeeNetworkBackup? Read() => _copies.ReadNewest(octets => HanStateCodec.Decode(octets))?.Record;

    /// <inheritdoc/>
    public void Save(ZigBeeNetworkBackup? state)
    {
        ulong generation = _copies.ReadNewest(octets => HanStateCodec.Decode(octets))?.Generation ?? 0;
        _copies.Write(HanStateCodec.Encode(state, generation + 1));
    }
}
