using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>The errors of DLMS dialogues, in one place.</summary>
public static class DlmsFaults
{
    /// <summary>The code of a refusal by data-access-result (GET and SET).</summary>
    public const string DataAccess = "DLMS-001";

    /// <summary>The code of a refusal by action-result.</summary>
    public const string Action = "DLMS-002";

    /// <summary>The code of an exception-response; the device code is state x 256 + service error.</summary>
    public const string ExceptionResponse = "DLMS-003";

    /// <summary>The code of a confirmed-service-error; the device code is service x 65,536 + class x 256 + value.</summary>
    public const string ServiceError = "DLMS-004";

    /// <summary>The code of an answer that cannot be read.</summary>
    public const string MalformedAnswer = "DLMS-010";

    /// <summary>The code of an association that the device rejected.</summary>
    public const string AssociationRejected = "DLMS-005";

    /// <summary>The code of an answer that fails a check of security although the keys had been shown to fit.</summary>
    public const string Insecure = "DLMS-013";

    /// <summary>The code of credentials that the device refuses.</summary>
    public const string AuthenticationRefused = "DLMS-020";

    /// <summary>The code of a device that answers with other keys than ours.</summary>
    public const string ProofFailed = "DLMS-021";

    /// <summary>The code of an invocation counter that is refused or used up.</summary>
    public const string CounterRefused = "DLMS-022";

    /// <summary>The code of a spent budget of authentication attempts.</summary>
    public const string AttemptsSpent = "DLMS-023";

    /// <summary>The code of a device that is locked after too many failures.</summary>
    public const string Locked = "DLMS-024";

    /// <summary>The code of a device whose system title is not the one that is expected on its link.</summary>
    public const string OtherDevice = "DLMS-025";

    private const int ExceptionResponseOctets = 3;
    private const int ServiceErrorOctets = 4;

    internal static DeviceRefusedException Refused(DataAccessResult result, string what) =>
        new(DataAccess, what, (int)result, StandardName(result.ToString()));

    internal static DeviceRefusedException Refused(ActionResult result, string what) =>
        new(Action, what, (int)result, StandardName(result.ToString()));

    internal static RemoteProtocolException Malformed(ReadOnlyMemory<byte> apdu, CodecFault fault, string what) =>
        new(MalformedAnswer, $"{what}: the answer cannot be read, {fault}", apdu.ToArray(), fault);

    internal static RemoteProtocolException Unexpected(ReadOnlyMemory<byte> apdu, string what, string problem) =>
        new("DLMS-011", $"{what}: {problem}", apdu.ToArray());

    /// <summary>The error for an answer of another kind than asked for: a refusal of the service, or a breach of the protocol.</summary>
    internal static HarnessException OtherAnswer(ReadOnlyMemory<byte> apdu, string what)
    {
        ReadOnlySpan<byte> octets = apdu.Span;
        return octets switch
        {
            [(byte)ApduTag.ExceptionResponse, ..] when octets.Length >= ExceptionResponseOctets => new DeviceRefusedException(
                ExceptionResponse, what, (octets[1] << 8) | octets[2],
            $"exception-response {StateName(octets[1])}, {ServiceName(octets[2])}"),
            [(byte)ApduTag.ConfirmedServiceError, ..] when octets.Length >= ServiceErrorOctets => new DeviceRefusedException(
                ServiceError, what, (octets[1] << 16) | (octets[2] << 8) | octets[3], "confirmed-service-error"),
            [] => Unexpected(apdu, what, "an empty APDU"),
            _ => Unexpected(apdu, what, $"an APDU with tag {octets[0]:X2} was not expected"),
        };
    }

    private static string StateName(byte state) => state switch
    {
        1 => "service-not-allowed",
        2 => "service-unknown",
        _ => $"state {state}",
    };

    private static string ServiceName(byte service) => service switch
    {
        1 => "operation-not-possible",
        2 => "service-not-supported",
        3 => "other-reason",
        4 => "pdu-too-long",
        5 => "deciphering-error",
        6 => "invocation-counter-error",
        _ => $"service error {service}",
    };

    /// <summary>The standard writes its names in lower case with hyphens; the enumerations follow the standard's words.</summary>
    private static string StandardName(string name)
    {
        StringBuilder text = new(name.Length + 8);
        foreach (char character in name)
        {
            if (char.IsUpper(character) && text.Length > 0)
            {
                _ = text.Append('-');
            }

            _ = text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
