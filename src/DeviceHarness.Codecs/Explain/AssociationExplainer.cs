using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Explains the APDUs of an association. Passwords and dedicated keys are counted, not shown.</summary>
internal static class AssociationExplainer
{
    /// <summary>Explains an AARQ, AARE, RLRQ or RLRE.</summary>
    public static ApduReading Explain(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting) =>
        (ApduTag)octets[0] switch
        {
            ApduTag.Aarq => Request(writer, octets, offset, nesting),
            ApduTag.Aare => Response(writer, octets, offset, nesting),
            ApduTag.Rlrq => ReleaseRequest(writer, octets, offset, nesting),
            _ => ReleaseResponse(writer, octets, offset, nesting),
        };

    /// <summary>Explains an initiate-request, initiate-response, confirmed-service-error or exception-response.</summary>
    public static ApduReading ExplainService(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status;
        int consumed;
        CodecFault fault;
        string text;
        switch ((ApduTag)octets[0])
        {
            case ApduTag.InitiateRequest:
                status = InitiateRequest.Decode(octets, out InitiateRequest request, out consumed, out fault);
                writer.Decipherer?.LearnDedicatedKey(request.DedicatedKey);
                text = $"initiate-request version {request.Version}, maximum PDU {request.ClientMaximumReceivePduOctets}, "
                    + (request.DedicatedKey.IsEmpty ? "" : $"dedicated key of {request.DedicatedKey.Length} octets, ")
                    + $"conformance {(int)request.Conformance:X6} {request.Conformance}";
                break;
            case ApduTag.InitiateResponse:
                status = InitiateResponse.Decode(octets, out InitiateResponse response, out consumed, out fault);
                text = $"initiate-response version {response.Version}, maximum PDU {response.ServerMaximumReceivePduOctets}, "
                    + $"VAA {response.VaaName:X4}, conformance {(int)response.Conformance:X6} {response.Conformance}";
                break;
            case ApduTag.ConfirmedServiceError:
                status = ConfirmedServiceError.Decode(octets, out ConfirmedServiceError error, out consumed, out fault);
                text = $"confirmed-service-error service {error.Service} {error.ServiceName}, {error.Name}";
                break;
            default:
                status = ExceptionResponse.Decode(octets, out ExceptionResponse exception, out consumed, out fault);
                text = $"exception-response {(byte)exception.StateError} {exception.StateError}, "
                    + $"{(byte)exception.ServiceError} {exception.ServiceError}"
                    + (exception.ExpectedInvocationCounter is uint counter ? $", expected counter {counter}" : "");
                break;
        }

        if (status == OperationStatus.Done)
        {
            writer.Line(offset, text);
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Request(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status = Aarq.Decode(octets, out Aarq aarq, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, "AARQ association request");
            writer.Enter();
            Head(writer, offset, aarq.Context, aarq.CallingApTitle, aarq.Mechanism);
            if (aarq.CallingAeInvocationId is byte userId)
            {
                writer.Line(offset, $"user id {userId}");
            }

            Challenge(writer, offset, aarq.Mechanism, aarq.AuthenticationValue);
            Information(writer, octets[..consumed], offset, aarq.UserInformation, nesting);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Response(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status = Aare.Decode(octets, out Aare aare, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"AARE association response: {aare.Result}");
            writer.Enter();
            string diagnostic = aare.DiagnosticSource == DiagnosticSource.ServiceProvider ? "" : $" {aare.Diagnostic}";
            writer.Line(offset, $"diagnostic of the {aare.DiagnosticSource}: {(byte)aare.Diagnostic}{diagnostic}");
            Head(writer, offset, aare.Context, aare.RespondingApTitle, aare.Mechanism);
            Challenge(writer, offset, aare.Mechanism, aare.AuthenticationValue);
            Information(writer, octets[..consumed], offset, aare.UserInformation, nesting);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading ReleaseRequest(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status = Rlrq.Decode(octets, out Rlrq rlrq, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"RLRQ release request{Reason(rlrq.Reason)}");
            writer.Enter();
            Information(writer, octets[..consumed], offset, rlrq.UserInformation, nesting);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading ReleaseResponse(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status = Rlre.Decode(octets, out Rlre rlre, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"RLRE release response{Reason(rlre.Reason)}");
            writer.Enter();
            if (rlre.HasLengthError)
            {
                writer.Fault(offset, fault);
            }

            Information(writer, octets[..consumed], offset, rlre.UserInformation, nesting);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static string Reason(byte? reason) => reason is byte value ? $", reason {value}{(value == 0 ? " normal" : "")}" : "";

    private static void Head(
        ExplanationWriter writer, int offset, ApplicationContext context, ReadOnlySpan<byte> title, AuthenticationMechanism? mechanism)
    {
        writer.Line(offset, $"application context {context}, mechanism {mechanism?.ToString() ?? "not given"}");
        if (!title.IsEmpty)
        {
            writer.Decipherer?.LearnTitle(title);
            writer.Line(offset, $"system title {ExplanationWriter.Hex(title)}");
        }
    }

    private static void Challenge(ExplanationWriter writer, int offset, AuthenticationMechanism? mechanism, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        bool isChallenge = mechanism is >= AuthenticationMechanism.HighLevelManufacturer and <= AuthenticationMechanism.HighLevelEcdsa;
        writer.Line(offset, isChallenge ? $"challenge {ExplanationWriter.Hex(value)}" : $"password of {value.Length} octets, not shown");
    }

    private static void Information(
        ExplanationWriter writer, ReadOnlySpan<byte> apdu, int offset, ReadOnlySpan<byte> information, int nesting)
    {
        if (information.IsEmpty)
        {
            writer.Line(offset, "no user information");
            return;
        }

        ApduExplainer.Explain(writer, information, offset + Math.Max(0, apdu.LastIndexOf(information)), nesting + 1);
    }
}
