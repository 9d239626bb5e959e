using System.Buffers;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>
/// One end of general block transfer, client or server, as a pure machine: an APDU to send, blocks that came and time-outs in; blocks to
/// transmit and APDUs that came out.
/// </summary>
/// <remarks>
/// Spec: IEC 62056-5-3, general block transfer, as public implementations do it. The ends take turns: blocks marked as streaming are
/// followed by more; one that is not asks for an answer, which is the peer's own next block, or a block without data that only
/// acknowledges. Every block that a party sends has a number, also those that only acknowledge; the number of such a block is used again
/// until the peer has acknowledged it, since a lost one is not repeated. Block 1 with data, when nothing is being put together, begins a
/// new exchange: numbers start again at both ends. Whether a request is carried out twice is for the link below to prevent.
/// Not thread safe.
/// </remarks>
public sealed class GeneralBlockParty
{
    private const string AcknowledgementClause = "IEC 62056-5-3 General-Block-Transfer block-number-ack";
    private const string LengthClause = "IEC 62056-5-3 General-Block-Transfer block-data";

    private readonly GeneralBlockSettings _settings;
    private readonly GeneralBlockReceiver _receiver;
    private GeneralBlockSender? _sender;
    private int _peerWindowBlocks = 1;
    private ushort _lastNumber;
    private ushort _peerAcknowledged;
    private bool _isAcknowledgementDue;

