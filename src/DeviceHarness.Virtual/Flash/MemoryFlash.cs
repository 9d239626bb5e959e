namespace DeviceHarness.Virtual.Flash;

/// <summary>A flash that lasts as long as the object: over power cuts of the device, not over the end of the process.</summary>
public sealed class MemoryFlash : IMeterFlash
{
    private readonly Dictionary<string, MemoryStream> _records = [];

    /// <inheritdoc/>
    public byte[]? Read(string name) => _records.TryGetValue(name, out MemoryStream? record) ? record.ToArray() : null;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> octets)
    {
        MemoryStream record = Open(name);
        record.SetLength(0);
        record.Write(octets);
    }

    /// <inheritdoc/>
    public void WriteAt(string name, int offset, ReadOnlySpan<byte> octets)
    {
        MemoryStream record = Open(name);
        record.Position = offset;
        record.Write(octets);
    }

    /// <inheritdoc/>
    public void Erase(string name) => _records.Remove(name);

    private MemoryStream Open(string name)
    {
        if (!_records.TryGetValue(name, out MemoryStream? record))
        {
            record = new MemoryStream();
            _records[name] = record;
        }

        return record;
    }
}
