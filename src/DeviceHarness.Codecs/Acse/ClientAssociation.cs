using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>The client's side of one association, from AARQ to RLRE: what to send, and what an answer means. It sends nothing.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, ACSE, HLS authentication and ciphered initiate, as this harness's DLMS guide sums it up, with the tolerance of
/// its section 12: only the result decides, a rejection may lack its user information, an RLRE may have wrong lengths. Make one for
/// each attempt; one more on the same security context goes on with its counters. Not thread safe.
/// </remarks>
public sealed class ClientAssociation
{
    private const int InitiateRoomOctets = 96;

    private readonly AssociationProposal _proposal;
    private readonly AssociationSecurity _security;
    private readonly byte[] _challenge;
    private byte[] _serverChallenge = [];

    /// <summary>Prepares an association.</summary>
    /// <param name="proposal">What the client proposes.</param>
    /// <param name="security">How it is secured.</param>
    /// <param name="random">Where the challenge comes from; on a real device a cryptographic source.</param>
    /// <exception cref="ArgumentException">The security cannot be carried out, or there is a dedicated key without ciphering.</exception>
    public ClientAssociation(AssociationProposal proposal, AssociationSecurity security, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(security);
        security.Validate();
        if (proposal.DedicatedKey is not null && !security.IsCiphered)
        {
            throw new ArgumentException("a dedicated key is sent ciphered only", nameof(proposal));
        }

        _proposal = proposal;
        _security = security;
        _challenge = security.Hls is null ? [] : HlsChallenge.Create(random, security.ChallengeOctets);
    }

    /// <summary>True when the APDUs of the association are to be protected with the security context.</summary>
    public bool IsCiphered => _security.IsCiphered;

    /// <summary>Encodes the AARQ; with a dedicated key, the context holds it from now on.</summary>
    /// <param name="target">Where the APDU goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Why not.</param>
    public OperationStatus EncodeRequest(Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        Span<byte> information = stackalloc byte[InitiateRoomOctets + SecurityContext.MaximumOverheadOctets];
        Span<byte> title = stackalloc byte[SystemTitle.OctetCount];
        writtenOctets = 0;
        OperationStatus status = EncodeInitiate(ref information, out fault);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        _security.Context?.OwnTitle.CopyTo(title);
        Aarq request = new()
        {
            Context = _security.ApplicationContext,
            CallingApTitle = _security.Context is null ? default : title,
            CallingAeInvocationId = _proposal.UserId,
            Mechanism = _security.Mechanism == AuthenticationMechanism.None ? null : _security.Mechanism,
            AuthenticationValue = _security.Password is null ? _challenge : _security.Password.Reveal(),
            UserInformation = information,
        };
        status = Aarq.Encode(request, target, out writtenOctets);
        if (status == OperationStatus.Done)
        {
            _security.Context?.UseDedicatedKey(_proposal.DedicatedKey);
        }

        return status;
    }

    /// <summary>Reads what came for the AARQ: an AARE or, from some meters, an exception-response.</summary>
    /// <param name="apdu">The APDU.</param>
    public AssociationAnswer ReadAnswer(ReadOnlySpan<byte> apdu)
    {
        if (!apdu.IsEmpty && apdu[0] == (byte)ApduTag.ExceptionResponse)
        {
            return ReadException(apdu);
        }

        if (Aare.Decode(apdu, out Aare answer, out _, out CodecFault fault) != OperationStatus.Done)
        {
            return AssociationAnswer.Malformed(fault);
        }

        if (!TryLearnTitle(answer.RespondingApTitle, out SecurityFault title))
        {
            return AssociationAnswer.Insecure(title);
        }

        return answer.Result == AssociationResult.Accepted ? ReadAccepted(answer) : ReadRejected(answer);
    }

