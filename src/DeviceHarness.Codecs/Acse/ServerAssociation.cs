using System.Buffers;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>The server's side of one association: what an AARQ, a pass 3 and an RLRQ mean, and what to answer. It sends nothing.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, ACSE, HLS authentication and ciphered initiate, as this harness's DLMS guide sums it up. Make one for each
/// association; one more on the same security context goes on with its counters. Not thread safe.
/// </remarks>
public sealed class ServerAssociation
{
    private const int InitiateRoomOctets = 64;

    private readonly AssociationOffer _offer;
    private readonly AssociationSecurity _security;
    private readonly RandomOctets _random;
    private byte[] _challenge = [];
    private byte[] _clientChallenge = [];

    /// <summary>Prepares an association.</summary>
    /// <param name="offer">What the server grants to this client.</param>
    /// <param name="security">How it has to be secured.</param>
    /// <param name="random">Where the challenge comes from.</param>
    /// <exception cref="ArgumentException">The security cannot be carried out.</exception>
    public ServerAssociation(AssociationOffer offer, AssociationSecurity security, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(security);
        ArgumentNullException.ThrowIfNull(random);
        security.Validate();
        _offer = offer;
        _security = security;
        _random = random;
    }

    /// <summary>True when the APDUs of the association are to be protected with the security context.</summary>
    public bool IsCiphered => _security.IsCiphered;

    /// <summary>Reads an AARQ and encodes the AARE that answers it.</summary>
    /// <param name="apdu">The AARQ.</param>
    /// <param name="target">Where the AARE goes.</param>
    /// <param name="writtenOctets">How many octets were written; 0 when the target is too short.</param>
    public AssociationRequest ReadRequest(ReadOnlySpan<byte> apdu, Span<byte> target, out int writtenOctets)
    {
        if (Aarq.Decode(apdu, out Aarq request, out _, out CodecFault fault) != OperationStatus.Done)
        {
            AssociationRequest malformed = new(AssociationVerdict.Faulty)
            {
                Diagnostic = AssociationDiagnostic.NoReasonGiven,
                Codec = fault,
            };
            return Reject(malformed, null, target, out writtenOctets);
        }

        if (!TryAuthenticate(request, out AssociationRequest refused))
        {
            return Reject(refused, null, target, out writtenOctets);
        }

        if (!_security.TryOpen(request.UserInformation, out byte[] clear, out SecurityFault security))
        {
            AssociationRequest insecure = Refuse(AssociationDiagnostic.NoReasonGiven) with { Security = security };
            return Reject(insecure, DecipheringError, target, out writtenOctets);
        }

        if (InitiateRequest.Decode(clear, out InitiateRequest initiate, out _, out fault) != OperationStatus.Done)
        {
            AssociationRequest malformed = Refuse(AssociationDiagnostic.NoReasonGiven) with { Codec = fault };
            return Reject(malformed, null, target, out writtenOctets);
        }

        Conformance agreed = initiate.Conformance & _offer.Conformance;
        if (RefusalOf(initiate, agreed) is ConfirmedServiceError error)
        {
            return Reject(Refuse(AssociationDiagnostic.NoReasonGiven), error, target, out writtenOctets);
        }

        if (!TryTakeDedicatedKey(initiate.DedicatedKey))
        {
            return Reject(Refuse(AssociationDiagnostic.NoReasonGiven), DecipheringError, target, out writtenOctets);
        }

        AssociationRequest taken = new(_security.Hls is null ? AssociationVerdict.Open : AssociationVerdict.ProofNeeded)
        {
            Diagnostic = _security.Hls is null ? AssociationDiagnostic.Null : AssociationDiagnostic.AuthenticationRequired,
            Conformance = agreed,
            ClientMaximumReceivePduOctets = initiate.ClientMaximumReceivePduOctets,
            UserId = request.CallingAeInvocationId,
        };
        return Accept(taken, request.AuthenticationValue, target, out writtenOctets);
    }

