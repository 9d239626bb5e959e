using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Reads the value of a SET or of a method as strictly as a meter does. The first mistake stays: what is read afterwards is
/// nothing, and <see cref="Complete"/> says what was wrong.</summary>
/// <remarks>12 (type-unmatched) for another type or form, 250 (other-reason) for a value beyond its range.</remarks>
internal ref struct ValueReader
{
    private AxdrReader _reader;

    public ValueReader(ReadOnlySpan<byte> data)
    {
        _reader = new AxdrReader(data);
        Result = DataAccessResult.Success;
    }

    /// <summary>What was wrong, so far.</summary>
    public DataAccessResult Result { get; private set; }

    /// <summary>Whether nothing was wrong so far.</summary>
    public readonly bool IsSound => Result == DataAccessResult.Success;

    /// <summary>A structure of so many elements.</summary>
    public void Structure(int count)
    {
        if (TryNext(DlmsDataType.Structure, out AxdrValue value) && value.Count != count)
        {
            Refuse(DataAccessResult.TypeUnmatched);
        }
    }

    /// <summary>An array.</summary>
    /// <param name="maximum">The most items.</param>
    /// <returns>How many items follow; 0 when something was wrong.</returns>
    public int Array(int maximum)
    {
        if (!TryNext(DlmsDataType.Array, out AxdrValue value))
        {
            return 0;
        }

        if (value.Count <= maximum)
        {
            return value.Count;
        }

        Refuse(DataAccessResult.OtherReason);
        return 0;
    }

    /// <summary>A number of one type within a range.</summary>
    public long Number(DlmsDataType type, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (!TryNext(type, out AxdrValue value) || !value.TryGetInt64(out long number))
        {
            return 0;
        }

        if (number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(DataAccessResult.OtherReason);
        return 0;
    }

    /// <summary>A boolean.</summary>
    public bool Boolean() => Number(DlmsDataType.Boolean) != 0;

    /// <summary>An octet-string of a length within a range; another length is another form.</summary>
    public ReadOnlySpan<byte> Octets(int minimum, int maximum)
    {
        if (!TryNext(DlmsDataType.OctetString, out AxdrValue value))
        {
            return default;
        }

        if (value.Octets.Length >= minimum && value.Octets.Length <= maximum)
        {
            return value.Octets;
        }

        Refuse(DataAccessResult.TypeUnmatched);
        return default;
    }

    /// <summary>A bit-string of so many bits.</summary>
    public ReadOnlySpan<byte> Bits(int count)
    {
        if (!TryNext(DlmsDataType.BitString, out AxdrValue value))
        {
            return default;
        }

        if (value.Count == count)
        {
            return value.Octets;
        }

        Refuse(DataAccessResult.TypeUnmatched);
        return default;
    }

    /// <summary>A logical name.</summary>
    public ObisCode Name()
    {
        ReadOnlySpan<byte> octets = Octets(ObisCode.OctetCount, ObisCode.OctetCount);
        return octets.IsEmpty ? default : new ObisCode(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5]);
    }

    /// <summary>A time of day of four octets; hundredths are not looked at, wildcards are refused.</summary>
    public TimeSpan TimeOfDay()
    {
        ReadOnlySpan<byte> octets = Octets(CosemTime.OctetCount, CosemTime.OctetCount);
        if (octets.IsEmpty)
        {
            return default;
        }

        // A switching time without a second is one at second 0.
        int second = octets[2] == 0xFF ? 0 : octets[2];
        if (octets[0] <= 23 && octets[1] <= 59 && second <= 59)
        {
            return new TimeSpan(octets[0], octets[1], second);
        }

        Refuse(DataAccessResult.OtherReason);
        return default;
    }

    /// <summary>A structure of class, logical name and attribute.</summary>
    public (ushort ClassId, ObisCode Name, sbyte Attribute) Reference()
    {
        Structure(3);
        ushort classId = (ushort)Number(DlmsDataType.LongUnsigned);
        ObisCode name = Name();
        return (classId, name, (sbyte)Number(DlmsDataType.Integer));
    }

    /// <summary>A date-time of twelve octets that is a moment or nothing at all (year FFFF).</summary>
    /// <returns>The moment, UTC; null for nothing.</returns>
    public DateTimeOffset? MomentOrNever()
    {
        ReadOnlySpan<byte> octets = Octets(ClockOctets.OctetCount, ClockOctets.OctetCount);
        if (octets.IsEmpty || (octets[0] == 0xFF && octets[1] == 0xFF))
        {
            return null;
        }

        if (ClockOctets.TryRead(octets, out DateTimeOffset moment))
        {
            return moment;
        }

        Refuse(DataAccessResult.OtherReason);
        return null;
    }

    /// <summary>The next value may not be what it is.</summary>
    public void Refuse(DataAccessResult result)
    {
        if (IsSound)
        {
            Result = result;
        }
    }

    /// <summary>Says whether everything was read and nothing was wrong.</summary>
    public DataAccessResult Complete()
    {
        if (_reader.RemainingOctets > 0)
        {
            Refuse(DataAccessResult.TypeUnmatched);
        }

        return Result;
    }

    private bool TryNext(DlmsDataType type, out AxdrValue value)
    {
        value = default;
        if (!IsSound)
        {
            return false;
        }

        if (_reader.TryReadValue(out value) && value.Type == type)
        {
            return true;
        }

        Refuse(DataAccessResult.TypeUnmatched);
        return false;
    }
}