    /// <summary>Encodes pass 3 of HLS, in clear: protect it as every APDU when <see cref="IsCiphered"/>.</summary>
    /// <param name="invokeId">Repeated by the response.</param>
    /// <param name="target">Where the APDU goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Why not.</param>
    public OperationStatus EncodeProof(InvokeIdAndPriority invokeId, Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        IHlsMechanism hls = _security.Hls ?? throw new InvalidOperationException("the association has no mechanism of HLS");
        Span<byte> proof = stackalloc byte[IHlsMechanism.MaximumProofOctets];
        writtenOctets = 0;
        HlsPass pass = new()
        {
            Challenge = _serverChallenge,
            ProverChallenge = _challenge,
            ProverTitle = _security.Context?.OwnTitle,
            VerifierTitle = _security.Context?.PeerTitle,
        };
        OperationStatus status = hls.Prove(pass, proof, out int proofOctets, out fault);
        return status == OperationStatus.Done
            ? HlsMessages.EncodeRequest(invokeId, proof[..proofOctets], target, out writtenOctets)
            : status;
    }

    /// <summary>Reads pass 4 of HLS, in clear, and checks the server's proof.</summary>
    /// <param name="apdu">The APDU, opened already when <see cref="IsCiphered"/>.</param>
    public AssociationAnswer ReadProof(ReadOnlySpan<byte> apdu)
    {
        IHlsMechanism hls = _security.Hls ?? throw new InvalidOperationException("the association has no mechanism of HLS");
        if (!apdu.IsEmpty && apdu[0] == (byte)ApduTag.ExceptionResponse)
        {
            return ReadException(apdu);
        }

        if (ActionResponse.Decode(apdu, out ActionResponse response, out _, out CodecFault fault) != OperationStatus.Done)
        {
            return AssociationAnswer.Malformed(fault);
        }

        if (response.Choice == ActionResponseChoice.Normal && response.Outcome.Result != ActionResult.Success)
        {
            return new(AssociationVerdict.Refused) { ProofResult = response.Outcome.Result };
        }

        HlsPass pass = new()
        {
            Challenge = _challenge,
            ProverChallenge = _serverChallenge,
            ProverTitle = _security.Context?.PeerTitle,
            VerifierTitle = _security.Context?.OwnTitle,
        };
        SecurityFault wrong = new(SecurityFaultKind.ProofWrong);
        bool isRight = HlsMessages.TryReadResponse(response, out ReadOnlySpan<byte> proof) && hls.TryCheck(pass, proof, out wrong);
        return isRight ? new(AssociationVerdict.Open) : AssociationAnswer.Insecure(wrong);
    }

    /// <summary>Encodes the RLRQ; in a ciphered association it repeats the initiate.</summary>
    /// <param name="target">Where the APDU goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Why not.</param>
    public OperationStatus EncodeRelease(Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        Span<byte> information = stackalloc byte[InitiateRoomOctets + SecurityContext.MaximumOverheadOctets];
        fault = SecurityFault.None;
        writtenOctets = 0;
        OperationStatus status = OperationStatus.Done;
        if (_security.IsCiphered)
        {
            status = EncodeInitiate(ref information, out fault);
        }
        else
        {
            information = default;
        }

        return status == OperationStatus.Done
            ? Rlrq.Encode(new Rlrq { Reason = 0, UserInformation = information }, target, out writtenOctets)
            : status;
    }

    /// <summary>Reads what came for the RLRQ. The association is over whatever it is; the dedicated key ends with it.</summary>
    /// <param name="apdu">The APDU; wrong lengths in it are accepted.</param>
    /// <returns>What was wrong with it, to be noted: also the initiate in it is checked when it is ciphered.</returns>
    public AssociationAnswer ReadRelease(ReadOnlySpan<byte> apdu)
    {
        bool isRelease = Rlre.Decode(apdu, out Rlre release, out _, out CodecFault codec) == OperationStatus.Done;
        SecurityFault fault = SecurityFault.None;
        if (isRelease && _security.IsCiphered && !release.UserInformation.IsEmpty)
        {
            _security.TryOpen(release.UserInformation, out _, out fault);
        }

        _security.Context?.UseDedicatedKey(null);
        return new(isRelease ? AssociationVerdict.Open : AssociationVerdict.Faulty) { Codec = codec, Security = fault };
    }

