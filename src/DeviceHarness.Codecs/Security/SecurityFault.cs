using System.Globalization;

namespace DeviceHarness.Codecs.Security;

/// <summary>Why a protected APDU was refused, or could not be made. It never holds a key, a secret or deciphered octets.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Expected">What was expected: a counter, a suite, a protection or a tag; -1 when no single value was.</param>
/// <param name="Actual">What was found; -1 when there was none.</param>
/// <param name="Codec">With <see cref="SecurityFaultKind.Malformed"/>, where the octets break their format.</param>
public readonly record struct SecurityFault(SecurityFaultKind Kind, long Expected = -1, long Actual = -1, CodecFault Codec = default)
{
    /// <summary>Nothing is wrong.</summary>
    public static SecurityFault None => default;

    /// <summary>The octets are no protected APDU.</summary>
    /// <param name="fault">Where they break their format.</param>
    public static SecurityFault Malformed(CodecFault fault) => new(SecurityFaultKind.Malformed, Codec: fault);

    /// <inheritdoc/>
    public override string ToString()
    {
        string expected = Expected < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", expected {Expected:X}");
        string actual = Actual < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", found {Actual:X}");
        return Kind == SecurityFaultKind.Malformed ? $"{Kind}: {Codec}" : $"{Kind}{expected}{actual}";
    }
}
