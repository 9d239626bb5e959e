using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>GET request: normal, next or with-list.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Get-Request. Spans point into the octets that were decoded.
/// <code>
/// C0 01 iid attribute 9 | 00, or 01 selector data        normal
/// C0 02 iid block 4                                      next: the number of the block just received
/// C0 03 iid count { attribute 9 | 00, or 01 selector data }
/// </code>
/// </remarks>
public readonly ref struct GetRequest
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public GetRequestChoice Choice { get; private init; }

    /// <summary>Repeated by the response.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal: the attribute.</summary>
    public CosemAttributeDescriptor Attribute { get; private init; }

    /// <summary>Normal: the selection, if any.</summary>
    public SelectiveAccess Selection { get; private init; }

    /// <summary>Next: the number of the block just received, from 1.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>With-list: how many attributes.</summary>
    public int ListCount { get; private init; }

    /// <summary>With-list: the attributes, to be read with an <see cref="AxdrReader"/>, each a descriptor and a selection.</summary>
    public ReadOnlySpan<byte> EncodedList { get; private init; }

    /// <summary>Asks for one attribute.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="selection">The selection; none by default.</param>
    public static GetRequest Normal(
        InvokeIdAndPriority invokeId, CosemAttributeDescriptor attribute, SelectiveAccess selection = default) =>
        new() { Choice = GetRequestChoice.Normal, InvokeId = invokeId, Attribute = attribute, Selection = selection };

    /// <summary>Asks for the next block.</summary>
    /// <param name="invokeId">Of the request that started the transfer.</param>
    /// <param name="blockNumber">The number of the block just received.</param>
    public static GetRequest Next(InvokeIdAndPriority invokeId, uint blockNumber) =>
        new() { Choice = GetRequestChoice.Next, InvokeId = invokeId, BlockNumber = blockNumber };

    /// <summary>Asks for several attributes.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many descriptors, each with its selection.</param>
    public static GetRequest WithList(InvokeIdAndPriority invokeId, int listCount, ReadOnlySpan<byte> encodedList) =>
        new() { Choice = GetRequestChoice.WithList, InvokeId = invokeId, ListCount = listCount, EncodedList = encodedList };

    /// <summary>Decodes the request that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the request are left alone.</param>
    /// <param name="request">The request, when done.</param>
    /// <param name="consumedOctets">The request's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out GetRequest request, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        TryRead(ref reader, source, out request);
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in GetRequest request, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.GetRequest, (byte)request.Choice, request.InvokeId);
        switch (request.Choice)
        {
            case GetRequestChoice.Normal:
                request.Attribute.Write(ref writer);
                request.Selection.Write(ref writer);
                break;
            case GetRequestChoice.Next:
                writer.WriteUInt32(request.BlockNumber);
                break;
            case GetRequestChoice.WithList:
                writer.WriteLength(request.ListCount);
                writer.WriteOctets(request.EncodedList);
                break;
            default:
                writer.Fail();
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out GetRequest request)
    {
        request = default;
        if (!ApduFields.TryReadHead(ref reader, ApduTag.GetRequest, 3, out byte choice, out InvokeIdAndPriority invokeId))
        {
            return false;
        }

        switch ((GetRequestChoice)choice)
        {
            case GetRequestChoice.Normal:
                if (!CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor attribute)
                    || !SelectiveAccess.TryRead(ref reader, out SelectiveAccess selection))
                {
                    return false;
                }

                request = Normal(invokeId, attribute, selection);
                return true;
            case GetRequestChoice.Next:
                if (!reader.TryReadUInt32(out uint blockNumber))
                {
                    return false;
                }

                request = Next(invokeId, blockNumber);
                return true;
            default:
                if (!ApduFields.TryReadAttributes(ref reader, source, out int count, out ReadOnlySpan<byte> encoded))
                {
                    return false;
                }

                request = WithList(invokeId, count, encoded);
                return true;
        }
    }
}
