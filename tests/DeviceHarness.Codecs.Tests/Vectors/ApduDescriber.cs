using System.Buffers;
using System.Text.Json.Nodes;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Says what our decoders make of an APDU in the words of the vector file, and encodes it again.</summary>
internal static class ApduDescriber
{
    private const int RoomOctets = 4096;

    [ThreadStatic]
    private static byte[]? _octets;

    /// <summary>The description; the octets encoded again come back too.</summary>
    public static JsonObject Describe(byte[] apdu, out byte[] encodedAgain)
    {
        _octets = [];
        JsonObject description = (ApduTag)apdu[0] switch
        {
            ApduTag.GetRequest => Get(apdu),
            ApduTag.GetResponse => GetAnswer(apdu),
            ApduTag.SetRequest => Set(apdu),
            ApduTag.SetResponse => SetAnswer(apdu),
            ApduTag.ActionRequest => Action(apdu),
            ApduTag.ActionResponse => ActionAnswer(apdu),
            ApduTag.DataNotification => Push(apdu),
            ApduTag.EventNotification => Event(apdu),
            ApduTag.ExceptionResponse => Exception(apdu),
            ApduTag.ConfirmedServiceError => ServiceError(apdu),
            ApduTag.GeneralBlockTransfer => Block(apdu),
            _ => throw new InvalidOperationException($"no describer for {apdu[0]:X2}"),
        };
        encodedAgain = _octets!;
        return description;
    }

    /// <summary>A value in the words of the vector file.</summary>
    public static JsonNode? Value(ReadOnlySpan<byte> encoded)
    {
        OperationStatus status = DlmsDataCodec.Decode(encoded, out DlmsData data, out int consumed, out CodecFault fault);
        Check(status == OperationStatus.Done && consumed == encoded.Length, fault);
        byte[] again = new byte[encoded.Length];
        DlmsDataCodec.Encode(data, again, out int written);
        Check(written == encoded.Length && again.AsSpan().SequenceEqual(encoded), fault);
        return Value(data);
    }

    private static JsonNode? Value(DlmsData data)
    {
        string hex = Convert.ToHexStringLower(data.Octets.Span);
        JsonNode? content = data.Type switch
        {
            DlmsDataType.NullData => null,
            DlmsDataType.Array or DlmsDataType.Structure => new JsonArray([.. data.Items.Select(Value)]),
            DlmsDataType.BitString => new JsonArray(data.BitCount, hex),
            DlmsDataType.VisibleString or DlmsDataType.Utf8String => data.Text,
            DlmsDataType.Float32 or DlmsDataType.Float64 when new AxdrReader(Tagged(data)).TryReadFloat(out double value) => value,
            _ => data.TryGetInt64(out long number) ? number : hex,
        };
        return data.IsNull ? null : new JsonObject { [data.Type.StandardName()] = content };
    }

    private static byte[] Tagged(DlmsData data) => [(byte)data.Type, .. data.Octets.Span];

    private static bool TryReadFloat(this AxdrReader reader, out double value)
    {
        reader.TryReadValue(out AxdrValue read);
        return read.TryGetDouble(out value);
    }

