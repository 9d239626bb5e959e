using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Explains a glo-, ded- or general wrapper and, with the right key, the APDU in it.</summary>
internal static class CipheredExplainer
{
    /// <summary>Explains the wrapper that the octets start with.</summary>
    public static ApduReading Explain(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status = CipheredApdu.Decode(octets, out CipheredApdu apdu, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            string title = apdu.SystemTitle.IsEmpty ? "" : $", system title {Convert.ToHexString(apdu.SystemTitle)}";
            string control = apdu.SecurityControl is byte octet ? $", security control {new SecurityControl(octet)}" : "";
            string counter = apdu.InvocationCounter is uint value ? $", invocation counter {value}" : "";
            string head = $"{apdu.Tag}{title}{control}{counter}, {apdu.Content.Length} octets";
            int contentOffset = offset + consumed - apdu.Content.Length;
            Content(writer, apdu, head, offset, contentOffset, nesting);
        }

        return new(status, consumed, fault);
    }

    private static void Content(
        ExplanationWriter writer, in CipheredApdu apdu, string head, int offset, int contentOffset, int nesting)
    {
        SecurityControl control = new(apdu.SecurityControl ?? 0);
        bool isWhole = apdu.InvocationCounter is not null && apdu.Content.Length > GcmCipher.OverheadOctets(control.Protection);
        if (!isWhole || control.IsCompressed)
        {
            writer.Line(offset, $"{head}, not deciphered");
            return;
        }

        int payloadOffset = contentOffset + GcmCipher.HeaderOctets;
        if (writer.Decipherer is null)
        {
            InClear(writer, apdu, control, head, offset, payloadOffset, nesting);
            return;
        }

        switch (writer.Decipherer.TryOpen(apdu, out byte[] deciphered, out string how))
        {
            case DecipheringOutcome.Opened:
                writer.Line(offset, $"{head}, {how}");
                Inner(writer, deciphered, payloadOffset, nesting);
                break;
            case DecipheringOutcome.NoTitle:
                writer.Line(offset, $"{head}, not deciphered: the sender's system title is not known");
                break;
            case DecipheringOutcome.NoKey:
                writer.Line(offset, $"{head}, not deciphered: no key of this suite's length");
                break;
            default:
                writer.Line(offset, head);
                writer.Wrong(payloadOffset, SecurityFaultKind.AuthenticationFailed, "no key and system title given fits these octets");
                break;
        }
    }

    private static void InClear(
        ExplanationWriter writer,
        in CipheredApdu apdu,
        SecurityControl control,
        string head,
        int offset,
        int payloadOffset,
        int nesting)
    {
        if (control.IsEncrypted)
        {
            writer.Line(offset, $"{head}, not deciphered");
            return;
        }

        int tagOctets = control.IsAuthenticated ? GcmCipher.TagOctets : 0;
        writer.Line(offset, $"{head}, in clear, {(control.IsAuthenticated ? "tag not checked" : "no tag")}");
        Inner(writer, apdu.Content[GcmCipher.HeaderOctets..^tagOctets], payloadOffset, nesting);
    }

    private static void Inner(ExplanationWriter writer, ReadOnlySpan<byte> apdu, int offset, int nesting)
    {
        writer.Enter();
        ApduExplainer.Explain(writer, apdu, offset, nesting + 1);
        writer.Leave();
    }
}
