using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Compares frames with what the vector file says about them.</summary>
internal static class HdlcVectorChecks
{
    /// <summary>Texts that explain, and are compared by nothing.</summary>
    private static readonly string[] Prose = ["note", "cause", "defect", "action", "acse"];

    private static readonly string[] Compared =
    [
        "command", "response", "supervisory", "client", "server", "server_upper", "server_lower", "poll", "nr", "info", "rejected_control",
        "max_info", "max_info_tx", "max_info_rx", "window_tx", "window_rx", "param_length", "group_length", "control", "conformance",
        "max_pdu",
        "vaa", "result", "diagnostic", "get", "value", "apdu", "state_error", "service_error", "expected_counter", "service", "error_class",
    ];

    public static void VerifyFrame(TestVector vector)
    {
        vector.Fields.EnumerateObject().Select(field => field.Name).Should().BeSubsetOf([.. Prose, .. Compared]);
        OperationStatus status = HdlcFrameCodec.Decode(vector.Octets, out HdlcFrame frame, out int consumed, out CodecFault fault);
        if (!vector.IsValid)
        {
            VerifyInvalid(vector, status, frame, fault);
            return;
        }

        status.Should().Be(OperationStatus.Done, fault.ToString());
        consumed.Should().Be(vector.Octets.Length);
        byte[] again = new byte[vector.Octets.Length];
        HdlcFrameCodec.Encode(frame, again, out int written).Should().Be(OperationStatus.Done);
        written.Should().Be(again.Length);
        again.ShouldBeHex(Convert.ToHexString(vector.Octets));
        VerifyDecoded(vector.Decoded, frame, written - 2);
        VerifyFields(vector.Fields, frame);
    }

    public static void VerifyParameters(ReadOnlySpan<byte> information, JsonElement fields)
    {
        HdlcParameters.Decode(information, out HdlcParameters parameters, out HdlcUnknownParameters unknown, out int consumed,
            out CodecFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        consumed.Should().Be(information.Length);
        unknown.Count.Should().Be(0);
        fields.WhenNumber("max_info_tx", parameters.MaximumInformationTransmitOctets);
        fields.WhenNumber("max_info_rx", parameters.MaximumInformationReceiveOctets);
        fields.WhenNumber("max_info", parameters.MaximumInformationTransmitOctets);
        fields.WhenNumber("max_info", parameters.MaximumInformationReceiveOctets);
        fields.WhenNumber("window_tx", parameters.WindowTransmitFrames);
        fields.WhenNumber("window_rx", parameters.WindowReceiveFrames);
        fields.WhenNumber("group_length", information[2]);
        fields.WhenNumber("param_length", information[4]);
        byte[] again = new byte[HdlcParameters.MaximumEncodedOctets];
        parameters.Encode(again, out int written, isTwoOctetLengths: information[4] == 2).Should().Be(OperationStatus.Done);
        again[..written].ShouldBeHex(Convert.ToHexString(information));
    }

    public static void VerifySegments(TestVector vector)
    {
        HdlcFrameReader reader = new();
        List<byte> message = [];
        int segments = 0;
        int expectedReceiveSequence = -1;
        bool isLast = false;
        foreach (JsonElement exchanged in vector.Fields.GetProperty("frames").EnumerateArray())
        {
            byte[] octets = exchanged.Text("hex").Octets();
            reader.Append(octets).Should().Be(octets.Length);
            reader.TryRead(out HdlcFrame frame, out CodecFault damage).Should().BeTrue(damage.ToString());
            if (exchanged.Text("dir") == "client")
            {
                frame.Control.Should().Be(HdlcControl.ReceiveReady(expectedReceiveSequence));
                continue;
            }

            message.AddRange(frame.Information[(segments == 0 ? LlcHeader.OctetCount : 0)..]);
            expectedReceiveSequence = (frame.Control.SendSequence + 1) % HdlcControl.SequenceModulus;
            isLast = !frame.IsSegmented;
            segments++;
        }

        byte[] apdu = [.. message];
        GetResponse.Decode(apdu, out GetResponse response, out int consumed, out _).Should().Be(OperationStatus.Done);
        reader.SkippedOctets.Should().Be(0);
        isLast.Should().BeTrue();
        vector.Name.Should().Contain($"{segments}-frames");
        apdu.Should().HaveCount(vector.Fields.Number("reassembled_apdu_length"));
        Convert.ToHexStringLower(SHA256.HashData(apdu)).Should().Be(vector.Fields.Text("reassembled_apdu_sha256"));
        consumed.Should().Be(apdu.Length);
        response.BlockNumber.Should().Be((uint)vector.Fields.Number("block_number"));
        response.IsLastBlock.Should().Be(vector.Fields.GetProperty("last_block").GetBoolean());
        response.RawData.Length.Should().Be(vector.Fields.Number("raw_data_length"));
    }

    public static void VerifyFrameCarries(byte[] octets, byte[] apdu)
    {
        HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out _, out _).Should().Be(OperationStatus.Done);
        frame.Control.Kind.Should().Be(HdlcFrameKind.UnnumberedInformation);
        frame.Information[LlcHeader.OctetCount..].ShouldBeHex(Convert.ToHexString(apdu));
    }