    private static JsonObject Get(byte[] apdu)
    {
        Check(GetRequest.Decode(apdu, out GetRequest request, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(GetRequest.Encode(request, Room(), out int written), written);
        JsonObject description = new() { ["apdu"] = "get-request-normal", ["invoke"] = request.InvokeId.Octet };
        switch (request.Choice)
        {
            case GetRequestChoice.Normal:
                description["attribute"] = Attribute(request.Attribute);
                description["access"] = Access(request.Selection);
                break;
            case GetRequestChoice.Next:
                description["apdu"] = "get-request-next";
                description["block"] = request.BlockNumber;
                break;
            default:
                description["apdu"] = "get-request-with-list";
                JsonArray list = [];
                AxdrReader reader = new(request.EncodedList);
                for (int index = 0; index < request.ListCount; index++)
                {
                    CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor attribute);
                    SelectiveAccess.TryRead(ref reader, out SelectiveAccess selection);
                    JsonObject item = Attribute(attribute);
                    item["access"] = Access(selection);
                    list.Add(item);
                }

                description["list"] = list;
                break;
        }

        return description;
    }

    private static JsonObject GetAnswer(byte[] apdu)
    {
        Check(GetResponse.Decode(apdu, out GetResponse response, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(GetResponse.Encode(response, Room(), out int written), written);
        JsonObject description = new() { ["apdu"] = "get-response-normal", ["invoke"] = response.InvokeId.Octet };
        switch (response.Choice)
        {
            case GetResponseChoice.Normal:
                Result(description, response.Result);
                break;
            case GetResponseChoice.WithDatablock:
                description["apdu"] = "get-response-with-datablock";
                description["last"] = response.IsLastBlock;
                description["block"] = response.BlockNumber;
                description[response.HasRawData ? "raw" : "error"] =
                    response.HasRawData ? Convert.ToHexStringLower(response.RawData) : (int)response.Result.Result;
                break;
            default:
                description["apdu"] = "get-response-with-list";
                JsonArray list = [];
                AxdrReader reader = new(response.EncodedList);
                for (int index = 0; index < response.ListCount; index++)
                {
                    GetDataResult.TryRead(ref reader, out GetDataResult result);
                    JsonObject item = [];
                    Result(item, result);
                    list.Add(item);
                }

                description["list"] = list;
                break;
        }

        return description;
    }

    private static JsonObject Set(byte[] apdu)
    {
        Check(SetRequest.Decode(apdu, out SetRequest request, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(SetRequest.Encode(request, Room(), out int written), written);
        JsonObject description = new()
        {
            ["apdu"] = request.Choice == SetRequestChoice.Normal ? "set-request-normal" : "set-request-with-first-datablock",
            ["invoke"] = request.InvokeId.Octet,
            ["attribute"] = Attribute(request.Attribute),
            ["access"] = Access(request.Selection),
        };
        if (request.Choice == SetRequestChoice.Normal)
        {
            description["value"] = Value(request.Data);
            return description;
        }

        description["last"] = request.IsLastBlock;
        description["block"] = request.BlockNumber;
        description["raw"] = Convert.ToHexStringLower(request.RawData);
        return description;
    }

    private static JsonObject SetAnswer(byte[] apdu)
    {
        Check(SetResponse.Decode(apdu, out SetResponse response, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(SetResponse.Encode(response, Room(), out int written), written);
        JsonObject description = new()
        {
            ["apdu"] = response.Choice switch
            {
                SetResponseChoice.Normal => "set-response-normal",
                SetResponseChoice.Datablock => "set-response-datablock",
                _ => "set-response-last-datablock",
            },
            ["invoke"] = response.InvokeId.Octet,
        };
        if (response.Choice is SetResponseChoice.Normal or SetResponseChoice.LastDatablock)
        {
            description["result"] = (int)response.Result;
        }

        if (response.Choice != SetResponseChoice.Normal)
        {
            description["block"] = response.BlockNumber;
        }

        return description;
    }

    private static JsonObject Action(byte[] apdu)
    {
        Check(ActionRequest.Decode(apdu, out ActionRequest request, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(ActionRequest.Encode(request, Room(), out int written), written);
        return request.Choice == ActionRequestChoice.Normal
            ? new()
            {
                ["apdu"] = "action-request-normal",
                ["invoke"] = request.InvokeId.Octet,
                ["method"] = Descriptor(request.Method.ClassId, request.Method.LogicalName.ToString(), request.Method.MethodId),
                ["parameters"] = request.Parameter.IsEmpty ? null : Value(request.Parameter),
            }
            : new()
            {
                ["apdu"] = "action-request-with-pblock",
                ["invoke"] = request.InvokeId.Octet,
                ["last"] = request.IsLastBlock,
                ["block"] = request.BlockNumber,
                ["raw"] = Convert.ToHexStringLower(request.RawData),
            };
    }

    private static JsonObject ActionAnswer(byte[] apdu)
    {
        Check(ActionResponse.Decode(apdu, out ActionResponse response, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(ActionResponse.Encode(response, Room(), out int written), written);
        JsonObject? returned = null;
        if (response.Outcome.HasReturn)
        {
            returned = [];
            Result(returned, response.Outcome.Returned);
        }

        return new()
        {
            ["apdu"] = "action-response-normal",
            ["invoke"] = response.InvokeId.Octet,
            ["result"] = (int)response.Outcome.Result,
            ["return_parameters"] = returned,
        };
    }

    private static JsonObject Push(byte[] apdu)
    {
        Check(DataNotification.Decode(apdu, out DataNotification push, out int consumed, out CodecFault fault), consumed, apdu, fault);
        Keep(DataNotification.Encode(push, Room(), out int written), written);
        return new()
        {
            ["apdu"] = "data-notification",
            ["long_invoke"] = push.LongInvokeId,
            ["date_time"] = Convert.ToHexStringLower(push.DateTime),
            ["body"] = Value(push.Data),
        };
    }

    private static JsonObject Event(byte[] apdu)
    {
        Check(EventNotification.Decode(apdu, out EventNotification happened, out int consumed, out CodecFault fault), consumed, apdu,
            fault);
        Keep(EventNotification.Encode(happened, Room(), out int written), written);
        return new()
        {
            ["apdu"] = "event-notification-request",
            ["time"] = happened.Time.IsEmpty ? null : Convert.ToHexStringLower(happened.Time),
            ["attribute"] = Attribute(happened.Attribute),
            ["value"] = Value(happened.Data),
        };
    }

    private static JsonObject Exception(byte[] apdu)
    {
        Check(ExceptionResponse.Decode(apdu, out ExceptionResponse response, out int consumed, out CodecFault fault), consumed, apdu,
            fault);
        Keep(ExceptionResponse.Encode(response, Room(), out int written), written);
        JsonObject description = new()
        {
            ["apdu"] = "exception-response",
            ["state_error"] = (int)response.StateError,
            ["service_error"] = (int)response.ServiceError,
        };
        if (response.ExpectedInvocationCounter is uint counter)
        {
            description["expected_invocation_counter"] = counter;
        }

        return description;
    }

    private static JsonObject ServiceError(byte[] apdu)
    {
        Check(ConfirmedServiceError.Decode(apdu, out ConfirmedServiceError error, out int consumed, out CodecFault fault), consumed,
            apdu, fault);
        Keep(ConfirmedServiceError.Encode(error, Room(), out int written), written);
        return new()
        {
            ["apdu"] = "confirmed-service-error",
            ["service"] = error.Service,
            ["error_class"] = error.ErrorClass,
            ["value"] = error.Value,
        };
    }

    private static JsonObject Block(byte[] apdu)
    {
        Check(GeneralBlockTransfer.Decode(apdu, out GeneralBlockTransfer block, out int consumed, out CodecFault fault), consumed,
            apdu, fault);
        GeneralBlockTransfer again = new(
            block.IsLast, block.IsStreaming, block.WindowBlocks, block.BlockNumber, block.AcknowledgedBlockNumber, block.Data);
        Keep(GeneralBlockTransfer.Encode(again, Room(), out int written), written);
        return new()
        {
            ["apdu"] = "general-block-transfer",
            ["last"] = block.IsLast,
            ["streaming"] = block.IsStreaming,
            ["window"] = block.WindowBlocks,
            ["block"] = block.BlockNumber,
            ["ack"] = block.AcknowledgedBlockNumber,
            ["data"] = Convert.ToHexStringLower(block.Data),
        };
    }

    private static void Result(JsonObject target, GetDataResult result)
    {
        if (result.HasData)
        {
            target["data"] = Value(result.Data);
        }
        else
        {
            target["error"] = (int)result.Result;
        }
    }

    private static JsonObject? Access(SelectiveAccess selection) => selection.IsPresent
        ? new() { ["selector"] = selection.Selector, ["parameters"] = Value(selection.Parameters) }
        : null;

    private static JsonObject Attribute(CosemAttributeDescriptor attribute) =>
        Descriptor(attribute.ClassId, attribute.LogicalName.ToString(), attribute.AttributeId);

    private static JsonObject Descriptor(ushort classId, string name, sbyte index) =>
        new() { ["class_id"] = classId, ["ln"] = name, ["index"] = index };

    private static byte[] Room() => _octets = new byte[RoomOctets];

    private static void Keep(OperationStatus status, int written)
    {
        Check(status == OperationStatus.Done, CodecFault.None);
        _octets = _octets![..written];
    }

    private static void Check(OperationStatus status, int consumed, byte[] apdu, CodecFault fault) =>
        Check(status == OperationStatus.Done && consumed == apdu.Length, fault);

    private static void Check(bool isRight, CodecFault fault)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"not decoded or encoded as a whole: {fault}");
        }
    }
}
