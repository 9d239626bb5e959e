using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Crc;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Every vector of the fixture file is decoded, compared and encoded again.</summary>
public sealed class DlmsVectorTests
{
    private const int VectorCount = 185;

    /// <summary>Vectors whose octets are legal to receive but in a form that is never sent.</summary>
    private static readonly Dictionary<string, string> SentDifferently = new()
    {
        ["event-notification-mx382"] = "09 0C in front of the time is sent as 01 0C",
    };

    private static readonly IReadOnlyList<TestVector> All = TestVector.Load("dlms/dlms-vectors.json");

    public static TheoryData<string> Covered { get; } = [.. All.Select(vector => vector.Name)];

    [Fact]
    public void No_vector_is_left_out()
    {
        Covered.Should().HaveCount(VectorCount);
        All.Select(vector => vector.Name).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void The_vector_decodes_to_its_fields_and_encodes_to_its_octets(string name)
    {
        TestVector vector = All.Single(candidate => candidate.Name == name);
        switch (vector.Layer)
        {
            case "hdlc-fcs":
                VerifyChecksum(vector);
                break;
            case "hdlc-address":
                VerifyAddress(vector);
                break;
            case "hdlc-format":
                VerifyFormat(vector);
                break;
            case "hdlc-frame":
                HdlcVectorChecks.VerifyFrame(vector);
                break;
            case "hdlc-negotiation":
                HdlcVectorChecks.VerifyParameters(vector.Octets, vector.Fields);
                break;
            case "hdlc-segmentation":
                HdlcVectorChecks.VerifySegments(vector);
                break;
            case "wrapper":
                VerifyWrapper(vector);
                break;
            case "acse":
                AcseVectorChecks.Verify(vector);
                break;
            case "initiate":
                AcseVectorChecks.VerifyInitiate(vector.Octets, vector.Fields);
                break;
            case "conformance":
                VerifyConformance(vector);
                break;
            case "data":
                VerifyData(vector);
                break;
            case "datetime":
                VerifyDateTime(vector);
                break;
            case "security":
                SecurityVectorChecks.Verify(vector);
                break;
            case "keywrap":
                SecurityVectorChecks.VerifyKeyWrap(vector);
                break;
            case "xdlms-field":
                VerifyInvokeId(vector);
                break;
            case "iec62056-21":
                SignOnVectorChecks.Verify(vector);
                break;
            default:
                VerifyApdu(vector);
                break;
        }
    }

    private static void VerifyChecksum(TestVector vector)
    {
        ushort crc = Crc16X25.Compute(vector.Octets);

        byte[] wire = [(byte)crc, (byte)(crc >> 8)];
        wire.ShouldBeHex(vector.Fields.Text("wire_order"));
    }

    private static void VerifyAddress(TestVector vector)
    {
        HdlcAddress.Decode(vector.Octets, out HdlcAddress address, out int consumed, out _).Should().Be(OperationStatus.Done);
        byte[] again = new byte[HdlcAddress.MaximumOctets];
        address.Encode(again, out int written).Should().Be(OperationStatus.Done);

        consumed.Should().Be(vector.Fields.Number("bytes"));
        address.OctetCount.Should().Be(consumed);
        if (vector.Fields.Has("client"))
        {
            address.Should().Be(HdlcAddress.Client(vector.Fields.Number("client")));
        }
        else
        {
            (address.Upper, address.Lower).Should().Be((vector.Fields.Number("upper"), vector.Fields.Number("lower")));
        }

        address.IsAllStation
            .Should().Be(vector.Fields.Has("meaning") && vector.Fields.Text("meaning").Contains("ALL_STATION", StringComparison.Ordinal));
        again[..written].ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    private static void VerifyFormat(TestVector vector)
    {
        int length = vector.Fields.Number("length");
        bool isSegmented = vector.Fields.GetProperty("segmented").GetBoolean();
        byte[] information = new byte[length - 9];
        HdlcFrame frame = new(HdlcAddress.Client(1), HdlcAddress.Client(2), HdlcControl.Information(0, 0), information, isSegmented);
        byte[] target = new byte[length + 2];

        HdlcFrameCodec.Encode(frame, target, out int written).Should().Be(OperationStatus.Done);

        written.Should().Be(target.Length);
        target[1..3].ShouldBeHex(Convert.ToHexString(vector.Octets));
        HdlcFrameCodec.Decode(target, out HdlcFrame read, out _, out _).Should().Be(OperationStatus.Done);
        read.IsSegmented.Should().Be(isSegmented);
    }

    private static void VerifyWrapper(TestVector vector)
    {
        OperationStatus status = WrapperHeader.Decode(vector.Octets, out WrapperHeader header, out int consumed, out CodecFault fault);
        if (!vector.IsValid)
        {
            status.Should().Be(OperationStatus.InvalidData);
            (fault.Expected, fault.Actual).Should().Be((WrapperHeader.Version, 2));
            return;
        }

        byte[] again = new byte[WrapperHeader.OctetCount];
        header.Encode(again, out _);
        status.Should().Be(OperationStatus.Done);
        header.Should().Be(
            new WrapperHeader((ushort)vector.Fields.Number("src"), (ushort)vector.Fields.Number("dst"),
                (ushort)vector.Fields.Number("length")));
        (consumed + header.ApduOctets).Should().Be(vector.Octets.Length);
        again.ShouldBeHex(Convert.ToHexString(vector.Octets.AsSpan(0, consumed)));
    }

    private static void VerifyConformance(TestVector vector)
    {
        Dictionary<string, Conformance> names = new()
        {
            ["attribute0-get"] = Conformance.Attribute0SupportedWithGet,
            ["priority-mgmt"] = Conformance.PriorityManagementSupported,
            ["block-get"] = Conformance.BlockTransferWithGet,
            ["block-set"] = Conformance.BlockTransferWithSet,
            ["block-action"] = Conformance.BlockTransferWithAction,
            ["multiple-references"] = Conformance.MultipleReferences,
            ["get"] = Conformance.Get,
            ["set"] = Conformance.Set,
            ["selective-access"] = Conformance.SelectiveAccess,
            ["event-notification"] = Conformance.EventNotification,
            ["action"] = Conformance.Action,
        };
        Conformance expected = vector.Fields.GetProperty("bits").EnumerateArray()
            .Aggregate(Conformance.None, (sum, bit) => sum | names[bit.GetString()!]);
        AxdrReader reader = new(vector.Octets);
        byte[] again = new byte[16];
        AxdrWriter writer = new(again);

        ConformanceBlock.TryReadContent(ref reader, out Conformance conformance).Should().BeTrue();

        conformance.Should().Be(expected);
        ConformanceBlock.Write(ref writer, conformance);
        again[3..writer.WrittenOctets].ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    private static void VerifyData(TestVector vector)
    {
        if (vector.Name == "axdr-length-3855")
        {
            AxdrReader reader = new(vector.Octets);
            byte[] again = new byte[vector.Octets.Length];
            AxdrWriter writer = new(again);
            reader.TryReadLength(out int length).Should().BeTrue();
            writer.WriteLength(length);
            length.Should().Be(vector.Fields.Number("length"));
            again.ShouldBeHex(Convert.ToHexString(vector.Octets));
            return;
        }

        JsonNode? expected = JsonNode.Parse(vector.Decoded.GetRawText());

        JsonNode? value = ApduDescriber.Value(vector.Octets);

        JsonNode.DeepEquals(value, expected).Should().BeTrue($"{value?.ToJsonString()} should be {expected?.ToJsonString()}");
        if (vector.Fields.Has("scaler"))
        {
            ScalerUnit.Decode(vector.Octets, out ScalerUnit scaler, out _, out _).Should().Be(OperationStatus.Done);
            $"{scaler.Scaler} {scaler.Unit} {CosemUnit.Symbol(scaler.Unit)}".Should()
                .Be($"{vector.Fields.Number("scaler")} {vector.Fields.Text("unit")}");
        }
        else if (vector.Layer == "data" && vector.Octets[0] == (byte)DlmsDataType.Date
            && vector.Fields.GetProperty("value").ValueKind == JsonValueKind.String)
        {
            CosemDate.Decode(vector.Octets.AsSpan(1), out CosemDate date, out _, out _);
            vector.Fields.Text("value").Should().Be($"{date}, weekday unspecified");
        }
        else if (vector.Octets[0] == (byte)DlmsDataType.Time)
        {
            CosemTime.Decode(vector.Octets.AsSpan(1), out CosemTime time, out _, out _);
            time.ToString().Should().Be(vector.Fields.Text("value"));
        }
        else if (vector.Fields.Has("rows"))
        {
            DlmsDataCodec.Decode(vector.Octets, out DlmsData rows, out _, out _);
            rows.Items.Should().HaveCount(vector.Fields.Number("rows"));
        }
    }

    private static void VerifyDateTime(TestVector vector)
    {
        CosemDateTime.Decode(vector.Octets, out CosemDateTime value, out int consumed, out _).Should().Be(OperationStatus.Done);

        consumed.Should().Be(CosemDateTime.OctetCount);
        value.ToOctets().ShouldBeHex(Convert.ToHexString(vector.Octets));
        bool isMoment = value.TryToDateTimeOffset(out DateTimeOffset moment);
        if (vector.Fields.GetProperty("deviation").ValueKind == JsonValueKind.String)
        {
            value.HasDeviation.Should().BeFalse();
            isMoment.Should().BeFalse();
            value.TryToDateTimeOffset(out moment, TimeSpan.Zero).Should().BeTrue();
            vector.Fields.Text("iso").Should().StartWith(moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            return;
        }

        isMoment.Should().BeTrue();
        value.DeviationMinutes.Should().Be((short)vector.Fields.Number("deviation"));
        string[] local = vector.Fields.Text("local").Split(' ');
        $"{local[0]} {local[^1]}".Should().Be(moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        if (vector.Fields.Has("utc"))
        {
            moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture).Should().Be(vector.Fields.Text("utc"));
        }

        if (vector.Fields.Has("iso"))
        {
            moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture).Should().Be(vector.Fields.Text("iso"));
        }

        if (vector.Fields.Has("status"))
        {
            vector.Fields.Text("status").Should().StartWith(value.ClockStatus.ToString("X2", CultureInfo.InvariantCulture));
        }
    }

    private static void VerifyInvokeId(TestVector vector)
    {
        InvokeIdAndPriority invokeId = new(vector.Octets[0]);

        invokeId.InvokeId.Should().Be(vector.Fields.Number("invoke_id"));
        invokeId.IsConfirmed.Should().Be(vector.Fields.GetProperty("confirmed").GetBoolean());
        invokeId.IsHighPriority.Should().Be(vector.Fields.GetProperty("high_priority").GetBoolean());
        InvokeIdAndPriority.Create(invokeId.InvokeId, invokeId.IsConfirmed, invokeId.IsHighPriority).Should().Be(invokeId);
    }

    private static void VerifyApdu(TestVector vector)
    {
        JsonNode expected = JsonNode.Parse(vector.Decoded.GetRawText())!;

        JsonObject description = ApduDescriber.Describe(vector.Octets, out byte[] encodedAgain);

        JsonNode.DeepEquals(description, expected).Should().BeTrue($"{description.ToJsonString()} should be {expected.ToJsonString()}");
        if (SentDifferently.ContainsKey(vector.Name))
        {
            encodedAgain.Should().NotEqual(vector.Octets);
            JsonNode.DeepEquals(ApduDescriber.Describe(encodedAgain, out _), expected).Should().BeTrue();
            return;
        }

        encodedAgain.ShouldBeHex(Convert.ToHexString(vector.Octets));
        if (vector.Fields.Has("hdlc_frame"))
        {
            HdlcVectorChecks.VerifyFrameCarries(vector.Fields.Text("hdlc_frame").Octets(), vector.Octets);
        }
    }
}
