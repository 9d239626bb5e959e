namespace DeviceHarness.Codecs.Dlms;

/// <summary>Cuts one APDU into blocks and goes back to what was lost. It knows the numbers; when to send is its user's matter.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, general block transfer. As many blocks as the receiver's window allows are sent in a row; all but the last of them
/// are marked as streaming. Then the sender waits: the acknowledgement names the last block that came without a gap, and the row goes on
/// behind it.
/// Departs: a window of 0 in an acknowledgement is read as 1, since a party that acknowledges can take a block. Not thread safe.
/// </remarks>
public sealed class GeneralBlockSender
{
    /// <summary>The most blocks that one APDU may be cut into, since their numbers have sixteen bits.</summary>
    public const int MaximumBlocks = ushort.MaxValue;

    private readonly ReadOnlyMemory<byte> _apdu;
    private readonly int _blockOctets;
    private readonly int _firstNumber;
    private readonly bool _isConfirmed;
    private int _windowBlocks;
    private int _given;
    private int _farthest;
    private int _acknowledged;
    private int _rowLeft;

    /// <summary>Makes a sender that stands before the first block.</summary>
    /// <param name="apdu">The APDU; not empty and not copied.</param>
    /// <param name="blockOctets">The most octets of data that a block may have; at least 1.</param>
    /// <param name="windowBlocks">The receiver's window, 1 to 63; 0 when nothing will be acknowledged, as in a push.</param>
    /// <param name="firstNumber">The number of the first block: 1, or behind the blocks by which this party acknowledged before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The APDU is empty, or needs more blocks than there are numbers.</exception>
    public GeneralBlockSender(ReadOnlyMemory<byte> apdu, int blockOctets, int windowBlocks = 1, ushort firstNumber = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockOctets, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(windowBlocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBlocks, GeneralBlockTransfer.MaximumWindowBlocks);
        ArgumentOutOfRangeException.ThrowIfZero(firstNumber);
        BlockCount = (int)(((long)apdu.Length + blockOctets - 1) / blockOctets);
        if (BlockCount == 0 || BlockCount > MaximumBlocks - firstNumber + 1)
        {
            throw new ArgumentException($"{apdu.Length} octets do not go into 1 to {MaximumBlocks - firstNumber + 1} blocks", nameof(apdu));
        }

        _apdu = apdu;
        _blockOctets = blockOctets;
        _firstNumber = firstNumber;
        _isConfirmed = windowBlocks > 0;
        _windowBlocks = windowBlocks;
        _rowLeft = _isConfirmed ? windowBlocks : BlockCount;
    }

    /// <summary>How many blocks the APDU is cut into.</summary>
    public int BlockCount { get; }

    /// <summary>True when nothing is left to be given before an acknowledgement comes.</summary>
    public bool MustWait => _rowLeft == 0 || _given == BlockCount;

    /// <summary>True when all blocks were acknowledged, or given where nothing is acknowledged.</summary>
    public bool IsComplete => (_isConfirmed ? _acknowledged : _given) == BlockCount;

    /// <summary>The number of the block that is given next, when there is one.</summary>
    public ushort NextNumber => (ushort)(_firstNumber + _given);

    /// <summary>Moves to the next block.</summary>
    /// <param name="acknowledgedNumber">What this party acknowledges by the way.</param>
    /// <param name="ownWindowBlocks">The window that this party offers, 0 to 63.</param>
    /// <param name="block">The block; its data points into the APDU.</param>
    /// <returns>False when the sender must wait, or is complete.</returns>
    public bool TryNext(ushort acknowledgedNumber, int ownWindowBlocks, out GeneralBlockTransfer block)
    {
        block = default;
        if (MustWait)
        {
            return false;
        }

        int offset = _given * _blockOctets;
        bool isLast = _given == BlockCount - 1;
        _rowLeft--;
        bool isStreaming = !isLast && _rowLeft > 0;
        block = new GeneralBlockTransfer(
            isLast, isStreaming, ownWindowBlocks, NextNumber, acknowledgedNumber,
            _apdu.Span.Slice(offset, Math.Min(_blockOctets, _apdu.Length - offset)));
        _given++;
        _farthest = Math.Max(_farthest, _given);
        return true;
    }

    /// <summary>Takes an acknowledgement, which also allows the next row of blocks.</summary>
    /// <param name="acknowledgedNumber">The last block that came without a gap.</param>
    /// <param name="windowBlocks">The receiver's window, 0 to 63.</param>
    /// <returns>
    /// <see cref="GeneralBlockOutcome.Gap"/> when the sender goes back, <see cref="GeneralBlockOutcome.Repeated"/> for an older
    /// acknowledgement, which changes nothing.
    /// </returns>
    public GeneralBlockOutcome Acknowledge(ushort acknowledgedNumber, int windowBlocks)
    {
        int count = Math.Max(acknowledgedNumber - _firstNumber + 1, 0);
        if (count > _farthest)
        {
            return GeneralBlockOutcome.NeverSent;
        }

        if (count < _acknowledged)
        {
            return GeneralBlockOutcome.Repeated;
        }

        bool isGap = count < _given;
        _windowBlocks = Math.Clamp(windowBlocks, 1, GeneralBlockTransfer.MaximumWindowBlocks);
        _acknowledged = count;
        Repeat();
        return IsComplete ? GeneralBlockOutcome.Complete : isGap ? GeneralBlockOutcome.Gap : GeneralBlockOutcome.Taken;
    }

    /// <summary>Goes back behind the last acknowledged block, as after a time-out.</summary>
    public void Repeat()
    {
        _given = _isConfirmed ? _acknowledged : _given;
        _rowLeft = _isConfirmed ? _windowBlocks : _rowLeft;
    }
}
