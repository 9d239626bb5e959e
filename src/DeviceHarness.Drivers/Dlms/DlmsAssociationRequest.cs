using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Makes AARQ and RLRQ, and reads what the device answers to AARQ.</summary>
/// <remarks>Spec: IEC 62056-5-3, as this harness's DLMS guide sums it up. Only the result decides: meters accept with a diagnostic of
/// 1 and reject without user information.</remarks>
internal static class DlmsAssociationRequest
{
    private const int InitiateOctets = 64;
    private static readonly byte[] NormalRelease = [Rlrq.Tag, 0x03, 0x80, 0x01, 0x00];

    /// <summary>RLRQ with reason normal.</summary>
    internal static ReadOnlyMemory<byte> Release => NormalRelease;

    /// <summary>Writes AARQ; says how long it is.</summary>
    internal static int Encode(DlmsAssociationSettings settings, Span<byte> target)
    {
        Span<byte> initiate = stackalloc byte[InitiateOctets];
        InitiateRequest proposal = new()
        {
            Conformance = settings.Proposed,
            ClientMaximumReceivePduOctets = (ushort)settings.MaximumReceivePduOctets,
        };
        if (InitiateRequest.Encode(proposal, initiate, out int initiateOctets) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        bool hasPassword = settings.Mechanism != AuthenticationMechanism.None;
        Aarq aarq = new()
        {
            Context = ApplicationContext.LogicalName,
            Mechanism = hasPassword ? settings.Mechanism : null,
            AuthenticationValue = hasPassword ? settings.Password.Span : default,
            UserInformation = initiate[..initiateOctets],
        };
        return Aarq.Encode(aarq, target, out int octets) == OperationStatus.Done ? octets : throw new UnreachableException();
    }

    /// <summary>Reads the answer to AARQ.</summary>
    internal static DlmsAssociation DecodeAnswer(ReadOnlyMemory<byte> answer, DlmsAssociationSettings settings, string port)
    {
        string what = $"{port}: AARQ";
        if (answer.IsEmpty || answer.Span[0] != Aare.Tag)
        {
            throw DlmsFaults.OtherAnswer(answer, what);
        }

        OperationStatus status = Aare.Decode(answer.Span, out Aare aare, out _, out CodecFault fault);
        if (status != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(answer, fault, what);
        }

        if (aare.Result != AssociationResult.Accepted)
        {
            throw new AssociationRefusedException(
                DlmsFaults.AssociationRejected, $"{what} was rejected", (int)aare.Diagnostic, aare.Diagnostic.ToString(),
                settings.Mechanism.ToString());
        }

        status = InitiateResponse.Decode(aare.UserInformation, out InitiateResponse agreed, out _, out fault);
        if (status != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(answer, fault, what);
        }

        if (agreed.VaaName != InitiateResponse.LogicalNameVaa)
        {
            throw DlmsFaults.Unexpected(answer, what, $"VAA name {agreed.VaaName:X4}: the device does not use logical names");
        }

        return new DlmsAssociation(agreed.Conformance & settings.Proposed, agreed.ServerMaximumReceivePduOctets);
    }
}