    /// <summary>Reads pass 3 of HLS, in clear, checks the client's proof and encodes pass 4, in clear.</summary>
    /// <param name="request">The request, opened already when <see cref="IsCiphered"/>.</param>
    /// <param name="target">Where the response goes; protect it as every APDU when <see cref="IsCiphered"/>.</param>
    /// <param name="writtenOctets">How many octets were written; 0 when the target is too short.</param>
    public AssociationRequest ReadProof(in ActionRequest request, Span<byte> target, out int writtenOctets)
    {
        IHlsMechanism hls = _security.Hls ?? throw new InvalidOperationException("the association has no mechanism of HLS");
        HlsPass pass = new()
        {
            Challenge = _challenge,
            ProverChallenge = _clientChallenge,
            ProverTitle = _security.Context?.PeerTitle,
            VerifierTitle = _security.Context?.OwnTitle,
        };
        SecurityFault fault = new(SecurityFaultKind.ProofWrong);
        if (!HlsMessages.TryReadRequest(request, out ReadOnlySpan<byte> proof) || !hls.TryCheck(pass, proof, out fault))
        {
            ActionResponse.Encode(ActionResponse.Normal(request.InvokeId, ActionResult.OtherReason), target, out writtenOctets);
            return Refuse(AssociationDiagnostic.AuthenticationFailure) with { Security = fault };
        }

        HlsPass own = new()
        {
            Challenge = _clientChallenge,
            ProverChallenge = _challenge,
            ProverTitle = _security.Context?.OwnTitle,
            VerifierTitle = _security.Context?.PeerTitle,
        };
        Span<byte> answer = stackalloc byte[IHlsMechanism.MaximumProofOctets];
        if (hls.Prove(own, answer, out int octets, out fault) != OperationStatus.Done)
        {
            ActionResponse.Encode(ActionResponse.Normal(request.InvokeId, ActionResult.OtherReason), target, out writtenOctets);
            return Refuse(AssociationDiagnostic.AuthenticationFailure) with { Security = fault };
        }

        HlsMessages.EncodeResponse(request.InvokeId, answer[..octets], target, out writtenOctets);
        return new(AssociationVerdict.Open);
    }

    /// <summary>Reads an RLRQ and encodes the RLRE: the association is over whatever it says, and the dedicated key with it.</summary>
    /// <param name="apdu">The RLRQ.</param>
    /// <param name="agreed">What was agreed, repeated ciphered in a ciphered association.</param>
    /// <param name="target">Where the RLRE goes.</param>
    /// <param name="writtenOctets">How many octets were written; 0 when the target is too short.</param>
    /// <returns>What was wrong with the RLRQ, to be noted: also the initiate in it is checked when it is ciphered.</returns>
    public AssociationRequest ReadRelease(ReadOnlySpan<byte> apdu, Conformance agreed, Span<byte> target, out int writtenOctets)
    {
        Span<byte> information = stackalloc byte[InitiateRoomOctets + SecurityContext.MaximumOverheadOctets];
        bool isRead = Rlrq.Decode(apdu, out Rlrq request, out _, out CodecFault codec) == OperationStatus.Done;
        SecurityFault fault = SecurityFault.None;
        bool hasInitiate = isRead && _security.IsCiphered && !request.UserInformation.IsEmpty;
        if (hasInitiate)
        {
            _security.TryOpen(request.UserInformation, out _, out fault);
            EncodeInitiate(agreed, ref information);
        }

        byte? reason = isRead && request.Reason is null ? null : 0;
        Rlre response = new() { Reason = reason, UserInformation = hasInitiate ? information : default };
        Rlre.Encode(response, target, out writtenOctets);
        _security.Context?.UseDedicatedKey(null);
        return new(isRead ? AssociationVerdict.Open : AssociationVerdict.Faulty) { Codec = codec, Security = fault };
    }

    private static ConfirmedServiceError DecipheringError => new(ConfirmedServiceError.InitiateService, 0, 6);

    private static AssociationRequest Refuse(AssociationDiagnostic diagnostic) =>
        new(AssociationVerdict.Faulty) { Diagnostic = diagnostic };

    private bool TryAuthenticate(in Aarq request, out AssociationRequest refused)
    {
        AuthenticationMechanism offered = request.Mechanism ?? AuthenticationMechanism.None;
        SecurityFault fault = SecurityFault.None;
        AssociationDiagnostic diagnostic = AssociationDiagnostic.Null;
        if (request.Context != _security.ApplicationContext)
        {
            diagnostic = AssociationDiagnostic.ApplicationContextNameNotSupported;
        }
        else if (offered != _security.Mechanism)
        {
            diagnostic = offered == AuthenticationMechanism.None
                ? AssociationDiagnostic.AuthenticationMechanismNameRequired
                : AssociationDiagnostic.AuthenticationMechanismNameNotRecognised;
        }
        else if (!TryTakeTitle(request.CallingApTitle, out fault))
        {
            diagnostic = AssociationDiagnostic.CallingApTitleNotRecognized;
        }
        else if (!IsValueRight(request.AuthenticationValue, out fault))
        {
            diagnostic = AssociationDiagnostic.AuthenticationFailure;
        }

        refused = Refuse(diagnostic) with { Security = fault };
        return diagnostic == AssociationDiagnostic.Null;
    }

    private bool IsValueRight(ReadOnlySpan<byte> value, out SecurityFault fault)
    {
        fault = SecurityFault.None;
        if (_security.Hls is not null)
        {
            return HlsChallenge.TryCheck(value, default, out fault);
        }

        bool isRight = _security.Password is null || CryptographicOperations.FixedTimeEquals(_security.Password.Reveal(), value);
        fault = isRight ? SecurityFault.None : new(SecurityFaultKind.ProofWrong);
        return isRight;
    }

