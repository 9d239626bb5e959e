using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Application;

/// <summary>One exchange in general blocks as a server sees it: the blocks of a request that came, and the answer's that go out.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer, as the domain guide gives it. What is acknowledged is the last block without a gap
/// before it; what lies behind a gap is passed over and comes again. An acknowledgement, also a repeated one, asks for the row behind it:
/// as many blocks as the client's window allows, all but the last marked as streaming. A block without data has a number too, the one
/// that the next block with data gets.</remarks>
internal sealed class BlockExchange(int blockApduOctets, int windowBlocks, int maximumRequestOctets)
{
    /// <summary>Tag, control, two numbers, and a length of at most three octets.</summary>
    private const int HeadOctets = 9;

    private readonly ArrayBufferWriter<byte> _request = new();
    private readonly byte[] _block = new byte[blockApduOctets];
    private int _requestBlocks;
    private int _inOrder;
    private byte[] _answer = [];
    private int _answerFirst;
    private int _clientWindow = 1;
    private int _clientHas;
    private int _highest;
    private int _next;
    private int _rowEnd;
    private bool _owesAcknowledgement;

    /// <summary>The request that the blocks made up.</summary>
    public ReadOnlyMemory<byte> Request => _request.WrittenMemory;

    /// <summary>Whether the last block of the request has come.</summary>
    public bool IsRequestWhole { get; private set; }

    /// <summary>Whether blocks of a request have come.</summary>
    public bool HasRequest => _requestBlocks > 0;

    private int DataOctets => blockApduOctets - HeadOctets;

    private int AnswerLast => _answerFirst + ((_answer.Length + DataOctets - 1) / DataOctets) - 1;

    /// <summary>Takes a block of the client.</summary>
    /// <param name="block">The block.</param>
    /// <returns>Null when it breaks the protocol: it acknowledges what was never sent, or makes the request too long.</returns>
    public BlockExchangeMove? Take(in GeneralBlockTransfer block)
    {
        if (block.AcknowledgedBlockNumber > _highest)
        {
            return null;
        }

        _clientHas = Math.Max(_clientHas, block.AcknowledgedBlockNumber);
        _clientWindow = Math.Max(block.WindowBlocks, 1);
        bool wasWhole = IsRequestWhole;
        if (!TryAdd(block))
        {
            return null;
        }

        if (IsRequestWhole && !wasWhole)
        {
            return BlockExchangeMove.CarryOut;
        }

        if (block.IsStreaming)
        {
            return BlockExchangeMove.AwaitMore;
        }

        if (_answer.Length > 0)
        {
            BeginRow(block.AcknowledgedBlockNumber);
            return BlockExchangeMove.Transmit;
        }

        _owesAcknowledgement = !block.Data.IsEmpty;
        return BlockExchangeMove.Transmit;
    }

    /// <summary>Begins the answer; its first row is due.</summary>
    public void Answer(ReadOnlyMemory<byte> apdu)
    {
        _answer = apdu.ToArray();
        _answerFirst = _clientHas + 1;
        BeginRow(_clientHas);
    }

    /// <summary>The next block that is due.</summary>
    /// <returns>The block, valid until the next call; empty when it is the client's turn.</returns>
    public ReadOnlyMemory<byte> Next()
    {
        if (_next != 0 && _next <= _rowEnd)
        {
            int offset = (_next - _answerFirst) * DataOctets;
            bool isLast = _next == AnswerLast;
            bool isStreaming = !isLast && _next < _rowEnd;
            return Encode(isLast, isStreaming, _next++, _answer.AsSpan(offset, Math.Min(DataOctets, _answer.Length - offset)));
        }

        if (!_owesAcknowledgement)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        _owesAcknowledgement = false;
        return Encode(isLast: true, isStreaming: false, _clientHas + 1, []);
    }

    private bool TryAdd(in GeneralBlockTransfer block)
    {
        if (block.Data.IsEmpty)
        {
            // Its number is taken, unless blocks of a request are under way.
            _inOrder = HasRequest ? _inOrder : Math.Max(_inOrder, block.BlockNumber);
            return true;
        }

        bool isDue = !IsRequestWhole && (block.BlockNumber == _inOrder + 1 || (!HasRequest && block.BlockNumber == 1));
        if (!isDue)
        {
            return true;
        }

        if (_request.WrittenCount + block.Data.Length > maximumRequestOctets)
        {
            return false;
        }

        _request.Write(block.Data);
        _requestBlocks++;
        _inOrder = block.BlockNumber;
        IsRequestWhole = block.IsLast;
        return true;
    }

    /// <summary>The row behind what the client has; none when it has all.</summary>
    private void BeginRow(int acknowledged)
    {
        _next = Math.Max(acknowledged + 1, _answerFirst);
        _rowEnd = Math.Min(_next + _clientWindow - 1, AnswerLast);
    }

    private ReadOnlyMemory<byte> Encode(bool isLast, bool isStreaming, int number, ReadOnlySpan<byte> data)
    {
        GeneralBlockTransfer block = new(isLast, isStreaming, windowBlocks, (ushort)number, (ushort)_inOrder, data);
        _highest = Math.Max(_highest, number);
        OperationStatus status = GeneralBlockTransfer.Encode(block, _block, out int octets);
        return status == OperationStatus.Done ? _block.AsMemory(0, octets) : throw new UnreachableException($"general block: {status}");
    }
}