    private static AssociationAnswer ReadException(ReadOnlySpan<byte> apdu)
    {
        bool isRead = ExceptionResponse.Decode(apdu, out ExceptionResponse exception, out _, out CodecFault fault) == OperationStatus.Done;
        return isRead ? new(AssociationVerdict.Refused) { Exception = exception } : AssociationAnswer.Malformed(fault);
    }

    private OperationStatus EncodeInitiate(scoped ref Span<byte> information, out SecurityFault fault)
    {
        Span<byte> clear = stackalloc byte[InitiateRoomOctets];
        InitiateRequest initiate = new()
        {
            DedicatedKey = _proposal.DedicatedKey is null ? default : _proposal.DedicatedKey.Reveal(),
            Conformance = _proposal.Conformance,
            ClientMaximumReceivePduOctets = _proposal.MaximumReceivePduOctets,
        };
        fault = SecurityFault.None;
        OperationStatus status = InitiateRequest.Encode(initiate, clear, out int octets);
        if (status == OperationStatus.Done && _security is { IsCiphered: true, Context: SecurityContext context })
        {
            status = context.Seal(CipheringForm.ServiceSpecificGlobal, clear[..octets], information, out int sealedOctets, out fault);
            information = information[..sealedOctets];
        }
        else
        {
            clear[..octets].CopyTo(information);
            information = information[..octets];
        }

        clear.Clear();
        return status;
    }

    private bool TryLearnTitle(ReadOnlySpan<byte> octets, out SecurityFault fault)
    {
        fault = SecurityFault.None;
        if (_security.Context is not SecurityContext context || octets.IsEmpty)
        {
            return true;
        }

        bool isTitle = SystemTitle.TryCreate(octets, out SystemTitle title);
        bool isExpected = context.PeerTitle is not SystemTitle known || known == title;
        if (!isTitle || !isExpected)
        {
            fault = new(SecurityFaultKind.TitleMismatch);
            return false;
        }

        context.PeerTitle = title;
        return true;
    }

    private AssociationAnswer ReadAccepted(in Aare answer)
    {
        if (!_security.TryOpen(answer.UserInformation, out byte[] clear, out SecurityFault security))
        {
            return AssociationAnswer.Insecure(security);
        }

        if (InitiateResponse.Decode(clear, out InitiateResponse agreed, out _, out CodecFault fault) != OperationStatus.Done)
        {
            return AssociationAnswer.Malformed(fault);
        }

        AssociationAnswer open = new(AssociationVerdict.Open)
        {
            Diagnostic = answer.Diagnostic,
            Agreed = agreed with { Conformance = agreed.Conformance & _proposal.Conformance },
        };
        if (_security.Hls is null)
        {
            return open;
        }

        if (!HlsChallenge.TryCheck(answer.AuthenticationValue, _challenge, out security))
        {
            return AssociationAnswer.Insecure(security);
        }

        _serverChallenge = answer.AuthenticationValue.ToArray();
        return open with { Verdict = AssociationVerdict.ProofNeeded };
    }

    private AssociationAnswer ReadRejected(in Aare answer)
    {
        // A rejection may come without user information, in clear or ciphered: what cannot be read of it changes nothing.
        ConfirmedServiceError? serviceError = null;
        ReadOnlySpan<byte> information = answer.UserInformation;
        bool isCiphered = !information.IsEmpty && CipheredApdu.IsCiphered(information[0]);
        SecurityFault security = SecurityFault.None;
        byte[] clear = [];
        if (isCiphered ? _security.TryOpen(information, out clear, out security) : !information.IsEmpty)
        {
            bool isError = ConfirmedServiceError.Decode(
                isCiphered ? clear : information, out ConfirmedServiceError error, out _, out _) == OperationStatus.Done;
            serviceError = isError ? error : null;
        }

        return new(AssociationVerdict.Refused)
        {
            Result = answer.Result,
            Diagnostic = answer.Diagnostic,
            ServiceError = serviceError,
            Security = security,
        };
    }
}
