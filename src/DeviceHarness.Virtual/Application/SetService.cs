using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>The SET service: normal, with list, and long values in blocks.</summary>
/// <remarks>Spec: IEC 62056-5-3, SET service and its block transfer, as the domain guide gives it. An unconfirmed SET is carried out and
/// not answered.</remarks>
internal sealed class SetService(IObjectList objects, ApplicationAssociation association, CommandRecorder recorder)
{
    private const int MaximumListCount = 512;
    private const int MaximumResponseOctets = MaximumListCount + 16;

    private readonly LongRequest<CosemAttributeDescriptor> _long = new();
    private readonly byte[] _response = new byte[MaximumResponseOctets];

    /// <summary>Forgets a long value.</summary>
    public void Reset() => _long.End();

    /// <summary>Answers a SET of an open association.</summary>
    /// <returns>The response; an exception response when the request is malformed or its form was not agreed on; empty when
    /// unconfirmed.</returns>
    public ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> apdu)
    {
        OperationStatus status = SetRequest.Decode(apdu, out SetRequest request, out int consumedOctets, out CodecFault _);
        if (status != OperationStatus.Done || consumedOctets != apdu.Length)
        {
            return ServiceRefusals.Malformed;
        }

        if (!association.Allows(Conformance.Set))
        {
            recorder.Unauthorised();
            return ServiceRefusals.NotSupported;
        }

        ReadOnlyMemory<byte> answer = Dispatch(request);
        return request.InvokeId.IsConfirmed ? answer : ReadOnlyMemory<byte>.Empty;
    }

    private ReadOnlyMemory<byte> Dispatch(in SetRequest request)
    {
        bool isLong = request.Choice is SetRequestChoice.WithFirstDatablock or SetRequestChoice.WithDatablock;
        if (isLong && !association.Allows(Conformance.BlockTransferWithSet))
        {
            return ServiceRefusals.NotSupported;
        }

        switch (request.Choice)
        {
            case SetRequestChoice.Normal:
                Reset();
                return Encode(SetResponse.Normal(request.InvokeId, Write(request.Attribute, request.Selection.IsPresent, request.Data)));
            case SetRequestChoice.WithFirstDatablock:
                if (request.Selection.IsPresent)
                {
                    return Encode(SetResponse.Normal(request.InvokeId, DataAccessResult.ScopeOfAccessViolated));
                }

                _long.Begin(request.Attribute);
                return TakeBlock(request);
            case SetRequestChoice.WithDatablock:
                return TakeBlock(request);
            case SetRequestChoice.WithList when association.Allows(Conformance.MultipleReferences) && request.ListCount <= MaximumListCount:
                Reset();
                return WriteList(request);
            default:
                return ServiceRefusals.NotSupported;
        }
    }

    private ReadOnlyMemory<byte> TakeBlock(in SetRequest request)
    {
        DataAccessResult result = _long.Append(request.BlockNumber, request.RawData);
        if (result == DataAccessResult.Success && !request.IsLastBlock)
        {
            return Encode(SetResponse.Datablock(request.InvokeId, request.BlockNumber));
        }

        if (result == DataAccessResult.Success)
        {
            result = Write(_long.Descriptor, isSelective: false, _long.Parameter);
        }

        _long.End();
        return Encode(SetResponse.LastDatablock(request.InvokeId, result, request.BlockNumber));
    }

    private ReadOnlyMemory<byte> WriteList(in SetRequest request)
    {
        AxdrReader list = new(request.EncodedList);
        AxdrReader values = new(request.EncodedValues);
        byte[] results = new byte[request.ListCount];
        for (int index = 0; index < request.ListCount; index++)
        {
            if (!CosemAttributeDescriptor.TryRead(ref list, out CosemAttributeDescriptor attribute)
                || !SelectiveAccess.TryRead(ref list, out SelectiveAccess selection)
                || !values.TrySkipValue(out ReadOnlySpan<byte> value))
            {
                throw new UnreachableException("the decoder lets no broken list through");
            }

            results[index] = (byte)Write(attribute, selection.IsPresent, value);
        }

        return Encode(SetResponse.WithList(request.InvokeId, results));
    }

    private DataAccessResult Write(CosemAttributeDescriptor attribute, bool isSelective, ReadOnlySpan<byte> data)
    {
        DataAccessResult result = WriteUnrecorded(attribute, isSelective, data);
        recorder.Set(attribute.LogicalName, attribute.AttributeId, data, (int)result);
        return result;
    }

    private DataAccessResult WriteUnrecorded(CosemAttributeDescriptor attribute, bool isSelective, ReadOnlySpan<byte> data)
    {
        if (objects.Find(attribute.LogicalName) is not CosemObject found)
        {
            return DataAccessResult.ObjectUndefined;
        }

        if (found.ClassId != attribute.ClassId)
        {
            return DataAccessResult.ObjectClassInconsistent;
        }

        return isSelective
            ? DataAccessResult.ScopeOfAccessViolated
            : found.Write(attribute.AttributeId, association.Access, data);
    }

    private ReadOnlyMemory<byte> Encode(in SetResponse response)
    {
        OperationStatus status = SetResponse.Encode(response, _response, out int writtenOctets);
        return status == OperationStatus.Done
            ? _response.AsMemory(0, writtenOctets)
            : throw new UnreachableException($"SET response: {status}");
    }
}
