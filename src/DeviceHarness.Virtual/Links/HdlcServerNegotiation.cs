using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Virtual.Links;

/// <summary>What a station makes of the parameters that an SNRM proposes.</summary>
/// <remarks>Spec: IEC 62056-46, HDLC parameter negotiation, as the domain guide gives it: the smaller of both wishes, each from the
/// station's own point
/// of view; a missing parameter means the default.</remarks>
internal static class HdlcServerNegotiation
{
    /// <summary>The parameters to answer with.</summary>
    /// <param name="proposal">The information field of the SNRM; empty proposes the defaults.</param>
    /// <param name="options">What the station can and how strict it is.</param>
    /// <param name="agreed">The agreement, from the station's point of view.</param>
    /// <returns>False when the proposal is malformed, below the standard's minimum, or (to a strict station) holds an unknown
    /// parameter.</returns>
    public static bool TryNegotiate(ReadOnlySpan<byte> proposal, ServerLinkOptions options, out HdlcParameters agreed)
    {
        agreed = default;
        OperationStatus status = HdlcParameters.Decode(
            proposal, out HdlcParameters proposed, out HdlcUnknownParameters unknown, out int consumedOctets, out _);
        if (status != OperationStatus.Done || (options.IsStrict && (unknown.Count > 0 || consumedOctets != proposal.Length)))
        {
            return false;
        }

        HdlcParameters own = new(
            (uint)options.TransmitOctets, (uint)options.ReceiveOctets, (uint)options.TransmitWindowFrames,
            (uint)options.ReceiveWindowFrames);
        agreed = own.Negotiate(proposed);
        return agreed.IsInRange;
    }

    /// <summary>The information field of the UA.</summary>
    public static byte[] Encode(HdlcParameters agreed)
    {
        byte[] target = new byte[HdlcParameters.MaximumEncodedOctets];
        OperationStatus status = agreed.Encode(target, out int writtenOctets);
        return status == OperationStatus.Done ? target[..writtenOctets] : throw new UnreachableException($"parameters: {status}");
    }
}
