using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Writes several attributes, or invokes several methods, in as few requests as fit, in their order.</summary>
/// <remarks>Spec: IEC 62056-5-3, SET and ACTION with list, as this harness's DLMS guide sums them up. Where lists were not agreed on, and
/// for a value that no list has room for, each goes alone, in blocks if need be. A request whose answer does not come is never sent
/// again.</remarks>
public sealed class ServiceList(DlmsClient client)
{
    private const int MaximumCount = 64;

    /// <summary>Tag, choice, invoke id and two counts.</summary>
    private const int HeadOctets = 5;

    private const int WriteOctets = CosemAttributeDescriptor.OctetCount + 1;

    /// <summary>Whether client and device agreed on lists.</summary>
    public bool IsAgreed => (client.Association.Conformance & Conformance.MultipleReferences) != 0;

    /// <summary>Writes attributes.</summary>
    /// <param name="writes">What to write, in this order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The device's result for each, in their order.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-003, -004: the device refuses a request as a whole.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async Task<IReadOnlyList<DataAccessResult>> SetAsync(
        IReadOnlyList<AttributeWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        List<DataAccessResult> results = [];
        while (results.Count < writes.Count)
        {
            int first = results.Count;
            int count = CountThatFits(writes.Skip(first).Select(write => WriteOctets + write.Data.Length));
            if (count == 0)
            {
                results.Add(await SetAloneAsync(writes[first], cancellationToken).ConfigureAwait(false));
                continue;
            }

            AttributeWrite[] part = [.. writes.Skip(first).Take(count)];
            InvokeIdAndPriority invokeId = client.Begin("SET");
            ReadOnlyMemory<byte> answer =
                await client.ExchangeAsync(Encode(invokeId, part), cancellationToken).ConfigureAwait(false);
            results.AddRange(ResultsOf(answer, invokeId, count));
        }

