using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>Walks the characters of a message without allocation. After the first defect every read returns false.</summary>
internal ref struct AsciiReader
{
    private const byte FirstPrintable = 0x20;
    private const byte LastPrintable = 0x7E;

    private readonly ReadOnlySpan<byte> _source;
    private readonly string _clause;
    private int _offset;
    private OperationStatus _status;
    private CodecFault _fault;

    /// <summary>Starts at the first character.</summary>
    public AsciiReader(ReadOnlySpan<byte> source, string clause)
    {
        _source = source;
        _clause = clause;
    }

    /// <summary>How many characters were read.</summary>
    public readonly int ConsumedOctets => _offset;

    /// <summary>True for a printable character: 20 to 7E.</summary>
    public static bool IsPrintable(byte character) => character is >= FirstPrintable and <= LastPrintable;

    /// <summary>Ends a decoder: its status, how many characters it took and its fault.</summary>
    public readonly OperationStatus Complete(out int consumedOctets, out CodecFault fault)
    {
        consumedOctets = _status == OperationStatus.Done ? _offset : 0;
        fault = _fault;
        return _status;
    }

    /// <summary>Stops with a defect at a place; always false.</summary>
    public bool Fail(CodecFaultKind kind, int offset, long expected)
    {
        if (_status == OperationStatus.Done)
        {
            bool isEnd = kind == CodecFaultKind.Truncated;
            _status = isEnd ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
            _fault = new(kind, offset, expected, isEnd || offset >= _source.Length ? -1 : _source[offset], _clause);
        }

        return false;
    }

    /// <summary>Reads one character of any value.</summary>
    public bool TryRead(out byte character)
    {
        if (_status == OperationStatus.Done && _offset < _source.Length)
        {
            character = _source[_offset++];
            return true;
        }

        character = 0;
        return Fail(CodecFaultKind.Truncated, _source.Length, -1);
    }

    /// <summary>Reads one character that must have one value.</summary>
    public bool TryExpect(byte expected) =>
        TryRead(out byte character) && (character == expected || Fail(CodecFaultKind.UnexpectedValue, _offset - 1, expected));

    /// <summary>Reads one printable character.</summary>
    public bool TryReadPrintable(out byte character) =>
        TryRead(out character) && (IsPrintable(character) || Fail(CodecFaultKind.UnexpectedValue, _offset - 1, -1));

    /// <summary>Looks at the next character without reading it; false at the end, which is no defect.</summary>
    public readonly bool TryPeek(out byte character)
    {
        bool isThere = _status == OperationStatus.Done && _offset < _source.Length;
        character = isThere ? _source[_offset] : (byte)0;
        return isThere;
    }

    /// <summary>Reads characters up to one of two that end them, which is read too.</summary>
    /// <param name="end">One that ends them.</param>
    /// <param name="otherEnd">Another that ends them.</param>
    /// <param name="maximumOctets">The most characters before it.</param>
    /// <param name="mayHaveLines">Whether CR and LF may be among them.</param>
    /// <param name="characters">The characters before it.</param>
    /// <param name="found">The one that ended them.</param>
    public bool TryReadUntil(
        byte end, byte otherEnd, int maximumOctets, bool mayHaveLines, out ReadOnlySpan<byte> characters, out byte found)
    {
        characters = default;
        int start = _offset;
        while (TryRead(out found))
        {
            int count = _offset - 1 - start;
            if (found == end || found == otherEnd)
            {
                characters = _source.Slice(start, count);
                return true;
            }

            bool isLine = mayHaveLines && found is ControlCharacter.CarriageReturn or ControlCharacter.LineFeed;
            if (!IsPrintable(found) && !isLine)
            {
                return Fail(CodecFaultKind.UnexpectedValue, _offset - 1, end);
            }

            if (count == maximumOctets)
            {
                return Fail(CodecFaultKind.LimitExceeded, _offset - 1, maximumOctets);
            }
        }

        return false;
    }

    /// <summary>Reads CR and LF.</summary>
    public bool TryReadLineEnd() => TryExpect(ControlCharacter.CarriageReturn) && TryExpect(ControlCharacter.LineFeed);

    /// <summary>Reads the block check character of what was read since a place.</summary>
    public bool TryReadBlockCheck(int startOffset)
    {
        byte expected = BlockCheck.Compute(_source[startOffset.._offset]);
        return TryRead(out byte found) && (found == expected || Fail(CodecFaultKind.BadChecksum, _offset - 1, expected));
    }
}
