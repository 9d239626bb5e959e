using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Virtual.Links;

/// <summary>Puts a notification into information fields of UI frames: one, or a series of blocks when it is longer.</summary>
/// <remarks>Spec: IEC 62056-46, UI frames, and IEC 62056-5-3, general block transfer, as the domain guide gives them: nothing acknowledges
/// such blocks, and only the first has the LLC header.</remarks>
internal static class PushFrames
{
    /// <summary>The smallest information field that a block fits into, in octets.</summary>
    public const int MinimumInformationOctets = LlcHeader.OctetCount + GeneralBlockSettings.OverheadOctets + 1;

    /// <summary>The information fields.</summary>
    /// <param name="apdu">The notification; not empty.</param>
    /// <param name="informationOctets">The longest field, at least <see cref="MinimumInformationOctets"/>.</param>
    public static IReadOnlyList<byte[]> Of(ReadOnlyMemory<byte> apdu, int informationOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(informationOctets, MinimumInformationOctets);
        if (LlcHeader.OctetCount + apdu.Length <= informationOctets)
        {
            return [[.. LlcHeader.Response.Octets, .. apdu.Span]];
        }

        List<byte[]> fields = [];
        byte[] block = new byte[informationOctets];
        GeneralBlockSender sender = new(
            apdu, informationOctets - LlcHeader.OctetCount - GeneralBlockSettings.OverheadOctets, windowBlocks: 0);
        while (sender.TryNext(acknowledgedNumber: 0, ownWindowBlocks: 0, out GeneralBlockTransfer next))
        {
            if (GeneralBlockTransfer.Encode(next, block, out int octets) != OperationStatus.Done)
            {
                throw new UnreachableException("a block is cut to fit its frame");
            }

            fields.Add(fields.Count == 0 ? [.. LlcHeader.Response.Octets, .. block.AsSpan(0, octets)] : block[..octets]);
        }

        return fields;
    }
}
