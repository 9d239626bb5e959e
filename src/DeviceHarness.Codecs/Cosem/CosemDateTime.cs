using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace DeviceHarness.Codecs.Cosem;

/// <summary>A moment of twelve octets: local time, its deviation and the clock's status, any part of which may be unspecified.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, date and time formats. Deviation is UTC - local in minutes and includes daylight saving: UTC = local + deviation.
/// <code>
/// year 2 | month | day | day of week | hour | minute | second | hundredths | deviation 2 | status
/// </code>
/// Unspecified: year FFFF, deviation 8000, every other field FF. Month FD is the end and FE the beginning of daylight saving; day FD is the
/// second last and FE the last of the month.
/// </remarks>
/// <param name="Year">The year; FFFF when unspecified.</param>
/// <param name="Month">1 to 12, or FD, FE, FF.</param>
/// <param name="Day">1 to 31, or FD, FE, FF.</param>
/// <param name="DayOfWeek">1 Monday to 7 Sunday, or FF.</param>
/// <param name="Hour">0 to 23, or FF.</param>
/// <param name="Minute">0 to 59, or FF.</param>
/// <param name="Second">0 to 59, or FF.</param>
/// <param name="Hundredths">0 to 99, or FF.</param>
/// <param name="DeviationMinutes">UTC - local, -720 to 840, or <see cref="UnspecifiedDeviation"/>.</param>
/// <param name="ClockStatus">The status bits, or FF.</param>
public readonly record struct CosemDateTime(
    ushort Year,
    byte Month,
    byte Day,
    byte DayOfWeek,
    byte Hour,
    byte Minute,
    byte Second,
    byte Hundredths,
    short DeviationMinutes,
    byte ClockStatus)
{
    /// <summary>How many octets it takes.</summary>
    public const int OctetCount = 12;

    /// <summary>A year that is not specified.</summary>
    public const ushort UnspecifiedYear = 0xFFFF;

    /// <summary>Another field that is not specified.</summary>
    public const byte Unspecified = 0xFF;

    /// <summary>A deviation that is not specified: 8000.</summary>
    public const short UnspecifiedDeviation = short.MinValue;

    /// <summary>Status bit: the value is invalid.</summary>
    public const byte InvalidValueStatus = 0x01;

    /// <summary>Status bit: the value is doubtful.</summary>
    public const byte DoubtfulValueStatus = 0x02;

    /// <summary>Status bit: another clock base was used.</summary>
    public const byte DifferentClockBaseStatus = 0x04;

    /// <summary>Status bit: the status itself is invalid.</summary>
    public const byte InvalidClockStatus = 0x08;

    /// <summary>Status bit: daylight saving is active; already part of the deviation.</summary>
    public const byte DaylightSavingStatus = 0x80;

    private const int MaximumDeviationMinutes = 840;
    private const string Clause = "IEC 62056-6-2 date-time";

    /// <summary>True when the deviation is given.</summary>
    public bool HasDeviation => DeviationMinutes != UnspecifiedDeviation;

    /// <summary>True when the clock says that daylight saving is active.</summary>
    public bool IsDaylightSaving => ClockStatus != Unspecified && (ClockStatus & DaylightSavingStatus) != 0;

    /// <summary>A moment with all parts specified and status 0.</summary>
    /// <param name="moment">The moment; its offset becomes the deviation with the opposite sign.</param>
    public static CosemDateTime From(DateTimeOffset moment)
    {
        byte dayOfWeek = moment.DayOfWeek == System.DayOfWeek.Sunday ? (byte)7 : (byte)moment.DayOfWeek;
        return new(
            (ushort)moment.Year,
            (byte)moment.Month,
            (byte)moment.Day,
            dayOfWeek,
            (byte)moment.Hour,
            (byte)moment.Minute,
            (byte)moment.Second,
            (byte)(moment.Millisecond / 10),
            (short)-moment.Offset.TotalMinutes,
            0);
    }

    /// <summary>Decodes twelve octets; every value is accepted, ranges are checked by <see cref="TryToDateTimeOffset"/>.</summary>
    /// <param name="source">The octets, without tag and length.</param>
    /// <param name="value">The moment, when done.</param>
    /// <param name="consumedOctets">12 when done, otherwise 0.</param>
    /// <param name="fault">Where the octets end, when they are too few.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out CosemDateTime value, out int consumedOctets, out CodecFault fault)
    {
        if (source.Length < OctetCount)
        {
            value = default;
            consumedOctets = 0;
            fault = new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        value = new(
            BinaryPrimitives.ReadUInt16BigEndian(source),
            source[2],
            source[3],
            source[4],
            source[5],
            source[6],
            source[7],
            source[8],
            BinaryPrimitives.ReadInt16BigEndian(source[9..]),
            source[11]);
        consumedOctets = OctetCount;
        fault = CodecFault.None;
        return OperationStatus.Done;
    }

    /// <summary>Encodes twelve octets.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">12 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (target.Length < OctetCount)
        {
            return OperationStatus.DestinationTooSmall;
        }

        BinaryPrimitives.WriteUInt16BigEndian(target, Year);
        target[2] = Month;
        target[3] = Day;
        target[4] = DayOfWeek;
        target[5] = Hour;
        target[6] = Minute;
        target[7] = Second;
        target[8] = Hundredths;
        BinaryPrimitives.WriteInt16BigEndian(target[9..], DeviationMinutes);
        target[11] = ClockStatus;
        writtenOctets = OctetCount;
        return OperationStatus.Done;
    }

    /// <summary>The twelve octets in a new array.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[OctetCount];
        Encode(octets, out _);
        return octets;
    }

    /// <summary>The moment on the time line.</summary>
    /// <param name="moment">The moment with the offset of the meter's local time.</param>
    /// <param name="offsetWhenUnspecified">The offset to use when the deviation is unspecified; null makes that no moment.</param>
    /// <returns>
    /// False when the date or the time to the minute is not specified, out of range, or without an offset. Unspecified seconds and
    /// hundredths are 0.
    /// </returns>
    public bool TryToDateTimeOffset(out DateTimeOffset moment, TimeSpan? offsetWhenUnspecified = null)
    {
        moment = default;
        TimeSpan? offset = HasDeviation ? TimeSpan.FromMinutes(-DeviationMinutes) : offsetWhenUnspecified;
        int second = Second == Unspecified ? 0 : Second;
        int hundredths = Hundredths == Unspecified ? 0 : Hundredths;
        bool isDate = Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month);
        bool isTime = Hour <= 23 && Minute <= 59 && second <= 59 && hundredths <= 99;
        if (!isDate || !isTime || offset is not TimeSpan known || Math.Abs(known.TotalMinutes) > MaximumDeviationMinutes)
        {
            return false;
        }

        DateTime local = new(Year, Month, Day, Hour, Minute, second, hundredths * 10, DateTimeKind.Unspecified);
        bool isOnTimeLine = local.Ticks >= known.Ticks && local.Ticks - known.Ticks <= DateTime.MaxValue.Ticks;
        moment = isOnTimeLine ? new(local, known) : default;
        return isOnTimeLine;
    }

    /// <summary>Such as <c>2018-02-07 Wed 11:42:37.00 deviation -60 status 00</c>; unspecified parts are asterisks.</summary>
    public override string ToString()
    {
        string deviation = HasDeviation ? DeviationMinutes.ToString(CultureInfo.InvariantCulture) : "*";
        string status = ClockStatus == Unspecified ? "*" : ClockStatus.ToString("X2", CultureInfo.InvariantCulture);
        CosemDate date = new(Year, Month, Day, DayOfWeek);
        CosemTime time = new(Hour, Minute, Second, Hundredths);
        return $"{date} {time} deviation {deviation} status {status}";
    }
}
