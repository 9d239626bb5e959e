using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 15, Association LN: the object list with the rights of the client that asks, and the context of its
/// association.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 15 version 1. The list of a real meter takes kilobytes: the first block transfer that a client
/// meets.</remarks>
internal sealed class CosemAssociation(
    ObisCode logicalName, MeterClient? client, int serverSap, ApplicationAssociation current, Func<IReadOnlyList<CosemObject>> objects)
    : CosemObject(
        15,
        1,
        logicalName,
        [
            .. Enumerable.Range(2, 5).Select(id => new CosemAttributeRights(id, ClientAccess.Identity)),
            new CosemAttributeRights(7, null),
            new CosemAttributeRights(8, ClientAccess.Identity),
            new CosemAttributeRights(9, ClientAccess.Identity),
        ],
        [.. Enumerable.Range(1, 4).Select(id => new CosemMethodRights(id, null))])
{
    private const byte StatusNonAssociated = 0;
    private const byte StatusPending = 1;
    private const byte StatusAssociated = 2;
    private const byte ContextInClear = 1;
    private const byte ContextCiphered = 3;
    private static readonly byte[] ContextPrefix = [0x60, 0x85, 0x74, 0x05, 0x08, 0x01];
    private static readonly byte[] MechanismPrefix = [0x60, 0x85, 0x74, 0x05, 0x08, 0x02];

    // The object of the current association shows whoever is associated; the others show one client each.
    private int ClientAddress => client?.Address ?? current.ClientAddress;

    private MeterClient? Shown => client ?? current.Client;

    private bool IsCiphered => Shown is { IsCiphered: true };

    private byte Status => ClientAddress != current.ClientAddress ? StatusNonAssociated
        : current.IsOpen ? StatusAssociated
        : current.IsPending ? StatusPending
        : StatusNonAssociated;

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        switch (attribute)
        {
            case 2:
                EncodeObjectList(ref writer, client?.Access ?? current.Access);
                break;
            case 3:
                writer.WriteStructure(2);
                writer.WriteInteger((sbyte)ClientAddress);
                writer.WriteLongUnsigned((ushort)serverSap);
                break;
            case 4:
                writer.WriteOctetString([.. ContextPrefix, IsCiphered ? ContextCiphered : ContextInClear]);
                break;
            case 5:
                EncodeContextInformation(ref writer);
                break;
            case 6:
                writer.WriteOctetString([.. MechanismPrefix, (byte)(Shown?.Mechanism ?? 0)]);
                break;
            case 8:
                writer.WriteEnum(Status);
                break;
            case 9:
                writer.WriteOctetString(IsCiphered ? SecurityObjects.Setup.ToOctets() : new byte[ObisCode.OctetCount]);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    private static void EncodeRights(ref AxdrWriter writer, CosemObject item, ClientAccess access)
    {
        writer.WriteStructure(2);
        writer.WriteArray(item.Attributes.Count);
        foreach (CosemAttributeRights rights in item.Attributes)
        {
            writer.WriteStructure(3);
            writer.WriteInteger((sbyte)rights.Id);
            writer.WriteEnum(rights.ModeFor(access));
            writer.WriteNull();
        }

        writer.WriteArray(item.Methods.Count);
        foreach (CosemMethodRights rights in item.Methods)
        {
            writer.WriteStructure(2);
            writer.WriteInteger((sbyte)rights.Id);
            writer.WriteEnum((byte)(rights.CanInvoke(access) ? 1 : 0));
        }
    }

    private void EncodeObjectList(ref AxdrWriter writer, ClientAccess access)
    {
        IReadOnlyList<CosemObject> all = objects();
        writer.WriteArray(all.Count);
        foreach (CosemObject item in all)
        {
            writer.WriteStructure(4);
            writer.WriteLongUnsigned(item.ClassId);
            writer.WriteUnsigned(item.Version);
            writer.WriteOctetString(item.LogicalName.ToOctets());
            EncodeRights(ref writer, item, access);
        }
    }

    private void EncodeContextInformation(ref AxdrWriter writer)
    {
        uint conformance = (uint)current.Conformance;
        writer.WriteStructure(6);
        writer.WriteBitString([(byte)(conformance >> 16), (byte)(conformance >> 8), (byte)conformance], 24);
        writer.WriteLongUnsigned((ushort)current.ReceiveOctets);
        writer.WriteLongUnsigned((ushort)current.SendOctets);
        writer.WriteUnsigned(ApplicationAssociation.DlmsVersion);
        writer.WriteInteger(0);
        writer.WriteOctetString([]);
    }
}
