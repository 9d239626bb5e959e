using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>The ACTION service: normal, and long parameters in blocks. No method of this meter returns data.</summary>
/// <remarks>Spec: IEC 62056-5-3, ACTION service and its block transfer, as the domain guide gives it. An unconfirmed ACTION is carried out
/// and not
/// answered.</remarks>
internal sealed class ActionService(EsmeObjects objects, ApplicationAssociation association, CommandRecorder recorder)
{
    private const int MaximumResponseOctets = 64;

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
        recorder.Action(method.LogicalName, method.MethodId, parameter, (int)result);
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
