using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>ACTION response: normal, with-list, one block, or the acknowledgement of a block.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Action-Response. Spans point into the octets that were decoded.
/// <code>
/// C7 01 iid result | 00, 01 00 data or 01 01 error
/// C7 02 iid last 1 | block 4 | length raw
/// C7 03 iid n { result | 00, 01 00 data or 01 01 error }
/// C7 04 iid block 4
/// </code>
/// </remarks>
public readonly ref struct ActionResponse
{
    /// <summary>The form; it says which of the other members mean anything.</summary>
    public ActionResponseChoice Choice { get; private init; }

    /// <summary>As in the request.</summary>
    public InvokeIdAndPriority InvokeId { get; private init; }

    /// <summary>Normal: the result and what was returned.</summary>
    public ActionOutcome Outcome { get; private init; }

    /// <summary>With-pblock: true for the last block.</summary>
    public bool IsLastBlock { get; private init; }

    /// <summary>With-pblock: the block's number, from 1. Next-pblock: the block just taken.</summary>
    public uint BlockNumber { get; private init; }

    /// <summary>With-pblock: this block's part of the encoded answer.</summary>
    public ReadOnlySpan<byte> RawData { get; private init; }

    /// <summary>With-list: how many outcomes.</summary>
    public int ListCount { get; private init; }

    /// <summary>With-list: the outcomes, to be read with <see cref="ActionOutcome.TryRead"/>.</summary>
    public ReadOnlySpan<byte> EncodedList { get; private init; }

    /// <summary>Answers with the result only.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="result">Whether the method was done.</param>
    public static ActionResponse Normal(InvokeIdAndPriority invokeId, ActionResult result) => Normal(invokeId, new ActionOutcome(result));

    /// <summary>Answers with the result and what was returned.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="outcome">Both.</param>
    public static ActionResponse Normal(InvokeIdAndPriority invokeId, ActionOutcome outcome) =>
        new() { Choice = ActionResponseChoice.Normal, InvokeId = invokeId, Outcome = outcome };

    /// <summary>Answers with one block of a long answer.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="isLastBlock">True for the last block.</param>
    /// <param name="blockNumber">From 1.</param>
    /// <param name="rawData">This block's part of the encoded answer.</param>
    public static ActionResponse Pblock(
        InvokeIdAndPriority invokeId, bool isLastBlock, uint blockNumber, ReadOnlySpan<byte> rawData) => new()
        {
            Choice = ActionResponseChoice.WithPblock,
            InvokeId = invokeId,
            IsLastBlock = isLastBlock,
            BlockNumber = blockNumber,
            RawData = rawData,
        };

    /// <summary>Answers with several outcomes.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="listCount">How many.</param>
    /// <param name="encodedList">So many outcomes as written by <see cref="ActionOutcome.Write"/>.</param>
    public static ActionResponse WithList(InvokeIdAndPriority invokeId, int listCount, ReadOnlySpan<byte> encodedList) =>
        new() { Choice = ActionResponseChoice.WithList, InvokeId = invokeId, ListCount = listCount, EncodedList = encodedList };

    /// <summary>Acknowledges a block of the parameter that is not the last.</summary>
    /// <param name="invokeId">As in the request.</param>
    /// <param name="blockNumber">The block just taken.</param>
    public static ActionResponse NextPblock(InvokeIdAndPriority invokeId, uint blockNumber) =>
        new() { Choice = ActionResponseChoice.NextPblock, InvokeId = invokeId, BlockNumber = blockNumber };

    /// <summary>Decodes the response that the octets start with.</summary>
    /// <param name="source">The APDU; octets after the response are left alone.</param>
    /// <param name="response">The response, when done.</param>
    /// <param name="consumedOctets">The response's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out ActionResponse response, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        response = TryRead(ref reader, source, out ActionResponse read) ? read : default;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in ActionResponse response, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        ApduFields.WriteHead(ref writer, ApduTag.ActionResponse, (byte)response.Choice, response.InvokeId);
        switch (response.Choice)
        {
            case ActionResponseChoice.Normal:
                response.Outcome.Write(ref writer);
                break;
            case ActionResponseChoice.WithPblock:
                ApduFields.WriteBlock(ref writer, response.IsLastBlock, response.BlockNumber, response.RawData);
                break;
            case ActionResponseChoice.WithList:
                writer.WriteLength(response.ListCount);
                writer.WriteOctets(response.EncodedList);
                break;
            case ActionResponseChoice.NextPblock:
                writer.WriteUInt32(response.BlockNumber);
                break;
            default:
                writer.Fail();
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out ActionResponse response)
    {
        response = default;
        if (!ApduFields.TryReadHead(ref reader, ApduTag.ActionResponse, 4, out byte octet, out InvokeIdAndPriority invokeId))
        {
            return false;
        }

        ActionOutcome outcome = default;
        ReadOnlySpan<byte> raw = default;
        ReadOnlySpan<byte> list = default;
        bool isLast = false;
        uint number = 0;
        int count = 0;
        ActionResponseChoice choice = (ActionResponseChoice)octet;
        bool isRead = choice switch
        {
            ActionResponseChoice.Normal => ActionOutcome.TryRead(ref reader, out outcome),
            ActionResponseChoice.WithPblock => ApduFields.TryReadBlock(ref reader, out isLast, out number, out raw),
            ActionResponseChoice.WithList => TryReadOutcomes(ref reader, source, out count, out list),
            _ => reader.TryReadUInt32(out number),
        };
        response = new()
        {
            Choice = choice,
            InvokeId = invokeId,
            Outcome = outcome,
            IsLastBlock = isLast,
            BlockNumber = number,
            RawData = raw,
            ListCount = count,
            EncodedList = list,
        };
        return isRead;
    }

    private static bool TryReadOutcomes(
        scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out int count, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        if (!reader.TryReadCount(2, out count))
        {
            return false;
        }

        int start = reader.ConsumedOctets;
        for (int index = 0; index < count; index++)
        {
            if (!ActionOutcome.TryRead(ref reader, out _))
            {
                return false;
            }
        }

        encoded = source[start..reader.ConsumedOctets];
        return true;
    }
}
