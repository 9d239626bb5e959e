using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>SET response: one result, several, or the acknowledgement of a block.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Set-Response. Spans point into the octets that were decoded.
/// <code>
/// C5 01 iid result        C5 02 iid block 4        C5 03 iid result | block 4
/// C5 04 iid n { result } block 4                   C5 05 iid n { result }
/// </code>
/// </remarks>
public readonly ref struct SetResponse
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public SetResponseChoice Choice { get; private init; }

    /// <summary>As in the request.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal and last-datablock: whether the value was taken.</summary>
    public DataAccessResult Result { get; private init; }

    /// <summary>Block forms: the number of the block just taken.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>List forms: one octet per attribute, each a <see cref="DataAccessResult"/>.</summary>
    public ReadOnlySpan<byte> Results { get; private init; }

    /// <summary>Answers with the result.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="result">Whether the value was taken.</param>
    public static SetResponse Normal(InvokeIdAndPriority invokeId, DataAccessResult result) =>
        new() { Choice = SetResponseChoice.Normal, InvokeId = invokeId, Result = result };

    /// <summary>Acknowledges a block that is not the last.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="blockNumber">The block just taken.</param>
    public static SetResponse Datablock(InvokeIdAndPriority invokeId, uint blockNumber) =>
        new() { Choice = SetResponseChoice.Datablock, InvokeId = invokeId, BlockNumber = blockNumber };

    /// <summary>Acknowledges the last block.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="result">Whether the whole value was taken.</param>
    /// <param name="blockNumber">The block just taken.</param>
    public static SetResponse LastDatablock(InvokeIdAndPriority invokeId, DataAccessResult result, uint blockNumber) =>
        new() { Choice = SetResponseChoice.LastDatablock, InvokeId = invokeId, Result = result, BlockNumber = blockNumber };

    /// <summary>Acknowledges the last block of a list.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="results">One octet per attribute.</param>
    /// <param name="blockNumber">The block just taken.</param>
    public static SetResponse LastDatablockWithList(InvokeIdAndPriority invokeId, ReadOnlySpan<byte> results, uint blockNumber) =>
        new() { Choice = SetResponseChoice.LastDatablockWithList, InvokeId = invokeId, Results = results, BlockNumber = blockNumber };

    /// <summary>Answers with the results of a list.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="results">One octet per attribute.</param>
    public static SetResponse WithList(InvokeIdAndPriority invokeId, ReadOnlySpan<byte> results) =>
        new() { Choice = SetResponseChoice.WithList, InvokeId = invokeId, Results = results };

    /// <summary>Decodes the response that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the response are left alone.</param>
    /// <param name="response">The response, when done.</param>
    /// <param name="consumedOctets">The response's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out SetResponse response, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        byte result = 0;
        uint number = 0;
        ReadOnlySpan<byte> results = default;
        response = default;
        if (ApduFields.TryReadHead(ref reader, ApduTag.SetResponse, 5, out byte choice, out InvokeIdAndPriority invokeId))
        {
            bool isRead = (SetResponseChoice)choice switch
            {
                SetResponseChoice.Normal => reader.TryReadOctet(out result),
                SetResponseChoice.Datablock => reader.TryReadUInt32(out number),
                SetResponseChoice.LastDatablock => reader.TryReadOctet(out result) && reader.TryReadUInt32(out number),
                SetResponseChoice.LastDatablockWithList => reader.TryReadLengthPrefixed(out results) && reader.TryReadUInt32(out number),
                _ => reader.TryReadLengthPrefixed(out results),
            };
            response = isRead
                ? new()
                {
                    Choice = (SetResponseChoice)choice,
                    InvokeId = invokeId,
                    Result = (DataAccessResult)result,
                    BlockNumber = number,
                    Results = results,
                }
                : default;
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in SetResponse response, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.SetResponse, (byte)response.Choice, response.InvokeId);
        switch (response.Choice)
        {
            case SetResponseChoice.Normal:
                writer.WriteOctet((byte)response.Result);
                break;
            case SetResponseChoice.Datablock:
                writer.WriteUInt32(response.BlockNumber);
                break;
            case SetResponseChoice.LastDatablock:
                writer.WriteOctet((byte)response.Result);
                writer.WriteUInt32(response.BlockNumber);
                break;
            case SetResponseChoice.LastDatablockWithList:
                writer.WriteLengthPrefixed(response.Results);
                writer.WriteUInt32(response.BlockNumber);
                break;
            case SetResponseChoice.WithList:
                writer.WriteLengthPrefixed(response.Results);
                break;
            default:
                writer.Fail();
                break;
        }

        return writer.Complete(out writtenOctets);
    }
}
