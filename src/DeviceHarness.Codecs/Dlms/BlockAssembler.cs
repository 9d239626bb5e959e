namespace DeviceHarness.Codecs.Dlms;

/// <summary>Puts the blocks of one long value together. It keeps the octets and the number; what to answer is its user's matter.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, block transfer: numbers start at 1 and rise by one; what is cut is the encoded value. Not thread safe.
/// </remarks>
public sealed class BlockAssembler
{
    /// <summary>The longest value taken unless told otherwise, in octets.</summary>
    public const int DefaultMaximumOctets = 1_048_576;

    private readonly int _maximumOctets;
    private byte[] _octets = [];
    private int _count;

    /// <summary>Makes an empty assembler.</summary>
    /// <param name="maximumOctets">The longest value taken, in octets; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public BlockAssembler(int maximumOctets = DefaultMaximumOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumOctets, 1);
        _maximumOctets = maximumOctets;
    }

    /// <summary>The number of the block expected next, from 1.</summary>
    public uint ExpectedNumber { get; private set; } = 1;

    /// <summary>True after the last block was taken.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What was put together so far; valid until the next block or reset.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _count);

    /// <summary>Takes a block. A refused block changes nothing.</summary>
    /// <param name="blockNumber">The block's number.</param>
    /// <param name="isLast">True for the last block.</param>
    /// <param name="rawData">The block's part of the encoded value; copied.</param>
    public BlockOutcome Add(uint blockNumber, bool isLast, ReadOnlySpan<byte> rawData)
    {
        if (IsComplete || blockNumber != ExpectedNumber)
        {
            return BlockOutcome.WrongNumber;
        }

        if (rawData.Length > _maximumOctets - _count)
        {
            return BlockOutcome.TooLong;
        }

        if (_count + rawData.Length > _octets.Length)
        {
            int wanted = (int)Math.Min(_maximumOctets, Math.Max(2L * _octets.Length, _count + rawData.Length));
            Array.Resize(ref _octets, wanted);
        }

        rawData.CopyTo(_octets.AsSpan(_count));
        _count += rawData.Length;
        ExpectedNumber++;
        IsComplete = isLast;
        return isLast ? BlockOutcome.Complete : BlockOutcome.Continue;
    }

    /// <summary>Starts again with block 1, as after any error and with every new request.</summary>
    public void Reset()
    {
        _count = 0;
        ExpectedNumber = 1;
        IsComplete = false;
    }
}
