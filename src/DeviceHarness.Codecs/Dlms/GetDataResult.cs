using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>A value, or why there is none: <c>00 data</c> or <c>01 result</c>.</summary>
/// <remarks>Spec: IEC 62056-5-3, Get-Data-Result.</remarks>
public readonly ref struct GetDataResult
{
    /// <summary>A value.</summary>
    /// <param name="data">One encoded value of type Data.</param>
    public GetDataResult(ReadOnlySpan<byte> data)
    {
        HasData = true;
        Data = data;
    }

    /// <summary>No value.</summary>
    /// <param name="result">Why.</param>
    public GetDataResult(DataAccessResult result)
    {
        Result = result;
    }

    /// <summary>True when there is a value.</summary>
    public bool HasData { get; }

    /// <summary>One encoded value of type Data; empty when there is none.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Why there is no value; <see cref="DataAccessResult.Success"/> when there is one.</summary>
    public DataAccessResult Result { get; }

    /// <summary>Reads a result.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="result">The result, pointing into the octets read.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out GetDataResult result)
    {
        result = default;
        if (!reader.TryReadFlag(out bool isError))
        {
            return false;
        }

        if (isError)
        {
            bool isThere = reader.TryReadOctet(out byte code);
            result = new((DataAccessResult)code);
            return isThere;
        }

        if (!reader.TrySkipValue(out ReadOnlySpan<byte> data))
        {
            return false;
        }

        result = new(data);
        return true;
    }

    /// <summary>Writes the result.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(ref AxdrWriter writer)
    {
        writer.WriteFlag(!HasData);
        if (HasData)
        {
            ApduFields.WriteData(ref writer, Data);
        }
        else
        {
            writer.WriteOctet((byte)Result);
        }
    }
}
