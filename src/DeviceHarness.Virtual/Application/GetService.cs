using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>The GET service: normal, with list, and the blocks of a long answer.</summary>
/// <remarks>Spec: IEC 62056-5-3, GET service and its block transfer, as the domain guide gives it. A new GET ends a long one.</remarks>
/// <param name="objects">The objects.</param>
/// <param name="association">The association of the moment.</param>
/// <param name="has">Whether a defect is planted.</param>
internal sealed class GetService(IObjectList objects, ApplicationAssociation association, Func<EsmeDefects, bool> has)
{
    /// <summary>The largest value that the meter can put together, in octets: thirteen months of half hours.</summary>
    public const int MaximumValueOctets = 1024 * 1024;

    /// <summary>The largest list of results, and the room that a value gets at first, in octets.</summary>
    public const int MaximumListOctets = 16 * 1024;

    private const int NormalHeadOctets = 4;
    private const int BlockHeadOctets = 9;
    private const ushort AssociationClass = 15;
    private const sbyte ObjectListAttribute = 2;

    private readonly byte[] _item = new byte[MaximumListOctets];
    private readonly byte[] _response = new byte[MaximumListOctets];
    private byte[] _value = new byte[MaximumListOctets];
    private int _valueOctets;
    private int _sentOctets;
    private uint _block;
    private bool _isLongGetRunning;
    private bool _isEndless;

    // With general blocks an answer leaves whole, as long as the meter can put it together, and is cut afterwards.
    private int LargestWholeOctets => association.Allows(Conformance.GeneralBlockTransfer) ? MaximumListOctets : association.AnswerOctets;

    /// <summary>Forgets a long answer.</summary>
    public void Reset() => _isLongGetRunning = false;

