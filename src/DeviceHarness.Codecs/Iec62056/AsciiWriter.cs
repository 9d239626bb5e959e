using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>Writes the characters of a message without allocation. After the first defect nothing more is written.</summary>
internal ref struct AsciiWriter
{
    private readonly Span<byte> _target;
    private int _offset;
    private OperationStatus _status;

    /// <summary>Starts at the first character.</summary>
    public AsciiWriter(Span<byte> target)
    {
        _target = target;
    }

    /// <summary>Ends an encoder: its status and how many characters it wrote.</summary>
    public readonly OperationStatus Complete(out int writtenOctets)
    {
        writtenOctets = _status == OperationStatus.Done ? _offset : 0;
        return _status;
    }

    /// <summary>Stops the writer because its user was asked for something that cannot be encoded.</summary>
    public void Fail()
    {
        _status = _status == OperationStatus.Done ? OperationStatus.InvalidData : _status;
    }

    /// <summary>Writes one character.</summary>
    public void Write(byte character) => Write([character]);

    /// <summary>Writes characters as they are.</summary>
    public void Write(scoped ReadOnlySpan<byte> characters)
    {
        if (_status != OperationStatus.Done)
        {
            return;
        }

        if (characters.Length > _target.Length - _offset)
        {
            _status = OperationStatus.DestinationTooSmall;
            return;
        }

        characters.CopyTo(_target[_offset..]);
        _offset += characters.Length;
    }

    /// <summary>Writes one printable character; another stops the writer.</summary>
    public void WritePrintable(byte character)
    {
        if (!AsciiReader.IsPrintable(character))
        {
            Fail();
        }

        Write(character);
    }

    /// <summary>Writes printable characters; too many, or one that is not allowed, stop the writer.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> text, int maximumOctets, scoped ReadOnlySpan<byte> forbidden, bool mayHaveLines = false)
    {
        bool isAllowed = text.Length <= maximumOctets && !text.ContainsAny(forbidden);
        foreach (byte character in text)
        {
            bool isLine = mayHaveLines && character is ControlCharacter.CarriageReturn or ControlCharacter.LineFeed;
            isAllowed &= AsciiReader.IsPrintable(character) || isLine;
        }

        if (!isAllowed)
        {
            Fail();
        }

        Write(text);
    }

    /// <summary>Writes the block check character of what was written since a place.</summary>
    public void WriteBlockCheck(int startOffset)
    {
        if (_status == OperationStatus.Done)
        {
            Write(BlockCheck.Compute(_target[startOffset.._offset]));
        }
    }
}
