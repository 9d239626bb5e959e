using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Application;

/// <summary>Opens and releases associations in the context that each client has, by password or proof where it needs one.</summary>
/// <remarks>Spec: IEC 62056-5-3, ACSE, HLS authentication and xDLMS initiate, as the domain guide gives them. What the standard leaves
/// open: an initiate with a counter that was used gets D8 01 06 with the one expected; a client that is locked out gets
/// rejected-transient with authentication-failure, whatever it knows.</remarks>
internal sealed class AssociationService(
    ICosemHost meter, ApplicationAssociation association, CommandRecorder recorder, RandomOctets? random)
{
    /// <summary>The smallest APDU that a client must be able to receive, in octets.</summary>
    public const int MinimumClientOctets = 32;

    /// <summary>The same in a ciphered association.</summary>
    public const int MinimumCipheredClientOctets = MinimumClientOctets + SecurityContext.MaximumOverheadOctets;

    private const Conformance IdentityServices = Conformance.Get | Conformance.BlockTransferWithGet | Conformance.MultipleReferences;

    private const Conformance ManagementServices =
        IdentityServices | Conformance.SelectiveAccess | Conformance.Set | Conformance.Action | Conformance.BlockTransferWithSet
        | Conformance.BlockTransferWithAction;

    private const int MaximumAnswerOctets = 256;

    private readonly byte[] _answer = new byte[MaximumAnswerOctets];
    private readonly RandomOctets _random = random ?? RandomNumberGenerator.Fill;
    private ServerAssociation? _server;

    /// <summary>Answers an AARQ.</summary>
    /// <returns>The AARE; an exception response while an association is open, until it is released.</returns>
    public ReadOnlyMemory<byte> Associate(ReadOnlySpan<byte> apdu)
    {
        if (association.IsOpen)
        {
            return ServiceRefusals.NotAllowed;
        }

        association.Close();
        MeterClient? client = meter.Model.Clients.FirstOrDefault(known => known.Address == association.ClientAddress);
        if (client is null)
        {
            return Reject(AssociationResult.RejectedPermanent, AssociationDiagnostic.NoReasonGiven);
        }

        ClientSecurity security = meter.Security.Of(client);
        if (security.IsLocked(meter.Clock.TrueTime))
        {
            recorder.NotAuthenticated();
            return Reject(AssociationResult.RejectedTransient, AssociationDiagnostic.AuthenticationFailure);
        }

        Prepare(security);
        _server = new ServerAssociation(OfferTo(client), security.Association, _random);
        AssociationRequest request = _server.ReadRequest(apdu, _answer, out int octets);
        return Conclude(client, security, request, octets);
    }

    /// <summary>Answers pass 3 of HLS, which is all that a pending association takes.</summary>
    /// <param name="apdu">The ACTION, in clear.</param>
    /// <returns>Pass 4, in clear; a refusal, and the association is over; an exception response to another request.</returns>
    public ReadOnlyMemory<byte> Prove(ReadOnlySpan<byte> apdu)
    {
        bool isRead = ActionRequest.Decode(apdu, out ActionRequest request, out int consumedOctets, out CodecFault _)
            == OperationStatus.Done && consumedOctets == apdu.Length;
        if (!isRead)
        {
            return ServiceRefusals.Malformed;
        }

        if (request.Method != HlsMessages.ReplyToHls || _server is null || association.Client is not MeterClient client)
        {
            return ServiceRefusals.NotAllowed;
        }

        ClientSecurity security = meter.Security.Of(client);
        AssociationRequest proof = _server.ReadProof(request, _answer, out int octets);
        if (proof.Verdict == AssociationVerdict.Open)
        {
            security.Succeed();
            association.Open();
            recorder.Association("AUTHENTICATE", AssociationDiagnostic.Null);
        }
        else
        {
            Fail(security);
            recorder.Association("AUTHENTICATE", AssociationDiagnostic.AuthenticationFailure);
            association.Close();
        }

        meter.Security.Keep();
        return _answer.AsMemory(0, octets);
    }

    /// <summary>Answers an RLRQ: the association is over, whatever it says.</summary>
    public ReadOnlyMemory<byte> Release(ReadOnlySpan<byte> apdu)
    {
        if (!association.IsOpen || _server is null)
        {
            return ServiceRefusals.NotAllowed;
        }

        _server.ReadRelease(apdu, association.Conformance, _answer, out int octets);
        association.Close();
        recorder.Association("RELEASE", AssociationDiagnostic.Null);
        meter.Security.Keep();
        return _answer.AsMemory(0, octets);
    }

    /// <summary>Whether a check failed that a holder of the keys passes: he is somebody else.</summary>
    internal static bool IsForeign(SecurityFault fault) => fault.Kind is SecurityFaultKind.AuthenticationFailed
        or SecurityFaultKind.InnerTagMismatch or SecurityFaultKind.TitleMismatch or SecurityFaultKind.ProofWrong;

    private AssociationOffer OfferTo(MeterClient client)
    {
        Conformance services = client.Access == ClientAccess.Management ? ManagementServices : IdentityServices;
        services &= meter.Model.HasLists ? services : ~Conformance.MultipleReferences;
        services |= meter.Model.HasGeneralBlocks ? Conformance.GeneralBlockTransfer : Conformance.None;
        return new AssociationOffer(
            client.IsCiphered ? services | Conformance.GeneralProtection : services,
            (ushort)association.ReceiveOctets,
            (ushort)(client.IsCiphered ? MinimumCipheredClientOctets : MinimumClientOctets));
    }

    // Each association begins with the titles that its AARQ brings and without a dedicated key.
    private static void Prepare(ClientSecurity security)
    {
        if (security.Context is SecurityContext context)
        {
            context.PeerTitle = null;
            context.Protection = SecurityProtection.AuthenticatedEncrypted;
            context.UseDedicatedKey(null);
        }
    }

    private ReadOnlyMemory<byte> Conclude(MeterClient client, ClientSecurity security, in AssociationRequest request, int octets)
    {
        if (request.Verdict == AssociationVerdict.Faulty)
        {
            return Refuse(security, request, octets);
        }

        bool isPending = request.Verdict == AssociationVerdict.ProofNeeded;
        if (!isPending)
        {
            security.Succeed();
        }

        association.Begin(client, request.Conformance, request.ClientMaximumReceivePduOctets, isPending);
        recorder.Association("ASSOCIATE", request.Diagnostic);
        meter.Security.Keep();
        return _answer.AsMemory(0, octets);
    }

    private ReadOnlyMemory<byte> Refuse(ClientSecurity security, in AssociationRequest request, int octets)
    {
        if (request.Diagnostic == AssociationDiagnostic.AuthenticationFailure || IsForeign(request.Security))
        {
            Fail(security);
        }

        recorder.Association("ASSOCIATE", request.Diagnostic);
        meter.Security.Keep();
        return request.Security.Kind is SecurityFaultKind.CounterRepeated or SecurityFaultKind.CounterLowered
            ? ServiceRefusals.Counter(security.ExpectedCounter)
            : _answer.AsMemory(0, octets);
    }

    private void Fail(ClientSecurity security)
    {
        security.Fail(meter.Clock.TrueTime);
        recorder.NotAuthenticated();
    }

    private ReadOnlyMemory<byte> Reject(AssociationResult result, AssociationDiagnostic diagnostic)
    {
        recorder.Association("ASSOCIATE", diagnostic);
        OperationStatus status = Aare.Encode(new Aare { Result = result, Diagnostic = diagnostic }, _answer, out int writtenOctets);
        return status == OperationStatus.Done
            ? _answer.AsMemory(0, writtenOctets)
            : throw new UnreachableException($"the encoder answered {status}");
    }
}
