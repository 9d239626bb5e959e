using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Links;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 23, IEC HDLC setup: what the link layer was configured with; nobody may change it.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 23 version 1: 2 speed, 3/4 windows, 5/6 information lengths, 7 inter-octet time (ms), 8 inactivity
/// (s), 9 address.</remarks>
internal sealed class HdlcSetup(ObisCode logicalName, ServerLinkOptions link) : CosemObject(
    23, 1, logicalName, [.. Enumerable.Range(2, 8).Select(id => new CosemAttributeRights(id, ClientAccess.Identity))], [])
{
    private const byte Speed9600 = 5;

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        switch (attribute)
        {
            case 2:
                writer.WriteEnum(Speed9600);
                break;
            case 3:
                writer.WriteUnsigned((byte)link.TransmitWindowFrames);
                break;
            case 4:
                writer.WriteUnsigned((byte)link.ReceiveWindowFrames);
                break;
            case 5:
                writer.WriteLongUnsigned((ushort)link.TransmitOctets);
                break;
            case 6:
                writer.WriteLongUnsigned((ushort)link.ReceiveOctets);
                break;
            case 7:
                writer.WriteLongUnsigned((ushort)link.InterOctetTimeout.TotalMilliseconds);
                break;
            case 8:
                writer.WriteLongUnsigned((ushort)link.InactivityTimeout.TotalSeconds);
                break;
            case 9:
                writer.WriteLongUnsigned((ushort)(link.Address.OctetCount == 1 ? link.Address.Upper : link.Address.Lower));
                break;
            default:
                throw Unknown(attribute);
        }
    }
}
