using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Security.Mmo;

namespace DeviceHarness.Drivers.Han;

/// <summary>A device that may join: its EUI-64 and its install code.</summary>
/// <param name="Eui64">The EUI-64, as a number.</param>
/// <param name="Code">The install code, whose checksum was right; a secret.</param>
public sealed record HanCandidate(ulong Eui64, InstallCode Code)
{
    private const int Eui64Digits = 16;

    /// <summary>Takes a candidate as it is written on a device's label.</summary>
    /// <param name="eui64">16 hexadecimal digits, most significant octet first; dashes, colons and spaces mean nothing.</param>
    /// <param name="code">The install code with its checksum, hexadecimal; dashes, colons and spaces mean nothing.</param>
    /// <param name="candidate">The candidate; null when refused.</param>
    /// <param name="problem">What is wrong, without any of the code; empty when nothing is.</param>
    public static bool TryParse(
        ReadOnlySpan<char> eui64, ReadOnlySpan<char> code, [NotNullWhen(true)] out HanCandidate? candidate, out string problem)
    {
        candidate = null;
        string digits = string.Concat(eui64.ToString().Where(character => character is not (' ' or '-' or ':')));
        if (digits.Length != Eui64Digits
            || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong device))
        {
            problem = "an EUI-64 is 16 hexadecimal digits";
            return false;
        }

        if (!InstallCode.TryParse(code, out InstallCode? taken, out CodecFault fault))
        {
            problem = fault.Kind == CodecFaultKind.BadChecksum
                ? "the checksum of the install code is wrong"
                : "an install code is 6, 8, 12 or 16 octets and two octets of checksum, hexadecimal";
            return false;
        }

        problem = string.Empty;
        candidate = new(device, taken);
        return true;
    }

    /// <summary>The device; never the code.</summary>
    public override string ToString() => $"{Eui64:X16}";
}
