using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Explains values that belong to a request: answers, lists, and long values that come in blocks.</summary>
/// <remarks>What was asked is known when the request is in the same capture. Values of secrets are counted and not shown, in lists and
/// blocks too.</remarks>
internal static class AnswerExplainer
{
    /// <summary>The result's number and name.</summary>
    public static string Name(DataAccessResult result) => $"{(byte)result} {result}";

    /// <summary>One result of a GET.</summary>
    public static void Result(ExplanationWriter writer, int offset, GetDataResult result, AskedList asked, int index)
    {
        AskedItem? item = index < asked.Items.Count ? asked.Items[index] : null;
        if (item is not null)
        {
            writer.Line(offset, $"of {item.Text}");
        }

        if (!result.HasData)
        {
            writer.Line(offset, $"error {Name(result.Result)}");
            return;
        }

        Value(writer, offset + 1, result.Data, item);
    }

    /// <summary>The results of a list.</summary>
    public static void Results(ExplanationWriter writer, int offset, ReadOnlySpan<byte> encodedList, AskedList asked)
    {
        AxdrReader reader = new(encodedList);
        int itemOffset = 0;
        for (int index = 0; GetDataResult.TryRead(ref reader, out GetDataResult result); index++)
        {
            Result(writer, offset + itemOffset, result, asked, index);
            itemOffset = reader.ConsumedOctets;
        }
    }

    /// <summary>A block of a long answer to GET.</summary>
    public static void GetBlock(ExplanationWriter writer, int offset, in GetResponse response)
    {
        string head = $"block {response.BlockNumber}{(response.IsLastBlock ? ", last" : "")}";
        if (!response.HasRawData)
        {
            writer.Line(offset, $"{head}: error {Name(response.Result.Result)}");
            return;
        }

        AskedList asked = writer.Memory.Asked(response.InvokeId);
        if (response.BlockNumber == 1)
        {
            writer.Memory.BeginLong(ApduTag.GetResponse, asked);
        }

        bool isSecret = asked.HasSecret;
        writer.Line(offset, $"{head}: {Raw(response.RawData, isSecret)}");
        byte[] whole = writer.Memory.AddLong(ApduTag.GetResponse, response.BlockNumber, response.IsLastBlock, response.RawData);
        if (whole.Length == 0)
        {
            return;
        }

        Whole(writer, offset, whole.Length);
        if (asked.IsList)
        {
            int count = CountOctets(whole);
            Results(writer, count, whole.AsSpan(count), asked);
            return;
        }

        AskedItem? item = asked.Items.Count == 1 ? asked.Items[0] : null;
        if (item is not null)
        {
            writer.Line(0, $"of {item.Text}");
        }

        Value(writer, 0, whole, item);
    }

    /// <summary>A block of a long value of SET, or of a long parameter of ACTION.</summary>
    public static void ValueBlock(
        ExplanationWriter writer, int offset, ApduTag service, uint number, bool isLast, ReadOnlySpan<byte> raw)
    {
        AskedList asked = writer.Memory.LongItems(service);
        bool isSecret = asked.HasSecret;
        writer.Line(offset, $"block {number}{(isLast ? ", last" : "")}: {Raw(raw, isSecret)}");
        byte[] whole = writer.Memory.AddLong(service, number, isLast, raw);
        if (whole.Length > 0)
        {
            Whole(writer, offset, whole.Length);
            int count = asked.IsList ? CountOctets(whole) : 0;
            Values(writer, count, whole.AsSpan(count), asked);
        }
    }

    /// <summary>Values in a row, each of which belongs to one of what was named.</summary>
    public static void Values(ExplanationWriter writer, int offset, ReadOnlySpan<byte> encodedValues, AskedList asked)
    {
        AxdrReader reader = new(encodedValues);
        for (int index = 0; reader.RemainingOctets > 0 && reader.TrySkipValue(out ReadOnlySpan<byte> value); index++)
        {
            bool isSecret = index < asked.Items.Count ? asked.Items[index].IsSecret : asked.HasSecret;
            ConfidentialValues.Explain(writer, isSecret, value, offset + reader.ConsumedOctets - value.Length);
        }

        if (reader.Status == System.Buffers.OperationStatus.InvalidData)
        {
            writer.Fault(offset, reader.Fault);
        }
    }

    /// <summary>An outcome of ACTION, with what was returned.</summary>
    public static void Outcome(ExplanationWriter writer, int offset, ActionOutcome outcome)
    {
        writer.Line(offset, $"result {Name((DataAccessResult)outcome.Result)}");
        if (outcome.HasReturn)
        {
            Result(writer, offset + 2, outcome.Returned, AskedList.None, 0);
        }
    }

    /// <summary>A block of a long outcome of ACTION.</summary>
    public static void OutcomeBlock(ExplanationWriter writer, int offset, in ActionResponse response)
    {
        if (response.BlockNumber == 1)
        {
            writer.Memory.BeginLong(ApduTag.ActionResponse, AskedList.None);
        }

        writer.Line(offset, $"block {response.BlockNumber}{(response.IsLastBlock ? ", last" : "")}: {Raw(response.RawData, false)}");
        byte[] whole = writer.Memory.AddLong(ApduTag.ActionResponse, response.BlockNumber, response.IsLastBlock, response.RawData);
        if (whole.Length == 0)
        {
            return;
        }

        Whole(writer, offset, whole.Length);
        AxdrReader reader = new(whole);
        if (ActionOutcome.TryRead(ref reader, out ActionOutcome outcome))
        {
            Outcome(writer, 0, outcome);
        }
        else
        {
            writer.Fault(0, reader.Fault);
        }
    }

    private static void Value(ExplanationWriter writer, int offset, ReadOnlySpan<byte> encoded, AskedItem? item)
    {
        ConfidentialValues.Explain(writer, item is { IsSecret: true }, encoded, offset);
        if (item is { IsSecret: false, Attribute: { } attribute } && writer.Memory.Quantity(attribute, encoded) is { Length: > 0 } quantity)
        {
            writer.Line(offset, quantity);
        }
    }

    /// <summary>The octets of the count in front of a list; all octets when it is broken.</summary>
    private static int CountOctets(ReadOnlySpan<byte> octets)
    {
        AxdrReader reader = new(octets);
        return reader.TryReadLength(out _) ? reader.ConsumedOctets : octets.Length;
    }

    private static void Whole(ExplanationWriter writer, int offset, int octets) =>
        writer.Line(offset, $"value of {octets} octets from its blocks; its offsets count from its own start");

    private static string Raw(ReadOnlySpan<byte> raw, bool isSecret) =>
        isSecret ? $"{raw.Length} octets of a secret, not shown" : $"raw {ExplanationWriter.Hex(raw)}";
}
