using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Compares association APDUs with what the vector file says about them.</summary>
internal static class AcseVectorChecks
{
    private static readonly string[] Known =
    [
        "context", "conformance", "max_pdu", "mechanism", "secret", "ctos", "stoc", "client_system_title", "server_system_title",
        "user_information",
        "result", "diagnostic", "reason", "vaa", "note", "control", "acse",
    ];

    public static void Verify(TestVector vector)
    {
        if (vector.IsValid)
        {
            Verify(vector.Octets, vector.Fields);
            VerifyRawFields(vector);
            return;
        }

        vector.Name.Should().Be("neg-rlre-wrong-length");
        Rlre.Decode(vector.Octets, out Rlre rlre, out int consumed, out CodecFault fault).Should().Be(OperationStatus.Done);
        rlre.HasLengthError.Should().BeTrue();
        rlre.Reason.Should().Be(0);
        consumed.Should().Be(vector.Octets.Length);
        fault.Kind.Should().Be(CodecFaultKind.BadLength);
        byte[] again = new byte[16];
        Rlre.Encode(rlre, again, out int written).Should().Be(OperationStatus.Done);
        again[..written].ShouldBeHex("63 03 80 01 00", "wrong lengths are never produced");
    }

    public static void Verify(byte[] apdu, JsonElement fields)
    {
        fields.EnumerateObject().Select(field => field.Name).Should().BeSubsetOf(Known);
        byte[] again = new byte[apdu.Length];
        int written = 0;
        switch (apdu[0])
        {
            case Aarq.Tag:
                Aarq.Decode(apdu, out Aarq aarq, out int consumed, out CodecFault fault)
                    .Should().Be(OperationStatus.Done, fault.ToString());
                consumed.Should().Be(apdu.Length);
                VerifyAarq(aarq, fields);
                Aarq.Encode(aarq, again, out written);
                break;
            case Aare.Tag:
                Aare.Decode(apdu, out Aare aare, out consumed, out fault).Should().Be(OperationStatus.Done, fault.ToString());
                consumed.Should().Be(apdu.Length);
                VerifyAare(aare, fields);
                Aare.Encode(aare, again, out written);
                break;
            case Rlrq.Tag:
                Rlrq.Decode(apdu, out Rlrq rlrq, out consumed, out _).Should().Be(OperationStatus.Done);
                fields.WhenNumber("reason", rlrq.Reason ?? -1);
                VerifyCiphered(rlrq.UserInformation, fields);
                Rlrq.Encode(rlrq, again, out written);
                break;
            default:
                Rlre.Decode(apdu, out Rlre rlre, out consumed, out _).Should().Be(OperationStatus.Done);
                rlre.HasLengthError.Should().BeFalse();
                fields.WhenNumber("reason", rlre.Reason ?? -1);
                VerifyCiphered(rlre.UserInformation, fields);
                Rlre.Encode(rlre, again, out written);
                break;
        }

        again[..written].ShouldBeHex(Convert.ToHexString(apdu));
    }

    public static void VerifyInitiate(ReadOnlySpan<byte> octets, JsonElement fields)
    {
        byte[] again = new byte[octets.Length];
        int written;
        if (octets[0] == (byte)ApduTag.InitiateRequest)
        {
            InitiateRequest.Decode(octets, out InitiateRequest request, out int consumed, out CodecFault fault)
                .Should().Be(OperationStatus.Done, fault.ToString());
            consumed.Should().Be(octets.Length);
            InitiateRequest.Encode(request, again, out written);
            VerifyProposal(request, fields);
        }
        else
        {
            InitiateResponse.Decode(octets, out InitiateResponse response, out int consumed, out CodecFault fault)
                .Should().Be(OperationStatus.Done, fault.ToString());
            consumed.Should().Be(octets.Length);
            InitiateResponse.Encode(response, again, out written);
            fields.WhenText("conformance", ((int)response.Conformance).ToString("X6", CultureInfo.InvariantCulture));
            fields.WhenNumber("max_pdu", response.ServerMaximumReceivePduOctets);
            fields.WhenText("vaa", response.VaaName.ToString("X4", CultureInfo.InvariantCulture));
        }

        again[..written].ShouldBeHex(Convert.ToHexString(octets));
    }

    private static void VerifyProposal(in InitiateRequest request, JsonElement fields)
    {
        fields.WhenText("conformance", ((int)request.Conformance).ToString("X6", CultureInfo.InvariantCulture));
        fields.WhenNumber("max_pdu", request.ClientMaximumReceivePduOctets);
        fields.WhenNumber("version", request.Version);
        if (fields.Has("response_allowed"))
        {
            request.IsResponseAllowed.Should().Be(fields.GetProperty("response_allowed").GetBoolean());
        }

        if (fields.Has("dedicated_key"))
        {
            request.DedicatedKey.ShouldBeHex(fields.GetProperty("dedicated_key").GetString() ?? "");
        }
    }

