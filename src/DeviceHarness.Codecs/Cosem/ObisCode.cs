using System.Globalization;

namespace DeviceHarness.Codecs.Cosem;

/// <summary>A logical name: six octets A to F, written A-B:C.D.E.F.</summary>
/// <remarks>Spec: IEC 62056-6-1, OBIS; sent as six octets in the order A to F.</remarks>
/// <param name="A">Medium: 0 abstract, 1 electricity.</param>
/// <param name="B">Channel.</param>
/// <param name="C">Quantity.</param>
/// <param name="D">Processing.</param>
/// <param name="E">Tariff or classification.</param>
/// <param name="F">Historical value; 255 for the current one.</param>
public readonly record struct ObisCode(byte A, byte B, byte C, byte D, byte E, byte F)
{
    /// <summary>How many octets a logical name has.</summary>
    public const int OctetCount = 6;

    /// <summary>The logical name in six octets.</summary>
    /// <param name="octets">Exactly six octets.</param>
    /// <exception cref="ArgumentException">There are not six octets.</exception>
    public static ObisCode FromOctets(ReadOnlySpan<byte> octets) => octets.Length == OctetCount
        ? new(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5])
        : throw new ArgumentException($"a logical name has {OctetCount} octets, not {octets.Length}", nameof(octets));

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Such as <c>1-0:1.8.0.255</c>; six dots are read too.</param>
    /// <exception cref="FormatException">The text is no logical name.</exception>
    public static ObisCode Parse(string text) => TryParse(text, out ObisCode code)
        ? code
        : throw new FormatException($"'{text}' is no logical name: six numbers from 0 to 255 as in 1-0:1.8.0.255 were expected");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Such as <c>1-0:1.8.0.255</c> or <c>1.0.1.8.0.255</c>.</param>
    /// <param name="code">The logical name, when the text is one.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out ObisCode code)
    {
        code = default;
        Span<byte> parts = stackalloc byte[OctetCount];
        bool isDotted = !text.ContainsAny('-', ':');
        ReadOnlySpan<char> separators = isDotted ? "....." : "-:...";
        for (int index = 0; index < OctetCount; index++)
        {
            int end = index < separators.Length ? text.IndexOf(separators[index]) : text.Length;
            if (end < 0 || !byte.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out parts[index]))
            {
                return false;
            }

            text = text[Math.Min(end + 1, text.Length)..];
        }

        code = FromOctets(parts);
        return true;
    }

    /// <summary>Copies the six octets.</summary>
    /// <param name="target">At least six octets.</param>
    /// <exception cref="ArgumentException">The target is too small.</exception>
    public void CopyTo(Span<byte> target)
    {
        if (target.Length < OctetCount)
        {
            throw new ArgumentException($"a logical name needs {OctetCount} octets", nameof(target));
        }

        target[0] = A;
        target[1] = B;
        target[2] = C;
        target[3] = D;
        target[4] = E;
        target[5] = F;
    }

    /// <summary>The six octets in a new array.</summary>
    public byte[] ToOctets() => [A, B, C, D, E, F];

    /// <summary>The text form, such as <c>1-0:1.8.0.255</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{A}-{B}:{C}.{D}.{E}.{F}");
}
