using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace DeviceHarness.Codecs.Cosem;

/// <summary>A date of five octets, any part of which may be unspecified.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, date and time formats.
/// <code>
/// year 2 | month | day | day of week
/// </code>
/// </remarks>
/// <param name="Year">The year; FFFF when unspecified.</param>
/// <param name="Month">1 to 12, FD end and FE beginning of daylight saving, or FF.</param>
/// <param name="Day">1 to 31, FD second last and FE last of the month, or FF.</param>
/// <param name="DayOfWeek">1 Monday to 7 Sunday, or FF.</param>
public readonly record struct CosemDate(ushort Year, byte Month, byte Day, byte DayOfWeek)
{
    /// <summary>How many octets it takes.</summary>
    public const int OctetCount = 5;

    private const string DayNames = "MonTueWedThuFriSatSun";

    /// <summary>Decodes five octets; every value is accepted.</summary>
    /// <param name="source">The octets, without tag and length.</param>
    /// <param name="value">The date, when done.</param>
    /// <param name="consumedOctets">5 when done, otherwise 0.</param>
    /// <param name="fault">Where the octets end, when they are too few.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out CosemDate value, out int consumedOctets, out CodecFault fault)
    {
        bool isComplete = source.Length >= OctetCount;
        value = isComplete ? new(BinaryPrimitives.ReadUInt16BigEndian(source), source[2], source[3], source[4]) : default;
        consumedOctets = isComplete ? OctetCount : 0;
        fault = isComplete
            ? CodecFault.None
            : new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, "IEC 62056-6-2 date");
        return isComplete ? OperationStatus.Done : OperationStatus.NeedMoreData;
    }

    /// <summary>Encodes five octets.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">5 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        bool fits = target.Length >= OctetCount;
        writtenOctets = fits ? OctetCount : 0;
        if (fits)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, Year);
            target[2] = Month;
            target[3] = Day;
            target[4] = DayOfWeek;
        }

        return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <summary>Such as <c>2024-11-21 Thu</c>; unspecified parts are asterisks, an unspecified day of week is left out.</summary>
    public override string ToString()
    {
        string year = Year == 0xFFFF ? "*" : Year.ToString("0000", CultureInfo.InvariantCulture);
        string dayName = DayOfWeek switch
        {
            >= 1 and <= 7 => string.Concat(" ", DayNames.AsSpan((DayOfWeek - 1) * 3, 3)),
            0xFF => "",
            _ => $" day-of-week {DayOfWeek}",
        };
        return $"{year}-{MonthText}-{DayText}{dayName}";
    }

    private string MonthText => Month switch
    {
        0xFF => "*",
        0xFE => "dst-begin",
        0xFD => "dst-end",
        _ => Month.ToString("00", CultureInfo.InvariantCulture),
    };

    private string DayText => Day switch
    {
        0xFF => "*",
        0xFE => "last",
        0xFD => "second-last",
        _ => Day.ToString("00", CultureInfo.InvariantCulture),
    };
}
