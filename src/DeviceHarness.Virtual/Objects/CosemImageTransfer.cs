using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 18, Image transfer.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 18 version 0: 2 block size, 3 transferred blocks, 4 first block not transferred, 5 enabled,
/// 6 status, 7 image to activate; methods 1 initiate, 2 block, 3 verify, 4 activate.</remarks>
internal sealed class CosemImageTransfer(ObisCode logicalName, ImageTransfer image) : CosemObject(
    18,
    0,
    logicalName,
    [
        .. Enumerable.Range(2, 3).Select(id => new CosemAttributeRights(id, ClientAccess.Management)),
        new CosemAttributeRights(EnabledAttribute, ClientAccess.Management, ClientAccess.Management),
        new CosemAttributeRights(6, ClientAccess.Management),
        new CosemAttributeRights(7, ClientAccess.Management),
    ],
    [.. Enumerable.Range(1, 4).Select(id => new CosemMethodRights(id, ClientAccess.Management))])
{
    private const int EnabledAttribute = 5;
    private const int PairFields = 2;

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        switch (attribute)
        {
            case 2:
                writer.WriteDoubleLongUnsigned((uint)image.BlockOctets);
                break;
            case 3:
                EncodeMap(ref writer);
                break;
            case 4:
                writer.WriteDoubleLongUnsigned((uint)image.FirstNotTransferred);
                break;
            case EnabledAttribute:
                writer.WriteBoolean(image.IsEnabled);
                break;
            case 6:
                writer.WriteEnum((byte)image.ReportedStatus);
                break;
            case 7:
                EncodeImageToActivate(ref writer);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    /// <inheritdoc/>
    protected override DataAccessResult Accept(int attribute, ReadOnlySpan<byte> data)
    {
        AxdrReader reader = new(data);
        if (!reader.TryReadValue(out AxdrValue value) || reader.RemainingOctets > 0 || value.Type != DlmsDataType.Boolean
            || !value.TryGetInt64(out long isEnabled))
        {
            return DataAccessResult.TypeUnmatched;
        }

        image.IsEnabled = isEnabled != 0;
        return DataAccessResult.Success;
    }

    /// <inheritdoc/>
    protected override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        if (!image.IsEnabled)
        {
            return ActionResult.ReadWriteDenied;
        }

        switch (method)
        {
            case 1:
                return TryReadPair(parameters, DlmsDataType.OctetString, DlmsDataType.DoubleLongUnsigned,
                    out ReadOnlySpan<byte> identifier, out long imageOctets)
                    ? image.Initiate(identifier, imageOctets)
                    : ActionResult.TypeUnmatched;
            case 2:
                return TryReadPair(parameters, DlmsDataType.DoubleLongUnsigned, DlmsDataType.OctetString,
                    out ReadOnlySpan<byte> octets, out long block)
                    ? image.Store(block, octets)
                    : ActionResult.TypeUnmatched;
            case 3:
                return ActionParameters.IsIntegerZero(parameters) ? image.Verify() : ActionResult.TypeUnmatched;
            case 4:
                return ActionParameters.IsIntegerZero(parameters) ? image.Activate() : ActionResult.TypeUnmatched;
            default:
                throw Unknown(method);
        }
    }

    private static bool TryReadPair(
        ReadOnlySpan<byte> parameters, DlmsDataType first, DlmsDataType second, out ReadOnlySpan<byte> octets, out long number)
    {
        octets = default;
        number = 0;
        AxdrReader reader = new(parameters);
        if (!reader.TryReadValue(out AxdrValue head) || head.Type != DlmsDataType.Structure || head.Count != PairFields
            || !reader.TryReadValue(out AxdrValue one) || one.Type != first
            || !reader.TryReadValue(out AxdrValue two) || two.Type != second
            || reader.RemainingOctets > 0)
        {
            return false;
        }

        octets = first == DlmsDataType.OctetString ? one.Octets : two.Octets;
        return first == DlmsDataType.OctetString ? two.TryGetInt64(out number) : one.TryGetInt64(out number);
    }

    private void EncodeMap(ref AxdrWriter writer)
    {
        byte[] bits = new byte[(image.BlockCount + 7) / 8];
        for (int block = 0; block < image.BlockCount; block++)
        {
            bits[block / 8] |= (byte)(image.IsTransferred(block) ? 0x80 >> (block % 8) : 0);
        }

        writer.WriteBitString(bits, image.BlockCount);
    }

    private void EncodeImageToActivate(ref AxdrWriter writer)
    {
        bool isVerified = image.ReportedStatus is ImageTransferStatus.VerificationSuccessful or ImageTransferStatus.ActivationInitiated;
        writer.WriteArray(isVerified ? 1 : 0);
        if (isVerified)
        {
            writer.WriteStructure(3);
            writer.WriteDoubleLongUnsigned((uint)image.ImageOctets);
            writer.WriteOctetString(image.Identifier);
            writer.WriteOctetString(image.HashHeldImage());
        }
    }
}
