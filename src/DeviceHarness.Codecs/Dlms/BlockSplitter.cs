namespace DeviceHarness.Codecs.Dlms;

/// <summary>Cuts one long encoded value into blocks. It knows the numbers; when to send is its user's matter.</summary>
/// <remarks>Spec: IEC 62056-5-3, block transfer: numbers start at 1; what is cut is the encoded value. Not thread safe.</remarks>
public sealed class BlockSplitter
{
    private readonly ReadOnlyMemory<byte> _encoded;
    private int _offset;

    /// <summary>Makes a splitter that stands before block 1.</summary>
    /// <param name="encoded">The encoded value; not copied.</param>
    public BlockSplitter(ReadOnlyMemory<byte> encoded)
    {
        _encoded = encoded;
    }

    /// <summary>The number of the block given last; 0 before the first.</summary>
    public uint BlockNumber { get; private set; }

    /// <summary>The octets of the block given last.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>True when the block given last is the last one.</summary>
    public bool IsLast => BlockNumber > 0 && _offset == _encoded.Length;

    /// <summary>How many octets are still to be given.</summary>
    public int RemainingOctets => _encoded.Length - _offset;

    /// <summary>Moves to the next block.</summary>
    /// <param name="maximumOctets">The most octets that this block may have; at least 1. The first may be shorter than the rest.</param>
    /// <returns>False when the last block was given before. An empty value has one empty block.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public bool TryNext(int maximumOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumOctets, 1);
        if (IsLast)
        {
            return false;
        }

        int count = Math.Min(maximumOctets, RemainingOctets);
        Current = _encoded.Slice(_offset, count);
        _offset += count;
        BlockNumber++;
        return true;
    }
}
