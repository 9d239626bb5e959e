using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>SET request: normal, with-list, or in blocks.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Set-Request. Spans point into the octets that were decoded. A selection is 00, or 01 selector data.
/// <code>
/// C1 01 iid attribute 9 | selection | data
/// C1 02 iid attribute 9 | selection | last 1 | block 4 | length raw
/// C1 03 iid last 1 | block 4 | length raw
/// C1 04 iid n { attribute 9 | selection } n { data }
/// C1 05 iid n { attribute 9 | selection } last 1 | block 4 | length raw
/// </code>
/// </remarks>
public readonly ref struct SetRequest
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public SetRequestChoice Choice { get; private init; }

    /// <summary>Repeated by the response.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal and with-first-datablock: the attribute.</summary>
    public CosemAttributeDescriptor Attribute { get; private init; }

    /// <summary>Normal and with-first-datablock: the selection, if any.</summary>
    public SelectiveAccess Selection { get; private init; }

    /// <summary>Normal: one encoded value of type Data.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Block forms: true for the last block.</summary>
    public bool IsLastBlock { get; private init; }

    /// <summary>Block forms: the block's number, from 1.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>Block forms: this block's part of the encoded value.</summary>
    public ReadOnlySpan<byte> RawData { get; private init; }

    /// <summary>List forms: how many attributes.</summary>
    public int ListCount { get; private init; }

    /// <summary>List forms: the attributes, each a descriptor and a selection.</summary>
    public ReadOnlySpan<byte> EncodedList { get; private init; }

    /// <summary>With-list: as many encoded values of type Data.</summary>
    public ReadOnlySpan<byte> EncodedValues { get; private init; }

    /// <summary>Sets one attribute.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="data">One encoded value of type Data.</param>
    /// <param name="selection">The selection; none by default.</param>
    public static SetRequest Normal(
        InvokeIdAndPriority invokeId, CosemAttributeDescriptor attribute, ReadOnlySpan<byte> data, SelectiveAccess selection = default) =>
        new() { Choice = SetRequestChoice.Normal, InvokeId = invokeId, Attribute = attribute, Selection = selection, Data = data };

    /// <summary>Starts to set one attribute in blocks.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">1.</param>
    /// <param name="rawData">The first part of the encoded value.</param>
    /// <param name="selection">The selection; none by default.</param>
    public static SetRequest FirstDatablock(
        InvokeIdAndPriority invokeId,
        CosemAttributeDescriptor attribute,
        bool isLastBlock,
        uint blockNumber,
        ReadOnlySpan<byte> rawData,
        SelectiveAccess selection = default) => new()
        {
            Choice = SetRequestChoice.WithFirstDatablock,
            InvokeId = invokeId,
            Attribute = attribute,
            Selection = selection,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Sends a further block.</summary>
    /// <param name="invokeId">Of the request that started the transfer.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">From 2.</param>
    /// <param name="rawData">The next part of the encoded value.</param>
    public static SetRequest Datablock(
        InvokeIdAndPriority invokeId, bool isLastBlock, uint blockNumber, ReadOnlySpan<byte> rawData) => new()
        {
            Choice = SetRequestChoice.WithDatablock,
            InvokeId = invokeId,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Sets several attributes.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many descriptors, each with its selection.</param>
    /// <param name="encodedValues">So many encoded values.</param>
    public static SetRequest WithList(
        InvokeIdAndPriority invokeId, int listCount, ReadOnlySpan<byte> encodedList, ReadOnlySpan<byte> encodedValues) => new()
        {
            Choice = SetRequestChoice.WithList,
            InvokeId = invokeId,
            ListCount = listCount,
            EncodedList = encodedList,
            EncodedValues = encodedValues,
        };

    /// <summary>Starts to set several attributes in blocks.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many descriptors, each with its selection.</param>
    /// <param name="isLastBlock">True when no block follows.</param>
    /// <param name="blockNumber">1.</param>
    /// <param name="rawData">The first part of the encoded values.</param>
    public static SetRequest WithListAndFirstDatablock(
        InvokeIdAndPriority invokeId,
        int listCount,
        ReadOnlySpan<byte> encodedList,
        bool isLastBlock,
        uint blockNumber,
        ReadOnlySpan<byte> rawData) => new()
        {
            Choice = SetRequestChoice.WithListAndFirstDatablock,
            InvokeId = invokeId,
            ListCount = listCount,
            EncodedList = encodedList,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Decodes the request that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the request are left alone.</param>
    /// <param name="request">The request, when done.</param>
    /// <param name="consumedOctets">The request's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out SetRequest request, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        request = TryRead(ref reader, source, out SetRequest read) ? read : default;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in SetRequest request, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.SetRequest, (byte)request.Choice, request.InvokeId);
        switch (request.Choice)
        {
            case SetRequestChoice.Normal or SetRequestChoice.WithFirstDatablock:
                request.Attribute.Write(ref writer);
                request.Selection.Write(ref writer);
                break;
            case SetRequestChoice.WithList or SetRequestChoice.WithListAndFirstDatablock:
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedList);
                break;
            case SetRequestChoice.WithDatablock:
                break;
            default:
                writer.Fail();
                break;
        }

        switch (request.Choice)
        {
            case SetRequestChoice.Normal:
                ApduFields.WriteData(ref writer, request.Data);
                break;
            case SetRequestChoice.WithList:
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedValues);
                break;
            default:
                ApduFields.WriteBlock(ref writer, request.IsLastBlock, request.BlockNumber, request.RawData);
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out SetRequest request)
    {
        request = default;
        if (!ApduFields.TryReadHead(ref reader, ApduTag.SetRequest, 5, out byte octet, out InvokeIdAndPriority invokeId))
        {
            return false;
        }

        SetRequestChoice choice = (SetRequestChoice)octet;
        CosemAttributeDescriptor attribute = default;
        SelectiveAccess selection = default;
        ReadOnlySpan<byte> list = default;
        int count = 0;
        bool isHeadRead = choice switch
        {
            SetRequestChoice.Normal or SetRequestChoice.WithFirstDatablock =>
                CosemAttributeDescriptor.TryRead(ref reader, out attribute) && SelectiveAccess.TryRead(ref reader, out selection),
            SetRequestChoice.WithDatablock => true,
            _ => ApduFields.TryReadAttributes(ref reader, source, out count, out list),
        };
        if (!isHeadRead)
        {
            return false;
        }

        ReadOnlySpan<byte> data = default;
        ReadOnlySpan<byte> values = default;
        ReadOnlySpan<byte> raw = default;
        bool isLast = false;
        uint number = 0;
        bool isBodyRead = choice switch
        {
            SetRequestChoice.Normal => reader.TrySkipValue(out data),
            SetRequestChoice.WithList => ApduFields.TryReadValues(ref reader, source, count, out values),
            _ => ApduFields.TryReadBlock(ref reader, out isLast, out number, out raw),
        };
        request = new()
        {
            Choice = choice,
            InvokeId = invokeId,
            Attribute = attribute,
            Selection = selection,
            Data = data,
            IsLastBlock = isLast,
            BlockNumber = number,
            RawData = raw,
            ListCount = count,
            EncodedList = list,
            EncodedValues = values,
        };
        return isBodyRead;
    }
}
