using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Agent.Survey;

/// <summary>HDLC addresses as a person writes them: <c>1</c>, <c>1/17</c>, <c>1/1017</c>, <c>1/17/4</c> for four octets.</summary>
internal static class HdlcAddressText
{
    private const string Allowed =
        "upper, upper/lower or upper/lower/4, such as 1, 1/17 or 1/1017; one part up to 127, in four octets to 16383";

    /// <summary>Reads one.</summary>
    /// <exception cref="ConfigurationException">SURV-020: it is none.</exception>
    internal static HdlcAddress Read(string text)
    {
        int[] parts = [.. text.Split('/').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1)];
        bool isLong = parts is [_, _, HdlcAddress.MaximumOctets]
            || (parts is [_, _] && parts.Max() > HdlcAddress.MaximumOneOctetPart);
        return parts switch
        {
            [>= 1 and <= HdlcAddress.MaximumOneOctetPart] => HdlcAddress.Server(parts[0]),
            [>= 1 and <= HdlcAddress.MaximumOneOctetPart, >= 0 and <= HdlcAddress.MaximumOneOctetPart] =>
                HdlcAddress.Server(parts[0], parts[1]),
            [>= 1 and <= HdlcAddress.MaximumTwoOctetPart, >= 0 and <= HdlcAddress.MaximumTwoOctetPart, ..] when isLong =>
                HdlcAddress.Server(parts[0], parts[1], HdlcAddress.MaximumOctets),
            _ => throw new ConfigurationException("SURV-020", "command line", 0, 0, "--address", $"'{DraftText.Plain(text)}'", Allowed),
        };
    }
}
