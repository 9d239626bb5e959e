using System.Buffers;
using System.Globalization;

namespace DeviceHarness.Codecs.Cosem;

/// <summary>A time of day of four octets, any part of which may be unspecified.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, date and time formats.
/// <code>
/// hour | minute | second | hundredths
/// </code>
/// </remarks>
/// <param name="Hour">0 to 23, or FF.</param>
/// <param name="Minute">0 to 59, or FF.</param>
/// <param name="Second">0 to 59, or FF.</param>
/// <param name="Hundredths">0 to 99, or FF.</param>
public readonly record struct CosemTime(byte Hour, byte Minute, byte Second, byte Hundredths)
{
    /// <summary>How many octets it takes.</summary>
    public const int OctetCount = 4;

    /// <summary>Decodes four octets; every value is accepted.</summary>
    /// <param name="source">The octets, without tag and length.</param>
    /// <param name="value">The time, when done.</param>
    /// <param name="consumedOctets">4 when done, otherwise 0.</param>
    /// <param name="fault">Where the octets end, when they are too few.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out CosemTime value, out int consumedOctets, out CodecFault fault)
    {
        bool isComplete = source.Length >= OctetCount;
        value = isComplete ? new(source[0], source[1], source[2], source[3]) : default;
        consumedOctets = isComplete ? OctetCount : 0;
        fault = isComplete
            ? CodecFault.None
            : new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, "IEC 62056-6-2 time");
        return isComplete ? OperationStatus.Done : OperationStatus.NeedMoreData;
    }

    /// <summary>Encodes four octets.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">4 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        bool fits = target.Length >= OctetCount;
        writtenOctets = fits ? OctetCount : 0;
        if (fits)
        {
            target[0] = Hour;
            target[1] = Minute;
            target[2] = Second;
            target[3] = Hundredths;
        }

        return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <summary>Such as <c>08:30:15.23</c>; unspecified parts are asterisks.</summary>
    public override string ToString() => $"{Part(Hour)}:{Part(Minute)}:{Part(Second)}.{Part(Hundredths)}";

    private static string Part(byte value) => value == 0xFF ? "*" : value.ToString("00", CultureInfo.InvariantCulture);
}
