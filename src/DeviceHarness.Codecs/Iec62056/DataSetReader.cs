namespace DeviceHarness.Codecs.Iec62056;

/// <summary>Walks the data sets of a data message from front to back without allocation.</summary>
/// <remarks>Spec: IEC 62056-21, data block: lines of data sets; in a read-out <c>!</c> ends them.</remarks>
public ref struct DataSetReader
{
    private const string Clause = "IEC 62056-21 data set";

    private readonly ReadOnlySpan<byte> _data;
    private int _offset;

    /// <summary>Starts at the first data set.</summary>
    /// <param name="data">The data of a message.</param>
    public DataSetReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        Fault = CodecFault.None;
    }

    /// <summary>What is wrong, once a read returned false; no fault at the end.</summary>
    public CodecFault Fault { get; private set; }

    /// <summary>Reads the next data set.</summary>
    /// <param name="dataSet">The data set.</param>
    /// <returns>False at the end, or at a fault.</returns>
    public bool TryRead(out DataSet dataSet)
    {
        dataSet = default;
        while (_offset < _data.Length && _data[_offset] is ControlCharacter.CarriageReturn or ControlCharacter.LineFeed)
        {
            _offset++;
        }

        if (_offset == _data.Length || _data[_offset] == (byte)'!' || Fault.Kind != CodecFaultKind.None)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _data[_offset..];
        int open = rest.IndexOf((byte)'(');
        int close = rest.IndexOf((byte)')');
        if (open < 0 || close < open)
        {
            Fault = new(CodecFaultKind.UnexpectedValue, _offset, '(', rest[0], Clause);
            return false;
        }

        ReadOnlySpan<byte> content = rest[(open + 1)..close];
        int star = content.IndexOf((byte)'*');
        dataSet = star < 0
            ? new(rest[..open], content, default)
            : new(rest[..open], content[..star], content[(star + 1)..]);
        _offset += close + 1;
        return true;
    }
}
