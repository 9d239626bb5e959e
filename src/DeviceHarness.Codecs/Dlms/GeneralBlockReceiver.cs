namespace DeviceHarness.Codecs.Dlms;

/// <summary>Puts the blocks of one APDU together and says which to acknowledge. When to answer is its user's matter.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, general block transfer: what is acknowledged is the last block of an unbroken row; blocks behind a gap are passed
/// over, and come again when the sender goes back. A party numbers every block that it sends, also those that only acknowledge, so the
/// first block with data need not be block 1. Not thread safe.
/// </remarks>
public sealed class GeneralBlockReceiver
{
    private readonly BlockAssembler _assembler;

    /// <summary>Makes an empty receiver.</summary>
    /// <param name="maximumOctets">The longest APDU taken, in octets; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public GeneralBlockReceiver(int maximumOctets = BlockAssembler.DefaultMaximumOctets)
    {
        _assembler = new BlockAssembler(maximumOctets);
    }

    /// <summary>The last block of the unbroken row; 0 before the first.</summary>
    public ushort AcknowledgedNumber { get; private set; }

    /// <summary>True once blocks of an APDU were taken, until the reset.</summary>
    public bool HasBegun => _assembler.ExpectedNumber > 1;

    /// <summary>True after the last block was taken.</summary>
    public bool IsComplete => _assembler.IsComplete;

    /// <summary>What was put together so far; valid until the next block or reset.</summary>
    public ReadOnlySpan<byte> Octets => _assembler.Octets;

    /// <summary>Takes a block. A block that is passed over or refused changes nothing.</summary>
    /// <param name="block">The block; its data is copied.</param>
    public GeneralBlockOutcome Add(in GeneralBlockTransfer block)
    {
        if (block.Data.IsEmpty && !HasBegun)
        {
            // It only acknowledges; its number still counts, also where one like it was lost before.
            AcknowledgedNumber = Math.Max(AcknowledgedNumber, block.BlockNumber);
            return GeneralBlockOutcome.Repeated;
        }

        bool isFirst = !HasBegun && block.BlockNumber == 1;
        if (!isFirst && block.BlockNumber != AcknowledgedNumber + 1)
        {
            return block.BlockNumber <= AcknowledgedNumber ? GeneralBlockOutcome.Repeated : GeneralBlockOutcome.Gap;
        }

        switch (_assembler.Add(_assembler.ExpectedNumber, block.IsLast, block.Data))
        {
            case BlockOutcome.Continue:
                AcknowledgedNumber = block.BlockNumber;
                return GeneralBlockOutcome.Taken;
            case BlockOutcome.Complete:
                AcknowledgedNumber = block.BlockNumber;
                return GeneralBlockOutcome.Complete;
            case BlockOutcome.TooLong:
                return GeneralBlockOutcome.TooLong;
            default:
                return GeneralBlockOutcome.Repeated;
        }
    }

    /// <summary>Forgets the APDU and awaits the next one of the same exchange: numbers go on.</summary>
    public void AwaitNext() => _assembler.Reset();

    /// <summary>Forgets everything: numbers start at 1 again, as with every new exchange and after any error.</summary>
    public void Reset()
    {
        _assembler.Reset();
        AcknowledgedNumber = 0;
    }
}