    /// <summary>Makes a party without an exchange.</summary>
    /// <param name="settings">Its limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public GeneralBlockParty(GeneralBlockSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.MaximumBlockApduOctets, GeneralBlockSettings.OverheadOctets);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.WindowBlocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.WindowBlocks, GeneralBlockTransfer.MaximumWindowBlocks);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaximumRowBlocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.MaximumRowBlocks, GeneralBlockTransfer.MaximumWindowBlocks);
        _settings = settings;
        _receiver = new GeneralBlockReceiver(settings.MaximumApduOctets);
    }

    /// <summary>The APDU that came last, when <see cref="GeneralBlockEvent.ApduReceived"/> said so; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReceivedApdu => _receiver.IsComplete ? _receiver.Octets : default;

    /// <summary>The last block of the peer that came without a gap before it; 0 before the first.</summary>
    public ushort AcknowledgedNumber => _receiver.AcknowledgedNumber;

    /// <summary>True while blocks of ours are not acknowledged.</summary>
    public bool IsSending => _sender is { IsComplete: false };

    /// <summary>True once blocks of an APDU came that is not whole.</summary>
    public bool IsReceiving => _receiver is { HasBegun: true, IsComplete: false };

    /// <summary>Begins a new exchange: numbers start at 1.</summary>
    public void Reset()
    {
        _receiver.Reset();
        _sender = null;
        _peerWindowBlocks = 1;
        _lastNumber = 0;
        _peerAcknowledged = 0;
        _isAcknowledgementDue = false;
    }

    /// <summary>Loads an APDU to be sent in blocks; the first of them are then due.</summary>
    /// <param name="apdu">The APDU; it must not change until it is acknowledged.</param>
    /// <exception cref="ArgumentException">The APDU is empty, or needs more blocks than there are numbers.</exception>
    public void Send(ReadOnlyMemory<byte> apdu)
    {
        if (_receiver.IsComplete)
        {
            _receiver.AwaitNext();
        }

        int blockOctets = _settings.MaximumBlockApduOctets - GeneralBlockSettings.OverheadOctets;
        _sender = new GeneralBlockSender(apdu, blockOctets, _peerWindowBlocks, (ushort)(_peerAcknowledged + 1));
        _isAcknowledgementDue = false;
    }

    /// <summary>Encodes the next block that is due.</summary>
    /// <param name="target">Where the octets go; <see cref="GeneralBlockSettings.MaximumBlockApduOctets"/> are always enough.</param>
    /// <param name="writtenOctets">How many octets were written; 0 when none is due.</param>
    /// <returns>False when nothing is due: it is the peer's turn.</returns>
    /// <exception cref="ArgumentException">The target is too small.</exception>
    public bool TryTransmit(Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        ushort acknowledged = _receiver.AcknowledgedNumber;
        if (_sender is not null && _sender.TryNext(acknowledged, _settings.WindowBlocks, out GeneralBlockTransfer block))
        {
            _lastNumber = Math.Max(_lastNumber, block.BlockNumber);
        }
        else if (_isAcknowledgementDue)
        {
            _isAcknowledgementDue = false;
            block = new GeneralBlockTransfer(
                true, false, _settings.WindowBlocks, (ushort)(_peerAcknowledged + 1), acknowledged, default);
            _lastNumber = Math.Max(_lastNumber, block.BlockNumber);
        }
        else
        {
            return false;
        }

        return GeneralBlockTransfer.Encode(block, target, out writtenOctets) == OperationStatus.Done
            ? true
            : throw new ArgumentException($"a block needs up to {_settings.MaximumBlockApduOctets} octets", nameof(target));
    }

    /// <summary>Takes a block from the peer.</summary>
    /// <param name="apdu">The block's APDU.</param>
    /// <param name="fault">What is wrong, when it failed.</param>
    public GeneralBlockEvent Receive(ReadOnlySpan<byte> apdu, out CodecFault fault)
    {
        if (GeneralBlockTransfer.Decode(apdu, out GeneralBlockTransfer block, out _, out fault) != OperationStatus.Done)
        {
            return GeneralBlockEvent.Failed;
        }

        bool isNewExchange = block is { BlockNumber: 1, Data.IsEmpty: false } && !IsReceiving
            && (_receiver.IsComplete || block.AcknowledgedBlockNumber == 0);
        if (isNewExchange)
        {
            Reset();
        }

        _peerWindowBlocks = Math.Clamp(block.WindowBlocks, 1, _settings.MaximumRowBlocks);
        bool isNeverSent = block.AcknowledgedBlockNumber > _lastNumber
            || (IsSending
                && _sender!.Acknowledge(block.AcknowledgedBlockNumber, _peerWindowBlocks) == GeneralBlockOutcome.NeverSent);
        if (isNeverSent)
        {
            fault = new(CodecFaultKind.UnexpectedValue, 4, -1, block.AcknowledgedBlockNumber, AcknowledgementClause);
            return GeneralBlockEvent.Failed;
        }

        _peerAcknowledged = Math.Max(_peerAcknowledged, block.AcknowledgedBlockNumber);
        return Take(block, ref fault);
    }

    /// <summary>Repeats what may have been lost, as after a time-out: our unacknowledged blocks, or our acknowledgement.</summary>
    public void Repeat()
    {
        if (IsSending)
        {
            _sender!.Repeat();
        }
        else
        {
            _isAcknowledgementDue = true;
        }
    }

    private GeneralBlockEvent Take(in GeneralBlockTransfer block, ref CodecFault fault)
    {
        GeneralBlockOutcome outcome = _receiver.Add(block);
        switch (outcome)
        {
            case GeneralBlockOutcome.TooLong:
                fault = new(CodecFaultKind.LimitExceeded, 6, _settings.MaximumApduOctets, -1, LengthClause);
                return GeneralBlockEvent.Failed;
            case GeneralBlockOutcome.Complete:
                return GeneralBlockEvent.ApduReceived;
            default:
                if (block.IsStreaming)
                {
                    return GeneralBlockEvent.Wait;
                }

                // An empty block asks for our next blocks; one with data for our acknowledgement. Ours carry that too.
                _isAcknowledgementDue = !block.Data.IsEmpty && !IsSending;
                return IsSending || _isAcknowledgementDue ? GeneralBlockEvent.Transmit : GeneralBlockEvent.Wait;
        }
    }
}
