using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Application;

/// <summary>Opens and releases associations: context LN without ciphering, without security or with a password.</summary>
/// <remarks>Spec: IEC 62056-5-3, ACSE and xDLMS initiate, as the domain guide gives them.</remarks>
internal sealed class AssociationService(IReadOnlyList<MeterClient> clients, ApplicationAssociation association, CommandRecorder recorder)
{
    /// <summary>The smallest APDU that a client must be able to receive, in octets.</summary>
    public const int MinimumClientOctets = 32;

    private const Conformance IdentityServices = Conformance.Get | Conformance.BlockTransferWithGet | Conformance.MultipleReferences;

    private const Conformance ManagementServices =
        IdentityServices | Conformance.SelectiveAccess | Conformance.Set | Conformance.Action | Conformance.BlockTransferWithSet
        | Conformance.BlockTransferWithAction;

    private const int MaximumAnswerOctets = 128;

    private readonly byte[] _answer = new byte[MaximumAnswerOctets];
    private readonly byte[] _userInformation = new byte[MaximumAnswerOctets];

    /// <summary>Answers an AARQ.</summary>
    /// <returns>The AARE; an exception response while an association is open, until it is released.</returns>
    public ReadOnlyMemory<byte> Associate(ReadOnlySpan<byte> apdu)
    {
        if (association.IsOpen)
        {
            return ServiceRefusals.NotAllowed;
        }

        OperationStatus status = Aarq.Decode(apdu, out Aarq request, out int consumedOctets, out CodecFault _);
        if (status != OperationStatus.Done || consumedOctets != apdu.Length)
        {
            return Reject(AssociationDiagnostic.NoReasonGiven);
        }

        MeterClient? client = clients.FirstOrDefault(known => known.Address == association.ClientAddress);
        AssociationDiagnostic diagnostic = request.Context != ApplicationContext.LogicalName
            ? AssociationDiagnostic.ApplicationContextNameNotSupported
            : Authenticate(client, request);
        return client is null || diagnostic != AssociationDiagnostic.Null
            ? Reject(diagnostic)
            : Initiate(client, request.UserInformation);
    }

    /// <summary>Answers an RLRQ: the association is over, whatever it says.</summary>
    public ReadOnlyMemory<byte> Release(ReadOnlySpan<byte> apdu)
    {
        if (!association.IsOpen)
        {
            return ServiceRefusals.NotAllowed;
        }

        bool isRead = Rlrq.Decode(apdu, out Rlrq request, out _, out _) == OperationStatus.Done;
        byte? reason = isRead && request.Reason is null ? null : 0;
        association.Close();
        recorder.Association("RELEASE", 0);
        OperationStatus status = Rlre.Encode(new Rlre { Reason = reason }, _answer, out int writtenOctets);
        return Written(status, writtenOctets);
    }

    private static AssociationDiagnostic Authenticate(MeterClient? client, in Aarq request)
    {
        if (client is null)
        {
            return AssociationDiagnostic.NoReasonGiven;
        }

        return (request.Mechanism ?? AuthenticationMechanism.None, client.TestPassword) switch
        {
            (AuthenticationMechanism.None, null) => AssociationDiagnostic.Null,
            (AuthenticationMechanism.None, _) => AssociationDiagnostic.AuthenticationMechanismNameRequired,
            (AuthenticationMechanism.LowLevel, string password) =>
                CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(password), request.AuthenticationValue)
                    ? AssociationDiagnostic.Null
                    : AssociationDiagnostic.AuthenticationFailure,
            _ => AssociationDiagnostic.AuthenticationMechanismNameNotRecognised,
        };
    }

    private ReadOnlyMemory<byte> Initiate(MeterClient client, ReadOnlySpan<byte> userInformation)
    {
        OperationStatus status = InitiateRequest.Decode(
            userInformation, out InitiateRequest request, out int consumedOctets, out CodecFault _);
        if (status != OperationStatus.Done || consumedOctets != userInformation.Length)
        {
            return Reject(AssociationDiagnostic.NoReasonGiven);
        }

        Conformance agreed = request.Conformance & (client.Access == ClientAccess.Management ? ManagementServices : IdentityServices);
        if (request.Version < ApplicationAssociation.DlmsVersion)
        {
            return Reject(AssociationDiagnostic.NoReasonGiven, ConfirmedServiceError.DlmsVersionTooLow);
        }

        if (agreed == Conformance.None)
        {
            return Reject(AssociationDiagnostic.NoReasonGiven, ConfirmedServiceError.IncompatibleConformance);
        }

        if (request.ClientMaximumReceivePduOctets is > 0 and < MinimumClientOctets)
        {
            return Reject(AssociationDiagnostic.NoReasonGiven, ConfirmedServiceError.PduSizeTooShort);
        }

        association.Open(client, agreed, request.ClientMaximumReceivePduOctets);
        recorder.Association("ASSOCIATE", 0);
        InitiateResponse response = new(agreed, (ushort)association.ReceiveOctets);
        Check(InitiateResponse.Encode(response, _userInformation, out int informationOctets));
        return Encode(AssociationResult.Accepted, AssociationDiagnostic.Null, informationOctets);
    }

    private ReadOnlyMemory<byte> Reject(AssociationDiagnostic diagnostic, ConfirmedServiceError? error = null)
    {
        recorder.Association("ASSOCIATE", (int)diagnostic);
        int informationOctets = 0;
        if (error is ConfirmedServiceError reason)
        {
            Check(ConfirmedServiceError.Encode(reason, _userInformation, out informationOctets));
        }

        return Encode(AssociationResult.RejectedPermanent, diagnostic, informationOctets);
    }

    private ReadOnlyMemory<byte> Encode(AssociationResult result, AssociationDiagnostic diagnostic, int informationOctets)
    {
        Aare response = new()
        {
            Result = result,
            Diagnostic = diagnostic,
            UserInformation = _userInformation.AsSpan(0, informationOctets),
        };
        OperationStatus status = Aare.Encode(response, _answer, out int writtenOctets);
        return Written(status, writtenOctets);
    }

    private ReadOnlyMemory<byte> Written(OperationStatus status, int writtenOctets)
    {
        Check(status);
        return _answer.AsMemory(0, writtenOctets);
    }

    private static void Check(OperationStatus status)
    {
        if (status != OperationStatus.Done)
        {
            throw new UnreachableException($"the encoder answered {status}");
        }
    }
}