        return results;
    }

    /// <summary>Invokes methods.</summary>
    /// <param name="calls">What to invoke, in this order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-003, -004: the device refuses a request as a whole.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async Task<IReadOnlyList<MethodOutcome>> ActAsync(IReadOnlyList<MethodCall> calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(calls);
        List<MethodOutcome> outcomes = [];
        while (outcomes.Count < calls.Count)
        {
            int first = outcomes.Count;
            int count = CountThatFits(
                calls.Skip(first).Select(call => CosemMethodDescriptor.OctetCount + Math.Max(call.Parameter.Length, 1)));
            if (count == 0)
            {
                outcomes.Add(await ActAloneAsync(calls[first], cancellationToken).ConfigureAwait(false));
                continue;
            }

            MethodCall[] part = [.. calls.Skip(first).Take(count)];
            InvokeIdAndPriority invokeId = client.Begin("ACTION");
            ReadOnlyMemory<byte> answer =
                await client.ExchangeAsync(Encode(invokeId, part), cancellationToken).ConfigureAwait(false);
            outcomes.AddRange(OutcomesOf(answer, invokeId, count));
        }

        return outcomes;
    }

    /// <summary>How many go in the next list; 0 when the next one goes alone.</summary>
    private int CountThatFits(IEnumerable<int> itemOctets)
    {
        int count = 0;
        int octets = HeadOctets;
        foreach (int item in itemOctets.Take(MaximumCount))
        {
            octets += item;
            if (octets > client.RequestLimitOctets)
            {
                break;
            }

            count++;
        }

        return IsAgreed && count > 1 ? count : 0;
    }

    private async Task<DataAccessResult> SetAloneAsync(AttributeWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await client.SetAsync(write.Attribute, write.Data, cancellationToken).ConfigureAwait(false);
            return DataAccessResult.Success;
        }
        catch (DeviceRefusedException refused) when (refused.Code == DlmsFaults.DataAccess)
        {
            return (DataAccessResult)refused.DeviceCode;
        }
    }

    private async Task<MethodOutcome> ActAloneAsync(MethodCall call, CancellationToken cancellationToken)
    {
        try
        {
            ReadOnlyMemory<byte> returned =
                await client.ActionAsync(call.Method, call.Parameter, cancellationToken).ConfigureAwait(false);
            return new MethodOutcome(ActionResult.Success, returned.ToArray());
        }
        catch (DeviceRefusedException refused) when (refused.Code == DlmsFaults.Action)
        {
            return new MethodOutcome((ActionResult)refused.DeviceCode, default);
        }
    }

    private static byte[] Encode(InvokeIdAndPriority invokeId, AttributeWrite[] writes)
    {
        ArrayBufferWriter<byte> values = new();
        byte[] list = new byte[writes.Length * WriteOctets];
        AxdrWriter writer = new(list);
        foreach (AttributeWrite write in writes)
        {
            write.Attribute.Write(ref writer);
            default(SelectiveAccess).Write(ref writer);
            values.Write(write.Data.Span);
        }

        Require(writer.Complete(out int octets), octets == list.Length);
        byte[] request = new byte[HeadOctets + list.Length + values.WrittenCount];
        Require(
            SetRequest.Encode(SetRequest.WithList(invokeId, writes.Length, list, values.WrittenSpan), request, out int written),
            written == request.Length);
        return request;
    }

    private static byte[] Encode(InvokeIdAndPriority invokeId, MethodCall[] calls)
    {
        ArrayBufferWriter<byte> values = new();
        byte[] list = new byte[calls.Length * CosemMethodDescriptor.OctetCount];
        AxdrWriter writer = new(list);
        foreach (MethodCall call in calls)
        {
            call.Method.Write(ref writer);

            // A list has a value for every method; null-data stands for none.
            values.Write(call.Parameter.IsEmpty ? [(byte)DlmsDataType.NullData] : call.Parameter.Span);
        }

        Require(writer.Complete(out int octets), octets == list.Length);
        byte[] request = new byte[HeadOctets + list.Length + values.WrittenCount];
        Require(
            ActionRequest.Encode(ActionRequest.WithList(invokeId, calls.Length, list, values.WrittenSpan), request, out int written),
            written == request.Length);
        return request;
    }

    private DataAccessResult[] ResultsOf(ReadOnlyMemory<byte> answer, InvokeIdAndPriority invokeId, int count)
    {
        string what = $"{client.Port}: SET of {count} attributes";
        DlmsChecks.Expect(answer, ApduTag.SetResponse, what);
        DlmsChecks.Check(SetResponse.Decode(answer.Span, out SetResponse response, out _, out CodecFault fault), answer, fault, what);
        DlmsChecks.CheckInvokeId(response.InvokeId, invokeId, answer, what);
        if (response.Choice != SetResponseChoice.WithList || response.Results.Length != count)
        {
            throw DlmsFaults.Unexpected(answer, what, $"{response.Choice} of {response.Results.Length} where {count} were expected");
        }

        return [.. response.Results.ToArray().Select(result => (DataAccessResult)result)];
    }

    private List<MethodOutcome> OutcomesOf(ReadOnlyMemory<byte> answer, InvokeIdAndPriority invokeId, int count)
    {
        string what = $"{client.Port}: ACTION of {count} methods";
        DlmsChecks.Expect(answer, ApduTag.ActionResponse, what);
        DlmsChecks.Check(ActionResponse.Decode(answer.Span, out ActionResponse response, out _, out CodecFault fault), answer, fault, what);
        DlmsChecks.CheckInvokeId(response.InvokeId, invokeId, answer, what);
        if (response.Choice != ActionResponseChoice.WithList || response.ListCount != count)
        {
            throw DlmsFaults.Unexpected(answer, what, $"{response.Choice} of {response.ListCount} where {count} were expected");
        }

        List<MethodOutcome> outcomes = [];
        AxdrReader reader = new(response.EncodedList);
        while (outcomes.Count < count && ActionOutcome.TryRead(ref reader, out ActionOutcome outcome))
        {
            bool hasData = outcome.HasReturn && outcome.Returned.HasData;
            outcomes.Add(new MethodOutcome(outcome.Result, hasData ? outcome.Returned.Data.ToArray() : default));
        }

        return outcomes;
    }

    private static void Require(OperationStatus status, bool isWhole)
    {
        if (status != OperationStatus.Done || !isWhole)
        {
            throw new UnreachableException($"a list's length was counted before: {status}");
        }
    }
}
