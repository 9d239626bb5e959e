using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Which bits of the conformance block an APDU needs: a client does not send it without them, a server refuses it.</summary>
/// <remarks>Spec: IEC 62056-5-3, Conformance. Each service has its bit; blocks, lists, selections and attribute 0 have one more.</remarks>
public static class ServiceConformance
{
    /// <summary>The bits that an APDU needs.</summary>
    /// <param name="apdu">A whole APDU in clear; of one that cannot be decoded only the service's bit is told.</param>
    /// <returns><see cref="Conformance.None"/> for association, release and errors, which need none.</returns>
    public static Conformance RequiredBy(ReadOnlySpan<byte> apdu) => apdu.IsEmpty ? Conformance.None : (ApduTag)apdu[0] switch
    {
        ApduTag.GetRequest or ApduTag.GetResponse => Conformance.Get | OfGet(apdu),
        ApduTag.SetRequest or ApduTag.SetResponse => Conformance.Set | OfSet(apdu),
        ApduTag.ActionRequest or ApduTag.ActionResponse => Conformance.Action | OfAction(apdu),
        ApduTag.EventNotification => Conformance.EventNotification,
        ApduTag.DataNotification => Conformance.DataNotification,
        ApduTag.AccessRequest or ApduTag.AccessResponse => Conformance.Access,
        ApduTag.GeneralBlockTransfer => Conformance.GeneralBlockTransfer,
        ApduTag.GeneralGloCiphering or ApduTag.GeneralDedCiphering or ApduTag.GeneralCiphering or ApduTag.GeneralSigning =>
            Conformance.GeneralProtection,
        _ => Conformance.None,
    };

    private static Conformance OfGet(ReadOnlySpan<byte> apdu)
    {
        if (GetRequest.Decode(apdu, out GetRequest request, out _, out _) == OperationStatus.Done)
        {
            return request.Choice switch
            {
                GetRequestChoice.Normal => OfItem(request.Attribute, request.Selection, Conformance.Attribute0SupportedWithGet),
                GetRequestChoice.Next => Conformance.BlockTransferWithGet,
                _ => OfList(request.EncodedList, Conformance.Attribute0SupportedWithGet),
            };
        }

        return GetResponse.Decode(apdu, out GetResponse response, out _, out _) != OperationStatus.Done ? Conformance.None
            : response.Choice switch
            {
                GetResponseChoice.WithDatablock => Conformance.BlockTransferWithGet,
                GetResponseChoice.WithList => Conformance.MultipleReferences,
                _ => Conformance.None,
            };
    }

    private static Conformance OfSet(ReadOnlySpan<byte> apdu)
    {
        if (SetRequest.Decode(apdu, out SetRequest request, out _, out _) == OperationStatus.Done)
        {
            Conformance items = request.Choice switch
            {
                SetRequestChoice.WithDatablock => Conformance.None,
                SetRequestChoice.Normal or SetRequestChoice.WithFirstDatablock =>
                    OfItem(request.Attribute, request.Selection, Conformance.Attribute0SupportedWithSet),
                _ => OfList(request.EncodedList, Conformance.Attribute0SupportedWithSet),
            };
            bool isBlock = request.Choice is not (SetRequestChoice.Normal or SetRequestChoice.WithList);
            return items | (isBlock ? Conformance.BlockTransferWithSet : Conformance.None);
        }

        return SetResponse.Decode(apdu, out SetResponse response, out _, out _) != OperationStatus.Done ? Conformance.None
            : response.Choice switch
            {
                SetResponseChoice.Datablock or SetResponseChoice.LastDatablock => Conformance.BlockTransferWithSet,
                SetResponseChoice.LastDatablockWithList => Conformance.BlockTransferWithSet | Conformance.MultipleReferences,
                SetResponseChoice.WithList => Conformance.MultipleReferences,
                _ => Conformance.None,
            };
    }

    private static Conformance OfAction(ReadOnlySpan<byte> apdu)
    {
        if (ActionRequest.Decode(apdu, out ActionRequest request, out _, out _) == OperationStatus.Done)
        {
            return request.Choice switch
            {
                ActionRequestChoice.Normal => Conformance.None,
                ActionRequestChoice.WithList => Conformance.MultipleReferences,
                ActionRequestChoice.WithListAndFirstPblock => Conformance.BlockTransferWithAction | Conformance.MultipleReferences,
                _ => Conformance.BlockTransferWithAction,
            };
        }

        return ActionResponse.Decode(apdu, out ActionResponse response, out _, out _) != OperationStatus.Done ? Conformance.None
            : response.Choice switch
            {
                ActionResponseChoice.Normal => Conformance.None,
                ActionResponseChoice.WithList => Conformance.MultipleReferences,
                _ => Conformance.BlockTransferWithAction,
            };
    }

    private static Conformance OfItem(CosemAttributeDescriptor attribute, in SelectiveAccess selection, Conformance all) =>
        (selection.IsPresent ? Conformance.SelectiveAccess : Conformance.None)
        | (attribute.AttributeId == 0 ? all : Conformance.None);

    private static Conformance OfList(ReadOnlySpan<byte> encodedList, Conformance all)
    {
        Conformance needed = Conformance.MultipleReferences;
        AxdrReader reader = new(encodedList);
        while (reader.RemainingOctets > 0
            && CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor attribute)
            && SelectiveAccess.TryRead(ref reader, out SelectiveAccess selection))
        {
            needed |= OfItem(attribute, selection, all);
        }

        return needed;
    }
}
