using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>The ACTION service: normal, with list, and long parameters in blocks. No method of this meter returns data.</summary>
/// <remarks>Spec: IEC 62056-5-3, ACTION service and its block transfer, as the domain guide gives it. An unconfirmed ACTION is carried out
/// and not
/// answered.</remarks>
internal sealed class ActionService(IObjectList objects, ApplicationAssociation association, CommandRecorder recorder)
{
    private const int MaximumListCount = 256;
    private const int OutcomeOctets = 2;
    private const int MaximumResponseOctets = (MaximumListCount * OutcomeOctets) + 64;

    private readonly LongRequest<CosemMethodDescriptor> _long = new();
    private readonly byte[] _response = new byte[MaximumResponseOctets];

    /// <summary>Forgets a long parameter.</summary>
    public void Reset() => _long.End();

    /// <summary>Answers an ACTION of an open association.</summary>
    /// <returns>The response; an exception response when the request is malformed or its form was not agreed on; empty when
    /// unconfirmed.</returns>
    public ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> apdu)
    {
        OperationStatus status = ActionRequest.Decode(apdu, out ActionRequest request, out int consumedOctets, out CodecFault _);
        if (status != OperationStatus.Done || consumedOctets != apdu.Length)
        {
            return ServiceRefusals.Malformed;
        }

        if (!association.Allows(Conformance.Action))
        {
            recorder.Unauthorised();
            return ServiceRefusals.NotSupported;
        }

        ReadOnlyMemory<byte> answer = Dispatch(request);
        return request.InvokeId.IsConfirmed ? answer : ReadOnlyMemory<byte>.Empty;
    }

    private ReadOnlyMemory<byte> Dispatch(in ActionRequest request)
    {
        bool isLong = request.Choice is ActionRequestChoice.WithFirstPblock or ActionRequestChoice.WithPblock;
        if (isLong && !association.Allows(Conformance.BlockTransferWithAction))
        {
            return ServiceRefusals.NotSupported;
        }

        switch (request.Choice)
        {
            case ActionRequestChoice.Normal:
                Reset();
                return Encode(ActionResponse.Normal(request.InvokeId, Perform(request.Method, request.Parameter)));
            case ActionRequestChoice.WithList
                    when association.Allows(Conformance.MultipleReferences) && request.ListCount <= MaximumListCount:
                Reset();
                return PerformList(request);
            case ActionRequestChoice.NextPblock:
                return Encode(ActionResponse.Normal(request.InvokeId, ActionResult.NoLongActionInProgress));
            case ActionRequestChoice.WithFirstPblock:
                _long.Begin(request.Method);
                return TakeBlock(request);
            case ActionRequestChoice.WithPblock:
                return TakeBlock(request);
            default:
                return ServiceRefusals.NotSupported;
        }
    }

    private ReadOnlyMemory<byte> PerformList(in ActionRequest request)
    {
        AxdrReader list = new(request.EncodedList);
        AxdrReader values = new(request.EncodedValues);
        byte[] outcomes = new byte[request.ListCount * OutcomeOctets];
        AxdrWriter writer = new(outcomes);
        for (int index = 0; index < request.ListCount; index++)
        {
            if (!CosemMethodDescriptor.TryRead(ref list, out CosemMethodDescriptor method)
                || !values.TrySkipValue(out ReadOnlySpan<byte> value))
            {
                throw new UnreachableException("the decoder lets no broken list through");
            }

            // A list has a value for every method; null-data stands for none.
            bool hasNone = value is [(byte)DlmsDataType.NullData];
            new ActionOutcome(Perform(method, hasNone ? default : value)).Write(ref writer);
        }

        return writer.Complete(out int octets) == OperationStatus.Done
            ? Encode(ActionResponse.WithList(request.InvokeId, request.ListCount, outcomes.AsSpan(0, octets)))
            : throw new UnreachableException("each outcome has two octets");
    }

    private ReadOnlyMemory<byte> TakeBlock(in ActionRequest request)
    {
        DataAccessResult result = _long.Append(request.BlockNumber, request.RawData);
        if (result == DataAccessResult.Success && !request.IsLastBlock)
        {
            return Encode(ActionResponse.NextPblock(request.InvokeId, request.BlockNumber));
        }

        ActionResult answer = result switch
        {
            DataAccessResult.Success => Perform(_long.Descriptor, _long.Parameter),
            DataAccessResult.NoLongSetInProgress => ActionResult.NoLongActionInProgress,
            _ => ActionResult.LongActionAborted,
        };
        _long.End();
        return Encode(ActionResponse.Normal(request.InvokeId, answer));
    }

    private ActionResult Perform(CosemMethodDescriptor method, ReadOnlySpan<byte> parameter)
    {
        ActionResult result = objects.Find(method.LogicalName) is not CosemObject found ? ActionResult.ObjectUndefined
            : found.ClassId != method.ClassId ? ActionResult.ObjectClassInconsistent
            : found.Invoke(method.MethodId, association.Access, parameter);
        bool holdsKeys = method is { ClassId: KeyTransfer.ClassId, MethodId: KeyTransfer.MethodId };
        recorder.Action(method.LogicalName, method.MethodId, holdsKeys ? default : parameter, (int)result);
        return result;
    }

    private ReadOnlyMemory<byte> Encode(in ActionResponse response)
    {
        OperationStatus status = ActionResponse.Encode(response, _response, out int writtenOctets);
        return status == OperationStatus.Done
            ? _response.AsMemory(0, writtenOctets)
            : throw new UnreachableException($"ACTION response: {status}");
    }
}
