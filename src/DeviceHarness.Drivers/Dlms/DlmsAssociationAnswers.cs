using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>What an answer to AARQ or to pass 3 means when it does not open the association: credentials, a refusal, or a breach.</summary>
/// <remarks>Spec: IEC 62056-5-3, as this harness's DLMS guide sums it up. Credentials that do not fit are told apart from everything else,
/// since they are the bench's and not the device's fault.</remarks>
internal static class DlmsAssociationAnswers
{
    private const byte ApplicationReference = 0;
    private const byte DecipheringError = 6;

    /// <summary>Gives back an answer that goes on; throws for every other.</summary>
    internal static AssociationAnswer Require(
        AssociationAnswer answer, ReadOnlyMemory<byte> apdu, AuthenticationMechanism mechanism, string what) => answer.Verdict switch
        {
            AssociationVerdict.Open or AssociationVerdict.ProofNeeded => RequireNames(answer, apdu, what),
            AssociationVerdict.Refused => throw Refused(answer, apdu, mechanism, what),
            _ => throw Faulty(answer, apdu, what),
        };

    /// <summary>The error for a failed check of security.</summary>
    /// <param name="what">What was attempted, and where.</param>
    /// <param name="fault">The check.</param>
    /// <param name="apdu">What came; empty when nothing did.</param>
    /// <param name="isProven">Whether the device had shown before that it holds the keys.</param>
    internal static HarnessException Insecure(
        string what, SecurityFault fault, ReadOnlyMemory<byte> apdu, bool isProven) => fault.Kind switch
        {
            SecurityFaultKind.Malformed => DlmsFaults.Malformed(apdu, fault.Codec, what),
            SecurityFaultKind.CounterExhausted when apdu.IsEmpty => new AuthenticationFailedException(
                DlmsFaults.CounterRefused,
                $"{what}: the invocation counter of the key is used up, the key must be changed", isCounter: true),
            SecurityFaultKind.TitleMismatch when !isProven => new AuthenticationFailedException(
                DlmsFaults.OtherDevice, $"{what}: wrong device, its system title is not the server-title of rig file or profile")
            {
                IsOtherDevice = true,
            },
            SecurityFaultKind.AuthenticationFailed or SecurityFaultKind.InnerTagMismatch or SecurityFaultKind.ProofWrong
                or SecurityFaultKind.SuiteMismatch when !isProven => new AuthenticationFailedException(
                    DlmsFaults.ProofFailed, $"{what}: the device answers with other keys than ours, {fault}"),
            _ => new RemoteProtocolException(DlmsFaults.Insecure, $"{what}: the answer fails a check of security, {fault}", apdu.ToArray()),
        };

    private static AssociationAnswer RequireNames(AssociationAnswer answer, ReadOnlyMemory<byte> apdu, string what) =>
        answer.Agreed is { } agreed && agreed.VaaName != InitiateResponse.LogicalNameVaa
            ? throw DlmsFaults.Unexpected(apdu, what, $"VAA name {agreed.VaaName:X4}: the device does not use logical names")
            : answer;

    private static HarnessException Faulty(AssociationAnswer answer, ReadOnlyMemory<byte> apdu, string what)
    {
        if (answer.Security.Kind is not (SecurityFaultKind.None or SecurityFaultKind.Malformed))
        {
            return Insecure(what, answer.Security, apdu, isProven: false);
        }

        CodecFault fault = answer.Security.Kind == SecurityFaultKind.Malformed ? answer.Security.Codec : answer.Codec;
        return !apdu.IsEmpty && (ApduTag)apdu.Span[0] is (ApduTag)Aare.Tag or ApduTag.ActionResponse
            ? DlmsFaults.Malformed(apdu, fault, what)
            : DlmsFaults.OtherAnswer(apdu, what);
    }

    private static HarnessException Refused(
        AssociationAnswer answer, ReadOnlyMemory<byte> apdu, AuthenticationMechanism mechanism, string what) => answer switch
        {
            { Exception: { ServiceError: ExceptionServiceError.InvocationCounterError } exception } => new AuthenticationFailedException(
                DlmsFaults.CounterRefused, $"{what}: the device refuses our invocation counter", isCounter: true,
                exception.ExpectedInvocationCounter),
            { Exception.ServiceError: ExceptionServiceError.DecipheringError } => new AuthenticationFailedException(
                DlmsFaults.AuthenticationRefused, $"{what}: the device cannot decipher what we send"),
            { ServiceError: { ErrorClass: ApplicationReference, Value: DecipheringError } } => new AuthenticationFailedException(
                DlmsFaults.AuthenticationRefused, $"{what}: the device cannot decipher what we send"),
            { Exception: not null } => DlmsFaults.OtherAnswer(apdu, what),
            { ProofResult: ActionResult result } => new AuthenticationFailedException(
                DlmsFaults.AuthenticationRefused, $"{what}: the device refuses our proof, {result} ({(int)result})"),
            _ when IsLockedOut(answer) => new AuthenticationFailedException(
                DlmsFaults.AuthenticationRefused,
                $"{what} was rejected for now: {answer.Diagnostic} ({(int)answer.Diagnostic}), mechanism {mechanism}; "
                + "the device may be locked")
            {
                IsLockedOut = true,
            },
            _ when IsAboutCredentials(answer.Diagnostic) => new AuthenticationFailedException(
                DlmsFaults.AuthenticationRefused,
                $"{what} was rejected: {answer.Diagnostic} ({(int)answer.Diagnostic}), mechanism {mechanism}"),
            _ => new AssociationRefusedException(
                DlmsFaults.AssociationRejected, $"{what} was rejected{Told(answer.ServiceError)}", (int)answer.Diagnostic,
                answer.Diagnostic.ToString(), mechanism.ToString()),
        };

    private static string Told(ConfirmedServiceError? error) => error is { } told ? $" ({told.Name})" : string.Empty;

    /// <summary>A key that is wrong stays wrong: "for now" means that no key would do.</summary>
    private static bool IsLockedOut(AssociationAnswer answer) => answer.Result == AssociationResult.RejectedTransient
        && answer.Diagnostic == AssociationDiagnostic.AuthenticationFailure;

    private static bool IsAboutCredentials(AssociationDiagnostic diagnostic) => diagnostic
        is >= AssociationDiagnostic.AuthenticationMechanismNameNotRecognised and <= AssociationDiagnostic.AuthenticationRequired;
}
