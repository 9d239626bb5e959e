using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>GET response: normal, with-datablock or with-list.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Get-Response. Spans point into the octets that were decoded.
/// <code>
/// C4 01 iid 00 data | 01 result
/// C4 02 iid last 1 | block 4 | 00 length raw | 01 result
/// C4 03 iid count { 00 data | 01 result }
/// </code>
/// </remarks>
public readonly ref struct GetResponse
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public GetResponseChoice Choice { get; private init; }

    /// <summary>As in the request.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal: the value or why there is none. With-datablock: only the error, when <see cref="HasRawData"/> is false.</summary>
    public GetDataResult Result { get; private init; }

    /// <summary>With-datablock: true for the last block.</summary>
    public bool IsLastBlock { get; private init; }

    /// <summary>With-datablock: the block's number, from 1.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>With-datablock: false when the block holds an error instead.</summary>
    public bool HasRawData { get; private init; }

    /// <summary>With-datablock: this block's part of the encoded value.</summary>
    public ReadOnlySpan<byte> RawData { get; private init; }

    /// <summary>With-list: how many results.</summary>
    public int ListCount { get; private init; }

    /// <summary>With-list: the results, to be read with <see cref="GetDataResult.TryRead"/>.</summary>
    public ReadOnlySpan<byte> EncodedList { get; private init; }

    /// <summary>Answers with one value.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="data">One encoded value of type Data.</param>
    public static GetResponse Normal(InvokeIdAndPriority invokeId, ReadOnlySpan<byte> data) => Normal(invokeId, new GetDataResult(data));

    /// <summary>Answers with one value or an error.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="result">The value or the error.</param>
    public static GetResponse Normal(InvokeIdAndPriority invokeId, GetDataResult result) =>
        new() { Choice = GetResponseChoice.Normal, InvokeId = invokeId, Result = result };

    /// <summary>Answers that there is no value.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="result">Why.</param>
    public static GetResponse Error(InvokeIdAndPriority invokeId, DataAccessResult result) => Normal(invokeId, new GetDataResult(result));

    /// <summary>Answers with one block of a long value.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="isLastBlock">True for the last block.</param>
    /// <param name="blockNumber">From 1.</param>
    /// <param name="rawData">This block's part of the encoded value.</param>
    public static GetResponse Datablock(
        InvokeIdAndPriority invokeId, bool isLastBlock, uint blockNumber, ReadOnlySpan<byte> rawData) => new()
        {
            Choice = GetResponseChoice.WithDatablock,
            InvokeId = invokeId,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            HasRawData = true,
            RawData = rawData,
        };

    /// <summary>Ends a long value with an error.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="isLastBlock">True, as a rule.</param>
    /// <param name="blockNumber">The block that was asked for.</param>
    /// <param name="result">Why there is none.</param>
    public static GetResponse DatablockError(
        InvokeIdAndPriority invokeId, bool isLastBlock, uint blockNumber, DataAccessResult result) => new()
        {
            Choice = GetResponseChoice.WithDatablock,
            InvokeId = invokeId,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            Result = new(result),
        };

    /// <summary>Answers with several results.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many results as written by <see cref="GetDataResult.Write"/>.</param>
    public static GetResponse WithList(InvokeIdAndPriority invokeId, int listCount, ReadOnlySpan<byte> encodedList) =>
        new() { Choice = GetResponseChoice.WithList, InvokeId = invokeId, ListCount = listCount, EncodedList = encodedList };

    /// <summary>Decodes the response that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the response are left alone, as some meters add some.</param>
    /// <param name="response">The response, when done.</param>
    /// <param name="consumedOctets">The response's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out GetResponse response, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        TryRead(ref reader, source, out response);
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in GetResponse response, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.GetResponse, (byte)response.Choice, response.InvokeId);
        switch (response.Choice)
        {
            case GetResponseChoice.Normal:
                response.Result.Write(ref writer);
                break;
            case GetResponseChoice.WithDatablock:
                writer.WriteFlag(response.IsLastBlock);
                writer.WriteUInt32(response.BlockNumber);
                writer.WriteFlag(!response.HasRawData);
                if (response.HasRawData)
                {
                    writer.WriteLengthPrefixed(response.RawData);
                }
                else
                {
                    writer.WriteOctet((byte)response.Result.Result);
                }

                break;
            case GetResponseChoice.WithList:
                writer.WriteLength(response.ListCount);
                writer.WriteOctets(response.EncodedList);
                break;
            default:
                writer.Fail();
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out GetResponse response)
    {
        response = default;
        if (!ApduFields.TryReadHead(ref reader, ApduTag.GetResponse, 3, out byte choice, out InvokeIdAndPriority invokeId))
        {
            return false;
        }

        switch ((GetResponseChoice)choice)
        {
            case GetResponseChoice.Normal:
                if (!GetDataResult.TryRead(ref reader, out GetDataResult result))
                {
                    return false;
                }

                response = Normal(invokeId, result);
                return true;
            case GetResponseChoice.WithDatablock:
                return TryReadDatablock(ref reader, invokeId, out response);
            default:
                return TryReadList(ref reader, source, invokeId, out response);
        }
    }

    private static bool TryReadDatablock(scoped ref AxdrReader reader, InvokeIdAndPriority invokeId, out GetResponse response)
    {
        response = default;
        if (!reader.TryReadBoolean(out bool isLast) || !reader.TryReadUInt32(out uint number) || !reader.TryReadFlag(out bool isError))
        {
            return false;
        }

        if (isError)
        {
            bool isThere = reader.TryReadOctet(out byte code);
            response = isThere ? DatablockError(invokeId, isLast, number, (DataAccessResult)code) : default;
            return isThere;
        }

        if (!reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> rawData))
        {
            return false;
        }

        response = Datablock(invokeId, isLast, number, rawData);
        return true;
    }

    private static bool TryReadList(
        scoped ref AxdrReader reader, ReadOnlySpan<byte> source, InvokeIdAndPriority invokeId, out GetResponse response)
    {
        response = default;
        if (!reader.TryReadCount(2, out int count))
        {
            return false;
        }

        int start = reader.ConsumedOctets;
        for (int index = 0; index < count; index++)
        {
            if (!GetDataResult.TryRead(ref reader, out _))
            {
                return false;
            }
        }

        response = WithList(invokeId, count, source[start..reader.ConsumedOctets]);
        return true;
    }
}
