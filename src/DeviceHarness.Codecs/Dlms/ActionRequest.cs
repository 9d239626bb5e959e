using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>ACTION request: normal, with-list, next-pblock, or in blocks.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Action-Request. Spans point into the octets that were decoded.
/// <code>
/// C3 01 iid method 9 | 00, or 01 data
/// C3 02 iid block 4
/// C3 03 iid n { method 9 } n { data }
/// C3 04 iid method 9 | last 1 | block 4 | length raw
/// C3 05 iid n { method 9 } last 1 | block 4 | length raw
/// C3 06 iid last 1 | block 4 | length raw
/// </code>
/// </remarks>
public readonly ref struct ActionRequest
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public ActionRequestChoice Choice { get; private init; }

    /// <summary>Repeated by the response.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal and with-first-pblock: the method.</summary>
    public CosemMethodDescriptor Method { get; private init; }

    /// <summary>Normal: the parameter, one encoded value of type Data; empty when there is none.</summary>
    public ReadOnlySpan<byte> Parameter { get; private init; }

    /// <summary>Block forms: true for the last block.</summary>
    public bool IsLastBlock { get; private init; }

    /// <summary>Block forms: the block's number, from 1. Next-pblock: the block just received.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>Block forms: this block's part of the encoded parameter.</summary>
    public ReadOnlySpan<byte> RawData { get; private init; }

    /// <summary>List forms: how many methods.</summary>
    public int ListCount { get; private init; }

    /// <summary>List forms: the method descriptors, to be read with <see cref="CosemMethodDescriptor.TryRead"/>.</summary>
    public ReadOnlySpan<byte> EncodedList { get; private init; }

    /// <summary>With-list: as many encoded values of type Data; null-data where a method takes none.</summary>
    public ReadOnlySpan<byte> EncodedValues { get; private init; }

    /// <summary>Invokes one method.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameter">One encoded value of type Data; empty to send none.</param>
    public static ActionRequest Normal(
        InvokeIdAndPriority invokeId, CosemMethodDescriptor method, ReadOnlySpan<byte> parameter = default) =>
        new() { Choice = ActionRequestChoice.Normal, InvokeId = invokeId, Method = method, Parameter = parameter };

    /// <summary>Asks for the next block of the answer.</summary>
    /// <param name="invokeId">Of the request that started the transfer.</param>
    /// <param name="blockNumber">The block just received.</param>
    public static ActionRequest NextPblock(InvokeIdAndPriority invokeId, uint blockNumber) =>
        new() { Choice = ActionRequestChoice.NextPblock, InvokeId = invokeId, BlockNumber = blockNumber };

    /// <summary>Invokes several methods.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many method descriptors.</param>
    /// <param name="encodedValues">So many encoded values.</param>
    public static ActionRequest WithList(
        InvokeIdAndPriority invokeId, int listCount, ReadOnlySpan<byte> encodedList, ReadOnlySpan<byte> encodedValues) => new()
        {
            Choice = ActionRequestChoice.WithList,
            InvokeId = invokeId,
            ListCount = listCount,
            EncodedList = encodedList,
            EncodedValues = encodedValues,
        };

    /// <summary>Invokes one method whose parameter is sent in blocks.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="method">The method.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">1.</param>
    /// <param name="rawData">The first part of the encoded parameter.</param>
    public static ActionRequest FirstPblock(
        InvokeIdAndPriority invokeId, CosemMethodDescriptor method, bool isLastBlock, uint blockNumber, ReadOnlySpan<byte> rawData) => new()
        {
            Choice = ActionRequestChoice.WithFirstPblock,
            InvokeId = invokeId,
            Method = method,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Invokes several methods whose parameters are sent in blocks.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many method descriptors.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">1.</param>
    /// <param name="rawData">The first part of the encoded parameters.</param>
    public static ActionRequest WithListAndFirstPblock(
        InvokeIdAndPriority invokeId,
        int listCount,
        ReadOnlySpan<byte> encodedList,
        bool isLastBlock,
        uint blockNumber,
        ReadOnlySpan<byte> rawData) => new()
        {
            Choice = ActionRequestChoice.WithListAndFirstPblock,
            InvokeId = invokeId,
            ListCount = listCount,
            EncodedList = encodedList,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Sends a further block of the parameter.</summary>
    /// <param name="invokeId">Of the request that started the transfer.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">From 2.</param>
    /// <param name="rawData">The next part of the encoded parameter.</param>
    public static ActionRequest Pblock(
        InvokeIdAndPriority invokeId, bool isLastBlock, uint blockNumber, ReadOnlySpan<byte> rawData) => new()
        {
            Choice = ActionRequestChoice.WithPblock,
            InvokeId = invokeId,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Decodes the request that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the request are left alone.</param>
    /// <param name="request">The request, when done.</param>
    /// <param name="consumedOctets">The request's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out ActionRequest request, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        request = TryRead(ref reader, source, out ActionRequest read) ? read : default;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in ActionRequest request, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.ActionRequest, (byte)request.Choice, request.InvokeId);
        switch (request.Choice)
        {
            case ActionRequestChoice.Normal:
                request.Method.Write(ref writer);
                writer.WriteFlag(!request.Parameter.IsEmpty);
                writer.WriteOctets(request.Parameter);
                break;
            case ActionRequestChoice.NextPblock:
                writer.WriteUInt32(request.BlockNumber);
                break;
            case ActionRequestChoice.WithList:
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedList);
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedValues);
                break;
            case ActionRequestChoice.WithFirstPblock:
                request.Method.Write(ref writer);
                ApduFields.WriteBlock(ref writer, request.IsLastBlock, request.BlockNumber, request.RawData);
                break;
            case ActionRequestChoice.WithListAndFirstPblock:
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedList);
                ApduFields.WriteBlock(ref writer, request.IsLastBlock, request.BlockNumber, request.RawData);
                break;
            case ActionRequestChoice.WithPblock:
                ApduFields.WriteBlock(ref writer, request.IsLastBlock, request.BlockNumber, request.RawData);
                break;
            default:
                writer.Fail();
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out ActionRequest request)
    {
        request = default;
        if (!ApduFields.TryReadHead(ref reader, ApduTag.ActionRequest, 6, out byte octet, out InvokeIdAndPriority invokeId))
        {
            return false;
        }

        ActionRequestChoice choice = (ActionRequestChoice)octet;
        CosemMethodDescriptor method = default;
        ReadOnlySpan<byte> list = default;
        int count = 0;
        bool isHeadRead = choice switch
        {
            ActionRequestChoice.Normal or ActionRequestChoice.WithFirstPblock => CosemMethodDescriptor.TryRead(ref reader, out method),
            ActionRequestChoice.NextPblock or ActionRequestChoice.WithPblock => true,
            _ => TryReadMethods(ref reader, out count, out list),
        };
        if (!isHeadRead)
        {
            return false;
        }

        ReadOnlySpan<byte> parameter = default;
        ReadOnlySpan<byte> values = default;
        ReadOnlySpan<byte> raw = default;
        bool isLast = false;
        uint number = 0;
        bool isBodyRead = choice switch
        {
            ActionRequestChoice.Normal =>
                reader.TryReadFlag(out bool hasParameter) && (!hasParameter || reader.TrySkipValue(out parameter)),
            ActionRequestChoice.NextPblock => reader.TryReadUInt32(out number),
            ActionRequestChoice.WithList => ApduFields.TryReadValues(ref reader, source, count, out values),
            _ => ApduFields.TryReadBlock(ref reader, out isLast, out number, out raw),
        };
        request = new()
        {
            Choice = choice,
            InvokeId = invokeId,
            Method = method,
            Parameter = parameter,
            IsLastBlock = isLast,
            BlockNumber = number,
            RawData = raw,
            ListCount = count,
            EncodedList = list,
            EncodedValues = values,
        };
        return isBodyRead;
    }

    private static bool TryReadMethods(scoped ref AxdrReader reader, out int count, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        return reader.TryReadCount(CosemMethodDescriptor.OctetCount, out count)
            && reader.TryReadOctets(count * CosemMethodDescriptor.OctetCount, out encoded);
    }
}
