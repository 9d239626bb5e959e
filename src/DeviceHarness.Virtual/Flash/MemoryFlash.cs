namespace DeviceHarness.Virtual.Flash;

/// <summary>A flash that lasts as long as the object: over power cuts of the device, not over the end of the process.</summary>
public sealed class MemoryFlash : IMeterFlash
{
    private readonly Dictionary<string, byte[]> _records = [];

    /// <inheritdoc/>
    public byte[]? Read(string name) => _records.TryGetValue(name, out byte[]? octets) ? [.. octets] : null;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> octets) => _records[name] = octets.ToArray();

    /// <inheritdoc/>
    public void WriteAt(string name, int offset, ReadOnlySpan<byte> octets)
    {
        byte[] record = _records.GetValueOrDefault(name, []);
        if (record.Length < offset + octets.Length)
        {
            Array.Resize(ref record, offset + octets.Length);
        }

        octets.CopyTo(record.AsSpan(offset));
        _records[name] = record;
    }

    /// <inheritdoc/>
    public void Erase(string name) => _records.Remove(name);
}
