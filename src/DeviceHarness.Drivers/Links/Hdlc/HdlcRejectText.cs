using System.Buffers;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>Says in words what a server rejects by FRMR.</summary>
internal static class HdlcRejectText
{
    private static readonly (byte Bit, string Text)[] Reasons =
    [
        (1, "undefined control field"),
        (2, "information not allowed"),
        (4, "information too long"),
        (8, "N(R) out of range"),
    ];

    internal static string Of(ReadOnlySpan<byte> information)
    {
        if (HdlcRejectInformation.Decode(information, out HdlcRejectInformation reject, out _, out _) != OperationStatus.Done)
        {
            return $"FRMR, information {Convert.ToHexString(information)}";
        }

        string[] reasons = [.. Reasons.Where(reason => (reject.ReasonOctet & reason.Bit) != 0).Select(reason => reason.Text)];
        string why = reasons.Length > 0 ? string.Join(", ", reasons) : $"reason {reject.ReasonOctet:X2}";
        return $"FRMR rejects {reject.RejectedControl} with V(S)={reject.SendState} V(R)={reject.ReceiveState}: {why}";
    }
}