    private static void VerifyAarq(in Aarq aarq, JsonElement fields)
    {
        fields.WhenText("client_system_title", Convert.ToHexString(aarq.CallingApTitle));
        fields.WhenText("ctos", Convert.ToHexString(aarq.AuthenticationValue));
        fields.WhenText("secret", Encoding.ASCII.GetString(aarq.AuthenticationValue));
        VerifyContext(aarq.Context, fields);
        if (fields.Has("mechanism"))
        {
            fields.Text("mechanism").Should().Contain($"({(int)aarq.Mechanism!.Value})");
        }

        if (aarq.UserInformation[0] == (byte)ApduTag.InitiateRequest)
        {
            VerifyInitiate(aarq.UserInformation, fields);
        }
        else
        {
            VerifyCiphered(aarq.UserInformation, fields);
        }
    }

    private static void VerifyAare(in Aare aare, JsonElement fields)
    {
        fields.WhenText("server_system_title", Convert.ToHexString(aare.RespondingApTitle));
        fields.WhenText("stoc", Convert.ToHexString(aare.AuthenticationValue));
        fields.WhenText("result", aare.Result == AssociationResult.Accepted ? "accepted" : "rejected-permanent");
        VerifyContext(aare.Context, fields);
        if (fields.Has("diagnostic"))
        {
            string text = fields.GetProperty("diagnostic").ToString().Replace("acse-service-user ", "", StringComparison.Ordinal);
            text.Split(' ')[0].Should().Be(((int)aare.Diagnostic).ToString(CultureInfo.InvariantCulture));
            aare.DiagnosticSource.Should().Be(DiagnosticSource.ServiceUser);
        }

        if (aare.UserInformation.IsEmpty)
        {
            fields.Text("note").Should().StartWith("no user-information");
        }
        else if (aare.UserInformation[0] == (byte)ApduTag.InitiateResponse)
        {
            VerifyInitiate(aare.UserInformation, fields);
        }
        else if (aare.UserInformation[0] == (byte)ApduTag.ConfirmedServiceError)
        {
            ConfirmedServiceError.Decode(aare.UserInformation, out ConfirmedServiceError error, out _, out _)
                .Should().Be(OperationStatus.Done);
            error.Should().Be(ConfirmedServiceError.DlmsVersionTooLow);
            fields.Text("user_information").Should().EndWith(error.Name);
        }
        else
        {
            VerifyCiphered(aare.UserInformation, fields);
        }
    }

    private static void VerifyContext(ApplicationContext context, JsonElement fields)
    {
        if (fields.Has("context"))
        {
            fields.Text("context").Should().Be(context == ApplicationContext.LogicalName ? "LN no ciphering" : "LN with ciphering");
        }
    }

    private static void VerifyCiphered(ReadOnlySpan<byte> userInformation, JsonElement fields)
    {
        if (userInformation.IsEmpty)
        {
            return;
        }

        CipheredApdu.Decode(userInformation, out CipheredApdu apdu, out int consumed, out _).Should().Be(OperationStatus.Done);
        consumed.Should().Be(userInformation.Length);
        byte[] again = new byte[userInformation.Length];
        CipheredApdu.Encode(apdu, again, out _).Should().Be(OperationStatus.Done);
        again.ShouldBeHex(Convert.ToHexString(userInformation));
        if (fields.Has("user_information"))
        {
            string text = fields.Text("user_information");
            text.Should().StartWith(apdu.Tag == ApduTag.GloInitiateRequest ? "glo-initiate-request" : "glo-initiate-response");
            if (text.Contains("IC ", StringComparison.Ordinal))
            {
                text.Should().EndWith(apdu.InvocationCounter!.Value.ToString("X8", CultureInfo.InvariantCulture));
            }
        }
    }

    private static void VerifyRawFields(TestVector vector)
    {
        AxdrReader reader = new(vector.Octets);
        reader.TryReadOctet(out byte tag);
        reader.TryReadLength(out int length);
        $"0x{tag:x2}".Should().Be(vector.Decoded.Text("tag"));
        length.Should().Be(reader.RemainingOctets);
        foreach (JsonElement field in vector.Decoded.GetProperty("fields").EnumerateArray())
        {
            reader.TryReadOctet(out byte fieldTag);
            reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> content).Should().BeTrue();
            $"0x{fieldTag:x2}".Should().Be(field[0].GetString());
            content.ShouldBeHex(field[1].GetString()!);
        }

        reader.RemainingOctets.Should().Be(0);
    }
}