    /// <summary>Answers a GET of an open association.</summary>
    /// <returns>The response; an exception response when the request is malformed or its form was not agreed on.</returns>
    public ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> apdu)
    {
        OperationStatus status = GetRequest.Decode(apdu, out GetRequest request, out int consumedOctets, out CodecFault _);
        if (status != OperationStatus.Done || consumedOctets != apdu.Length)
        {
            return ServiceRefusals.Malformed;
        }

        if (!association.Allows(Conformance.Get))
        {
            return ServiceRefusals.NotSupported;
        }

        switch (request.Choice)
        {
            case GetRequestChoice.Normal:
                return AnswerNormal(request);
            case GetRequestChoice.Next:
                return AnswerNext(request);
            case GetRequestChoice.WithList:
                return association.Allows(Conformance.MultipleReferences) ? AnswerList(request) : ServiceRefusals.NotSupported;
            default:
                throw new UnreachableException($"GET choice {request.Choice}");
        }
    }

    private ReadOnlyMemory<byte> AnswerNormal(in GetRequest request)
    {
        Reset();
        DataAccessResult result = ReadWhole(request);
        if (result != DataAccessResult.Success)
        {
            return Encode(GetResponse.Error(request.InvokeId, result));
        }

        bool isList = request.Attribute is { ClassId: AssociationClass, AttributeId: ObjectListAttribute };
        _valueOctets /= isList && has(EsmeDefects.ListCutShort) ? 2 : 1;
        _isEndless = isList && has(EsmeDefects.ListWithoutEnd);
        return NormalHeadOctets + _valueOctets <= LargestWholeOctets
            ? Encode(GetResponse.Normal(request.InvokeId, _value.AsSpan(0, _valueOctets)))
            : StartBlocks(request.InvokeId);
    }

    // A value that does not fit is put together anew with twice the room: attributes can be read as often as one likes.
    private DataAccessResult ReadWhole(in GetRequest request)
    {
        while (true)
        {
            DataAccessResult result = Read(request.Attribute, request.Selection, _value, out _valueOctets, out bool isTooLong);
            if (!isTooLong || _value.Length >= MaximumValueOctets)
            {
                return result;
            }

            _value = new byte[_value.Length * 2];
        }
    }

    private ReadOnlyMemory<byte> AnswerList(in GetRequest request)
    {
        Reset();
        _isEndless = false;
        AxdrReader list = new(request.EncodedList);
        AxdrWriter results = new(_value);
        results.WriteLength(request.ListCount);
        for (int index = 0; index < request.ListCount; index++)
        {
            if (!CosemAttributeDescriptor.TryRead(ref list, out CosemAttributeDescriptor attribute)
                || !SelectiveAccess.TryRead(ref list, out SelectiveAccess selection))
            {
                throw new UnreachableException("the decoder lets no broken list through");
            }

            DataAccessResult result = Read(attribute, selection, _item, out int itemOctets, out _);
            GetDataResult item = result == DataAccessResult.Success ? new(_item.AsSpan(0, itemOctets)) : new(result);
            item.Write(ref results);
        }

        if (results.Complete(out _valueOctets) != OperationStatus.Done)
        {
            return Encode(GetResponse.Error(request.InvokeId, DataAccessResult.OtherReason));
        }

        int countOctets = AxdrWriter.LengthOctets(request.ListCount);
        return NormalHeadOctets - 1 + _valueOctets <= LargestWholeOctets
            ? Encode(GetResponse.WithList(request.InvokeId, request.ListCount, _value.AsSpan(countOctets, _valueOctets - countOctets)))
            : StartBlocks(request.InvokeId);
    }

    private ReadOnlyMemory<byte> AnswerNext(in GetRequest request)
    {
        DataAccessResult refusal = !_isLongGetRunning ? DataAccessResult.NoLongGetInProgress
            : request.BlockNumber != _block ? DataAccessResult.DataBlockNumberInvalid
            : DataAccessResult.Success;
        if (refusal != DataAccessResult.Success)
        {
            Reset();
            return Encode(GetResponse.DatablockError(request.InvokeId, isLastBlock: true, request.BlockNumber, refusal));
        }

        return NextBlock(request.InvokeId);
    }

    private ReadOnlyMemory<byte> StartBlocks(InvokeIdAndPriority invokeId)
    {
        if (!association.Allows(Conformance.BlockTransferWithGet))
        {
            return Encode(GetResponse.Error(invokeId, DataAccessResult.OtherReason));
        }

        _isLongGetRunning = true;
        _sentOctets = 0;
        _block = 0;
        return NextBlock(invokeId);
    }

    private ReadOnlyMemory<byte> NextBlock(InvokeIdAndPriority invokeId)
    {
        int room = association.AnswerOctets - BlockHeadOctets;
        int octets = Math.Min(_valueOctets - _sentOctets, room - AxdrWriter.LengthOctets(room));
        _block++;
        bool isLast = _sentOctets + octets == _valueOctets && !_isEndless;
        uint number = _block > 1 && has(EsmeDefects.BlockNumberOff) ? _block + 1 : _block;
        GetResponse block = GetResponse.Datablock(invokeId, isLast, number, _value.AsSpan(_sentOctets, octets));
        _sentOctets = (_sentOctets + octets) % (_isEndless ? _valueOctets : int.MaxValue);
        _isLongGetRunning = !isLast;
        return Encode(block);
    }

    private DataAccessResult Read(
        CosemAttributeDescriptor attribute, in SelectiveAccess selection, Span<byte> target, out int octets, out bool isTooLong)
    {
        octets = 0;
        isTooLong = false;
        if (objects.Find(attribute.LogicalName) is not CosemObject found)
        {
            return DataAccessResult.ObjectUndefined;
        }

        if (found.ClassId != attribute.ClassId)
        {
            return DataAccessResult.ObjectClassInconsistent;
        }

        if (selection.IsPresent && !association.Allows(Conformance.SelectiveAccess))
        {
            return DataAccessResult.ScopeOfAccessViolated;
        }

        AxdrWriter writer = new(target);
        DataAccessResult result = selection.IsPresent
            ? found.ReadSelected(attribute.AttributeId, association.Access, selection, ref writer)
            : found.Read(attribute.AttributeId, association.Access, ref writer);
        isTooLong = result == DataAccessResult.Success && writer.Complete(out octets) != OperationStatus.Done;
        return isTooLong ? DataAccessResult.OtherReason : result;
    }

    private ReadOnlyMemory<byte> Encode(in GetResponse response)
    {
        OperationStatus status = GetResponse.Encode(response, _response, out int writtenOctets);
        return status == OperationStatus.Done
            ? _response.AsMemory(0, writtenOctets)
            : throw new UnreachableException($"GET response: {status}");
    }
}