    private bool TryTakeTitle(ReadOnlySpan<byte> octets, out SecurityFault fault)
    {
        fault = SecurityFault.None;
        if (_security.Context is not SecurityContext context)
        {
            return true;
        }

        if (!SystemTitle.TryCreate(octets, out SystemTitle title))
        {
            bool isKnown = octets.IsEmpty && context.PeerTitle is not null;
            fault = isKnown ? SecurityFault.None : new(SecurityFaultKind.TitleUnknown);
            return isKnown;
        }

        context.PeerTitle = title;
        return true;
    }

    private ConfirmedServiceError? RefusalOf(in InitiateRequest initiate, Conformance agreed) => initiate switch
    {
        { Version: < InitiateRequest.CurrentVersion } => ConfirmedServiceError.DlmsVersionTooLow,
        _ when agreed == Conformance.None => ConfirmedServiceError.IncompatibleConformance,
        { ClientMaximumReceivePduOctets: > 0 } when initiate.ClientMaximumReceivePduOctets < _offer.MinimumClientPduOctets =>
            ConfirmedServiceError.PduSizeTooShort,
        _ => null,
    };

    private bool TryTakeDedicatedKey(ReadOnlySpan<byte> octets)
    {
        CipherKey? key = null;
        bool isRight = octets.IsEmpty || (_security.IsCiphered && CipherKey.TryCreate(octets, out key)
            && key.OctetCount == _security.Context?.Suite.KeyOctets());
        if (isRight)
        {
            _security.Context?.UseDedicatedKey(key);
        }

        return isRight;
    }

    private AssociationRequest Accept(
        AssociationRequest taken, ReadOnlySpan<byte> authenticationValue, Span<byte> target, out int writtenOctets)
    {
        SecurityFault fault = SecurityFault.None;
        if (_security.Hls is not null)
        {
            _clientChallenge = authenticationValue.ToArray();
            _challenge = HlsChallenge.Create(_random, _security.ChallengeOctets);
            HlsChallenge.TryCheck(_challenge, _clientChallenge, out fault);
        }

        Span<byte> information = stackalloc byte[InitiateRoomOctets + SecurityContext.MaximumOverheadOctets];
        fault = fault.Kind == SecurityFaultKind.None ? EncodeInitiate(taken.Conformance, ref information) : fault;
        if (fault.Kind != SecurityFaultKind.None)
        {
            return Reject(Refuse(AssociationDiagnostic.NoReasonGiven) with { Security = fault }, null, target, out writtenOctets);
        }

        Encode(AssociationResult.Accepted, taken.Diagnostic, information, target, out writtenOctets);
        return taken;
    }

    private AssociationRequest Reject(
        AssociationRequest refused, ConfirmedServiceError? error, Span<byte> target, out int writtenOctets)
    {
        Span<byte> information = stackalloc byte[ConfirmedServiceError.OctetCount];
        int octets = 0;
        if (error is ConfirmedServiceError reason)
        {
            ConfirmedServiceError.Encode(reason, information, out octets);
        }

        Encode(AssociationResult.RejectedPermanent, refused.Diagnostic, information[..octets], target, out writtenOctets);
        return refused;
    }

    private void Encode(
        AssociationResult result,
        AssociationDiagnostic diagnostic,
        ReadOnlySpan<byte> information,
        Span<byte> target,
        out int writtenOctets)
    {
        Span<byte> title = stackalloc byte[SystemTitle.OctetCount];
        _security.Context?.OwnTitle.CopyTo(title);
        bool isHls = _security.Hls is not null && result == AssociationResult.Accepted;
        Aare response = new()
        {
            Context = _security.ApplicationContext,
            Result = result,
            Diagnostic = diagnostic,
            RespondingApTitle = _security.Context is null ? default : title,
            Mechanism = isHls ? _security.Mechanism : null,
            AuthenticationValue = isHls ? _challenge : default,
            UserInformation = information,
        };
        Aare.Encode(response, target, out writtenOctets);
    }

    private SecurityFault EncodeInitiate(Conformance agreed, scoped ref Span<byte> information)
    {
        Span<byte> clear = stackalloc byte[InitiateRoomOctets];
        InitiateResponse.Encode(new InitiateResponse(agreed, _offer.MaximumReceivePduOctets), clear, out int octets);
        if (_security is { IsCiphered: true, Context: SecurityContext context })
        {
            context.Seal(CipheringForm.ServiceSpecificGlobal, clear[..octets], information, out int sealedOctets, out SecurityFault fault);
            information = information[..sealedOctets];
            return fault;
        }

        clear[..octets].CopyTo(information);
        information = information[..octets];
        return SecurityFault.None;
    }
}
