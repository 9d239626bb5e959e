using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Agent.Replay;

/// <summary>A request out of evidence with zeros where a token or an install code is masked, so that a driver can send it: of its octets
/// those are masked too, and taken as they come.</summary>
/// <remarks>In a ciphered association nothing of a request is masked on the wire, and the octets differ.</remarks>
internal static class MaskedRequest
{
    private const string Token = $"UTRN>{EvidenceDocument.MaskedOctet}</";
    private const string InstallCode = $"InstallCode>{EvidenceDocument.MaskedOctet}</";

    /// <summary>Fills in what is masked.</summary>
    /// <param name="xml">The request.</param>
    /// <param name="pieces">The octets of its step; null where one is masked.</param>
    public static string Fill(string xml, IEnumerable<byte?[]> pieces)
    {
        if (!xml.Contains(EvidenceDocument.MaskedOctet, StringComparison.Ordinal))
        {
            return xml;
        }

        int octets = Math.Clamp(
            pieces.Max(LongestMask), HanDeviceJoin.MinInstallCodeOctets, HanDeviceJoin.MaxInstallCodeOctets);
        return xml
            .Replace(Token, $"UTRN>{new string('0', TopUpDevice.UtrnDigits)}</", StringComparison.Ordinal)
            .Replace(InstallCode, $"InstallCode>{new string('0', octets * 2)}</", StringComparison.Ordinal);
    }

    private static int LongestMask(byte?[] octets)
    {
        int longest = 0;
        int current = 0;
        foreach (byte? octet in octets)
        {
            current = octet is null ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
