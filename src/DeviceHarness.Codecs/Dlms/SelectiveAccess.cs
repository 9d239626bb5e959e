using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The optional part of a request that asks for a selection of an attribute, such as a range of profile rows.</summary>
/// <remarks>Spec: IEC 62056-5-3, Selective-Access-Descriptor: <c>00</c>, or <c>01 selector data</c>.</remarks>
public readonly ref struct SelectiveAccess
{
    /// <summary>Makes a selection.</summary>
    /// <param name="selector">The class's selector number; 1 is range and 2 is entry of a profile.</param>
    /// <param name="parameters">One encoded value of type Data.</param>
    public SelectiveAccess(byte selector, ReadOnlySpan<byte> parameters)
    {
        IsPresent = true;
        Selector = selector;
        Parameters = parameters;
    }

    /// <summary>False for the default value: no selection.</summary>
    public bool IsPresent { get; }

    /// <summary>The selector number.</summary>
    public byte Selector { get; }

    /// <summary>One encoded value of type Data, pointing into the octets read.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary>Reads the presence octet and the selection.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="selection">The selection, or the default value.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out SelectiveAccess selection)
    {
        selection = default;
        if (!reader.TryReadFlag(out bool isPresent))
        {
            return false;
        }

        if (!isPresent)
        {
            return true;
        }

        if (!reader.TryReadOctet(out byte selector) || !reader.TrySkipValue(out ReadOnlySpan<byte> parameters))
        {
            return false;
        }

        selection = new(selector, parameters);
        return true;
    }

    /// <summary>Writes the presence octet and the selection.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(ref AxdrWriter writer)
    {
        writer.WriteFlag(IsPresent);
        if (!IsPresent)
        {
            return;
        }

        writer.WriteOctet(Selector);
        ApduFields.WriteData(ref writer, Parameters);
    }
}