    private static void VerifyInvalid(TestVector vector, OperationStatus status, in HdlcFrame frame, CodecFault fault)
    {
        switch (vector.Name)
        {
            case "neg-aarq-oid-length-0b":
                status.Should().Be(OperationStatus.InvalidData);
                fault.Kind.Should().Be(CodecFaultKind.BadChecksum);
                break;
            case "neg-response-tag-from-client":
                status.Should().Be(OperationStatus.Done, "the frame is right, what it carries is not");
                ReadOnlySpan<byte> apdu = frame.Information[LlcHeader.OctetCount..];
                GetRequest.Decode(apdu, out _, out _, out CodecFault tag).Should().Be(OperationStatus.InvalidData);
                tag.Kind.Should().Be(CodecFaultKind.UnknownTag);
                break;
            case "neg-ua-group-length-fd":
                status.Should().Be(OperationStatus.Done, "the information field of a UA that answers DISC may be ignored");
                HdlcParameters.Decode(frame.Information, out _, out _, out _, out CodecFault length).Should().NotBe(OperationStatus.Done);
                length.Kind.Should().Be(CodecFaultKind.Truncated);
                break;
            default:
                throw new InvalidOperationException($"no check for the invalid vector {vector.Name}");
        }
    }

    private static void VerifyDecoded(JsonElement decoded, in HdlcFrame frame, int length)
    {
        frame.IsSegmented.Should().Be(decoded.GetProperty("segmented").GetBoolean());
        length.Should().Be(decoded.Number("length"));
        Hex(frame.Destination).Should().BeEquivalentTo(decoded.Text("dst"));
        Hex(frame.Source).Should().BeEquivalentTo(decoded.Text("src"));
        frame.Control.Octet.Should().Be(byte.Parse(decoded.Text("control"), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        frame.Information.ShouldBeHex(decoded.Text("info"));
        if (!frame.Information.IsEmpty
            && LlcHeader.Decode(frame.Information, out LlcHeader llc, out int llcOctets, out _) == OperationStatus.Done)
        {
            llc.Octets.SequenceEqual(frame.Information[..llcOctets]).Should().BeTrue();
            if (decoded.Has("apdu"))
            {
                byte[] apdu = frame.Information[llcOctets..].ToArray();
                JsonObject description = ApduDescriber.Describe(apdu, out byte[] again);
                JsonNode expected = JsonNode.Parse(decoded.GetProperty("apdu").GetRawText())!;
                JsonNode.DeepEquals(description, expected)
                    .Should().BeTrue($"{description.ToJsonString()} should be {expected.ToJsonString()}");
                again.ShouldBeHex(Convert.ToHexString(apdu));
            }
        }
    }

    private static void VerifyFields(JsonElement fields, in HdlcFrame frame)
    {
        HdlcControl control = frame.Control;
        bool isCommand = control.Kind is HdlcFrameKind.Snrm or HdlcFrameKind.Disc;
        HdlcAddress server = isCommand ? frame.Destination : frame.Source;
        fields.WhenNumber("client", (isCommand ? frame.Source : frame.Destination).Upper);
        fields.WhenNumber("server", server.Upper);
        fields.WhenNumber("server_upper", server.Upper);
        fields.WhenNumber("server_lower", server.Lower);
        fields.WhenNumber("nr", control.ReceiveSequence);
        string kind = control.ToString().Split(' ')[0];
        fields.WhenText("command", kind);
        fields.WhenText("response", kind);
        fields.WhenText("supervisory", kind);
        fields.WhenText("control", $"{kind} {control.Octet:X2}");
        if (fields.Has("poll"))
        {
            control.IsPollFinal.Should().Be(fields.GetProperty("poll").GetBoolean());
        }

        if (control.Kind is HdlcFrameKind.Snrm or HdlcFrameKind.Ua && !frame.Information.IsEmpty)
        {
            VerifyParameters(frame.Information, fields);
        }
        else if (control.Kind == HdlcFrameKind.Frmr)
        {
            HdlcRejectInformation.Decode(frame.Information, out HdlcRejectInformation reject, out _, out _)
                .Should().Be(OperationStatus.Done);
            reject.RejectedControl.Octet.ToString("X2", CultureInfo.InvariantCulture).Should().Be(fields.Text("rejected_control"));
            frame.Information.ShouldBeHex(fields.Text("info"));
        }
        else if (frame.Information.Length > LlcHeader.OctetCount)
        {
            VerifyApduFields(fields, frame.Information[LlcHeader.OctetCount..]);
        }
    }

    private static void VerifyApduFields(JsonElement fields, ReadOnlySpan<byte> apdu)
    {
        switch ((ApduTag)apdu[0])
        {
            case ApduTag.Aarq or ApduTag.Aare or ApduTag.Rlrq or ApduTag.Rlre:
                AcseVectorChecks.Verify(apdu.ToArray(), fields);
                break;
            case ApduTag.GetRequest:
                GetRequest.Decode(apdu, out GetRequest request, out _, out _);
                fields.WhenText("get", request.Attribute.ToString());
                break;
            case ApduTag.GetResponse:
                GetResponse.Decode(apdu, out GetResponse response, out _, out _);
                VerifyGetResponse(fields, response);
                break;
            case ApduTag.ExceptionResponse:
                ExceptionResponse.Decode(apdu, out ExceptionResponse exception, out _, out _);
                fields.WhenNumber("state_error", (int)exception.StateError);
                fields.WhenNumber("service_error", (int)exception.ServiceError);
                fields.WhenNumber("expected_counter", exception.ExpectedInvocationCounter ?? 0);
                break;
            case ApduTag.ConfirmedServiceError:
                ConfirmedServiceError.Decode(apdu, out ConfirmedServiceError error, out _, out _);
                fields.WhenNumber("service", error.Service);
                fields.WhenNumber("error_class", error.ErrorClass);
                fields.WhenNumber("value", error.Value);
                break;
            default:
                apdu[0].Should().Be((byte)ApduTag.DataNotification);
                fields.WhenText("apdu", "data-notification");
                break;
        }
    }

    private static void VerifyGetResponse(JsonElement fields, in GetResponse response)
    {
        if (fields.Has("result"))
        {
            fields.Text("result").Should().StartWith($"data-access-result {(int)response.Result.Result} ");
            return;
        }

        DlmsDataCodec.Decode(response.Result.Data, out DlmsData data, out _, out _);
        if (fields.Has("value"))
        {
            string text = fields.Text("value");
            bool isMoment = data.Type == DlmsDataType.OctetString && data.Octets.Length == CosemDateTime.OctetCount;
            CosemDateTime.Decode(data.Octets.Span, out CosemDateTime moment, out _, out _);
            string actual = isMoment ? moment.ToString() : data.Text ?? data.ToString();
            text.Replace(",", "", StringComparison.Ordinal).Replace("(UTC+1) ", "", StringComparison.Ordinal).Split(" (")[0]
                .Should().Be(actual);
        }
    }

    private static string Hex(HdlcAddress address)
    {
        byte[] octets = new byte[HdlcAddress.MaximumOctets];
        address.Encode(octets, out int written);
        return Convert.ToHexString(octets.AsSpan(0, written));
    }
}
