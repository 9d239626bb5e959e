using System.Buffers;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>Walks the elements of an upgrade file that was decoded, in file order.</summary>
public ref struct OtaElementReader
{
    private ReadOnlySpan<byte> _rest;

    internal OtaElementReader(ReadOnlySpan<byte> elements, int offset)
    {
        _rest = elements;
        NextOffset = offset;
        Current = default;
        Offset = offset;
    }

    /// <summary>The element that the reader stands on; empty before the first.</summary>
    public OtaElement Current { get; private set; }

    /// <summary>Where <see cref="Current"/> begins in the image, in octets from its magic number.</summary>
    public int Offset { get; private set; }

    private int NextOffset { get; set; }

    /// <summary>Goes to the next element.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        if (OtaElement.Decode(_rest, out OtaElement element, out int consumed, out _) != OperationStatus.Done)
        {
            return false;
        }

        Current = element;
        Offset = NextOffset;
        NextOffset += consumed;
        _rest = _rest[consumed..];
        return true;
    }
}
