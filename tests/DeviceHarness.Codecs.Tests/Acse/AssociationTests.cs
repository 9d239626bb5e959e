using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Acse;

public sealed class AssociationTests
{
    private const Conformance Services = Conformance.Get | Conformance.Set | Conformance.Action | Conformance.BlockTransferWithGet;

    private static readonly SystemTitle ClientTitle = new(0x4D4D4D0000000001);
    private static readonly SystemTitle ServerTitle = new(0x4142434445464748);
    private static readonly AssociationOffer Offer = new(Services, 500);
    private static readonly AssociationProposal Proposal = new(Services | Conformance.SelectiveAccess, 1200);
    private static readonly InvokeIdAndPriority InvokeId = new(0xC1);
    private static readonly SharedSecret Secret = SharedSecret.OfText("Passw0rd");

    private readonly byte[] _line = new byte[512];
    private readonly byte[] _opened = new byte[512];

    public static TheoryData<string, bool> Kinds { get; } = new()
    {
        { "none", false }, { "none", true }, { "lls", false }, { "lls", true }, { "md5", false }, { "sha1", true }, { "sha256", true },
        { "gmac", false }, { "gmac", true }, { "ecb", false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_sides_open_an_association_and_release_it(string kind, bool isCiphered)
    {
        using SecurityContext clientContext = Context(ClientTitle);
        using SecurityContext serverContext = Context(ServerTitle);
        AssociationProposal proposal = Proposal with { DedicatedKey = isCiphered ? CipherKey.Create(new byte[16]) : null, UserId = 7 };
        ClientAssociation client = new(proposal, Security(kind, isCiphered, clientContext), new Random(1).NextBytes);
        ServerAssociation server = new(Offer, Security(kind, isCiphered, serverContext), new Random(2).NextBytes);

        client.EncodeRequest(_line, out int octets, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());
        byte[] answer = new byte[256];
        AssociationRequest request = server.ReadRequest(_line.AsSpan(0, octets), answer, out int answerOctets);
        AssociationAnswer read = client.ReadAnswer(answer.AsSpan(0, answerOctets));

        request.UserId.Should().Be(7);
        request.ClientMaximumReceivePduOctets.Should().Be(1200);
        request.Security.Should().Be(SecurityFault.None);
        read.Agreed!.Value.Conformance.Should().Be(Services);
        read.Agreed.Value.ServerMaximumReceivePduOctets.Should().Be(500);
        clientContext.HasDedicatedKey.Should().Be(isCiphered);
        serverContext.HasDedicatedKey.Should().Be(isCiphered);
        bool isHls = kind is not ("none" or "lls");
        read.Verdict.Should().Be(isHls ? AssociationVerdict.ProofNeeded : AssociationVerdict.Open);
        request.Verdict.Should().Be(read.Verdict);
        if (isHls)
        {
            Prove(client, server, clientContext, serverContext).Verdict.Should().Be(AssociationVerdict.Open);
        }

        client.EncodeRelease(_line, out octets, out _).Should().Be(OperationStatus.Done);
        request = server.ReadRelease(_line.AsSpan(0, octets), Services, answer, out answerOctets);
        read = client.ReadRelease(answer.AsSpan(0, answerOctets));
        (request.Verdict, read.Verdict).Should().Be((AssociationVerdict.Open, AssociationVerdict.Open));
        (request.Security, read.Security).Should().Be((SecurityFault.None, SecurityFault.None));
        clientContext.HasDedicatedKey.Should().BeFalse();
        serverContext.HasDedicatedKey.Should().BeFalse();
    }

    [Fact]
    public void A_recorded_session_is_made_again_octet_for_octet_by_both_sides()
    {
        using SecurityContext clientContext = Context(ClientTitle, 0x12C);
        using SecurityContext serverContext = Context(ServerTitle, 0x11);
        byte[] request = CipheredVectors.Named("session-aarq-hls5-glo").Octets;
        byte[] response = CipheredVectors.Named("session-aare-hls5-glo").Octets;
        InitiateRequest initiate = RecordedRequest(request);
        InitiateResponse agreed = RecordedResponse(response);
        ClientAssociation client = new(
            new AssociationProposal(initiate.Conformance, initiate.ClientMaximumReceivePduOctets), Security("gmac", true, clientContext),
            Fixed(CipheredVectors.Named("hls5-session-pass4").Fields.Text("ctos")));
        ServerAssociation server = new(
            new AssociationOffer(agreed.Conformance, agreed.ServerMaximumReceivePduOctets), Security("gmac", true, serverContext),
            Fixed(CipheredVectors.Named("hls5-session-pass3").Fields.Text("stoc")));

        client.EncodeRequest(_line, out int octets, out _);
        _line[..octets].ShouldBeHex(Convert.ToHexString(request));
        byte[] answer = new byte[256];
        server.ReadRequest(request, answer, out octets).Verdict.Should().Be(AssociationVerdict.ProofNeeded);
        answer[..octets].ShouldBeHex(Convert.ToHexString(response));
        client.ReadAnswer(response).Verdict.Should().Be(AssociationVerdict.ProofNeeded);
        serverContext.Counters.Send.TryRaiseTo(0x13);
        client.EncodeProof(InvokeId, _opened, out octets, out _);
        clientContext.Seal(CipheringForm.ServiceSpecificGlobal, _opened.AsSpan(0, octets), _line, out octets, out _);
        _line[..octets].ShouldBeHex(Convert.ToHexString(CipheredVectors.Named("hls5-session-pass3").Octets));
        serverContext.Open(_line.AsSpan(0, octets), _opened, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        ActionRequest.Decode(opened.Apdu, out ActionRequest pass3, out _, out _);
        server.ReadProof(pass3, answer, out octets).Verdict.Should().Be(AssociationVerdict.Open);
        serverContext.Seal(CipheringForm.ServiceSpecificGlobal, answer.AsSpan(0, octets), _line, out octets, out _);
        _line[..octets].ShouldBeHex(Convert.ToHexString(CipheredVectors.Named("hls5-session-pass4").Octets));
        clientContext.Open(_line.AsSpan(0, octets), _opened, out opened, out _).Should().Be(OperationStatus.Done);
        client.ReadProof(opened.Apdu).Verdict.Should().Be(AssociationVerdict.Open);
    }

    [Theory]
    [InlineData("none", false, "none", true, AssociationDiagnostic.ApplicationContextNameNotSupported)]
    [InlineData("none", false, "lls", false, AssociationDiagnostic.AuthenticationMechanismNameRequired)]
    [InlineData("lls", false, "gmac", false, AssociationDiagnostic.AuthenticationMechanismNameNotRecognised)]
    [InlineData("otherlls", false, "lls", false, AssociationDiagnostic.AuthenticationFailure)]
    public void A_server_says_which_of_the_securities_it_wants(
        string offered, bool isOfferedCiphered, string wanted, bool isWantedCiphered, AssociationDiagnostic diagnostic)
    {
        using SecurityContext clientContext = Context(ClientTitle);
        using SecurityContext serverContext = Context(ServerTitle);
        ClientAssociation client = new(Proposal, Security(offered, isOfferedCiphered, clientContext), new Random(1).NextBytes);
        ServerAssociation server = new(Offer, Security(wanted, isWantedCiphered, serverContext), new Random(2).NextBytes);

        client.EncodeRequest(_line, out int octets, out _);
        AssociationRequest request = server.ReadRequest(_line.AsSpan(0, octets), _opened, out int answerOctets);
        AssociationAnswer answer = client.ReadAnswer(_opened.AsSpan(0, answerOctets));

        (request.Verdict, request.Diagnostic).Should().Be((AssociationVerdict.Faulty, diagnostic));
        (answer.Verdict, answer.Diagnostic).Should().Be((AssociationVerdict.Refused, diagnostic));
    }

    [Fact]
    public void Another_key_is_an_authentication_failure_and_no_link_failure()
    {
        using SecurityContext clientContext = Context(ClientTitle, key: 0x77);
        using SecurityContext serverContext = Context(ServerTitle);
        ClientAssociation client = new(Proposal, Security("gmac", true, clientContext), new Random(1).NextBytes);
        ServerAssociation server = new(Offer, Security("gmac", true, serverContext), new Random(2).NextBytes);

        client.EncodeRequest(_line, out int octets, out _);
        AssociationRequest request = server.ReadRequest(_line.AsSpan(0, octets), _opened, out int answerOctets);
        AssociationAnswer answer = client.ReadAnswer(_opened.AsSpan(0, answerOctets));

        request.Security.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed);
        answer.Verdict.Should().Be(AssociationVerdict.Refused);
        answer.ServiceError!.Value.Name.Should().Be("application-reference / deciphering-error");
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("gmac")]
    public void A_wrong_proof_is_refused_by_either_side(string kind)
    {
        using SecurityContext clientContext = Context(ClientTitle);
        using SecurityContext serverContext = Context(ServerTitle);
        (ClientAssociation client, ServerAssociation server) = Proving(kind, clientContext, serverContext);
        client.EncodeProof(InvokeId, _line, out int octets, out _);
        _line[octets - 1] ^= 1;
        ActionRequest.Decode(_line.AsSpan(0, octets), out ActionRequest pass3, out _, out _);

        AssociationRequest request = server.ReadProof(pass3, _opened, out int answerOctets);
        AssociationAnswer refused = client.ReadProof(_opened.AsSpan(0, answerOctets));
        client.EncodeProof(InvokeId, _line, out octets, out _);
        ActionRequest.Decode(_line.AsSpan(0, octets), out pass3, out _, out _);
        server.ReadProof(pass3, _opened, out answerOctets).Verdict.Should().Be(AssociationVerdict.Open);
        _opened[answerOctets - 1] ^= 1;
        AssociationAnswer faulty = client.ReadProof(_opened.AsSpan(0, answerOctets));

        (request.Verdict, request.Security.Kind).Should().Be((AssociationVerdict.Faulty, SecurityFaultKind.ProofWrong));
        (refused.Verdict, refused.ProofResult).Should().Be((AssociationVerdict.Refused, ActionResult.OtherReason));
        (faulty.Verdict, faulty.Security.Kind).Should().Be((AssociationVerdict.Faulty, SecurityFaultKind.ProofWrong));
    }

    [Theory]
    [InlineData("C701C10000", AssociationVerdict.Faulty)]
    [InlineData("C701C100010004", AssociationVerdict.Faulty)]
    [InlineData("C701C1000100110 5", AssociationVerdict.Faulty)]
    [InlineData("C704C100000001", AssociationVerdict.Faulty)]
    [InlineData("D80101", AssociationVerdict.Refused)]
    [InlineData("D8", AssociationVerdict.Faulty)]
    public void What_is_no_pass_4_opens_nothing(string hex, AssociationVerdict verdict)
    {
        using SecurityContext clientContext = Context(ClientTitle);
        using SecurityContext serverContext = Context(ServerTitle);
        (ClientAssociation client, _) = Proving("md5", clientContext, serverContext);

        client.ReadProof(hex.Octets()).Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData("C301C1000F0000280000FF0100")]
    [InlineData("C301C1000F0000280000FF02010900")]
    [InlineData("C301C1000F0000280000FF01011105")]
    [InlineData("C302C100000001")]
    public void What_is_no_pass_3_is_refused(string hex)
    {
        using SecurityContext clientContext = Context(ClientTitle);
        using SecurityContext serverContext = Context(ServerTitle);
        (_, ServerAssociation server) = Proving("md5", clientContext, serverContext);
        ActionRequest.Decode(hex.Octets(), out ActionRequest request, out _, out _).Should().Be(OperationStatus.Done);

        server.ReadProof(request, _opened, out int octets).Security.Kind.Should().Be(SecurityFaultKind.ProofWrong);

        _opened[..octets].ShouldBeHex("C701C1FA00");
    }

    [Theory]
    [InlineData("aare-ok", AssociationVerdict.Open, 0)]
    [InlineData("aare-lls-diag-1", AssociationVerdict.Open, 1)]
    [InlineData("aare-dlms-version-low", AssociationVerdict.Refused, 1)]
    public void Only_the_result_of_a_recorded_answer_decides(string name, AssociationVerdict verdict, int diagnostic)
    {
        ClientAssociation client = new(new AssociationProposal((Conformance)0x007E1F, 1200), AssociationSecurity.None, _ => { });

        AssociationAnswer answer = client.ReadAnswer(CipheredVectors.Named(name).Octets);

        answer.Verdict.Should().Be(verdict);
        ((int)answer.Diagnostic).Should().Be(diagnostic);
        (answer.ServiceError is null).Should().Be(verdict == AssociationVerdict.Open);
    }

    [Fact]
    public void A_recorded_rejection_without_user_information_and_an_exception_are_refusals()
    {
        ClientAssociation client = new(Proposal, AssociationSecurity.None, _ => { });

        client.ReadAnswer("6117A109060760857405080101A203020101A305A10302010D".Octets()).Diagnostic
            .Should().Be(AssociationDiagnostic.AuthenticationFailure);
        client.ReadAnswer(CipheredVectors.Named("exception-ic-error-5byte").Octets).Exception!.Value.ExpectedInvocationCounter
            .Should().Be(0x10);
        client.ReadAnswer("62".Octets()).Verdict.Should().Be(AssociationVerdict.Faulty);
        client.ReadAnswer(default).Codec.Kind.Should().Be(CodecFaultKind.Truncated);
    }

    [Fact]
    public void An_initiate_in_clear_another_title_and_a_challenge_that_comes_back_are_refused_in_a_ciphered_association()
    {
        byte[] title = "A40A04084142434445464748".Octets();
        using SecurityContext context = Context(ClientTitle);
        ClientAssociation client = new(Proposal, Security("gmac", true, context), Fixed("503677524A323146503677524A323146"));
        byte[] clear = CipheredVectors.Named("aare-ok").Octets;

        AssociationAnswer downgraded = client.ReadAnswer(clear);
        context.PeerTitle = new SystemTitle(5);
        AssociationAnswer other = client.ReadAnswer([0x61, (byte)(clear[1] + title.Length), .. clear[2..], .. title]);
        ClientAssociation plain = new(Proposal, Security("md5", false, context), Fixed("503677524A323146503677524A323146"));
        AssociationAnswer repeated = plain.ReadAnswer(
            ("614AA109060760857405080101A203020100A305A10302010E88020780890760857405080203"
                + "AA128010503677524A323146503677524A323146BE10040E0800065F1F040000501F01F40007").Octets());

        downgraded.Security.Kind.Should().Be(SecurityFaultKind.NotCiphered);
        other.Security.Kind.Should().Be(SecurityFaultKind.TitleMismatch);
        repeated.Security.Kind.Should().Be(SecurityFaultKind.ChallengeRepeated);
    }

    [Theory]
    [InlineData("neg-rlre-wrong-length", CodecFaultKind.BadLength)]
    [InlineData("rlrq-normal", CodecFaultKind.UnknownTag)]
    public void An_association_is_over_whatever_answers_its_release(string name, CodecFaultKind fault)
    {
        ClientAssociation client = new(Proposal, AssociationSecurity.None, _ => { });

        AssociationAnswer answer = client.ReadRelease(CipheredVectors.Named(name).Octets);

        answer.Codec.Kind.Should().Be(fault);
        answer.Verdict.Should().Be(name.StartsWith("neg", StringComparison.Ordinal) ? AssociationVerdict.Open : AssociationVerdict.Faulty);
    }

    [Theory]
    [InlineData("01000000055F1F0400007E1F04B0", "0E010601")]
    [InlineData("01000000065F1F04000000000 4B0", "0E010602")]
    [InlineData("01000000065F1F0400007E1F0010", "0E010603")]
    [InlineData("010110001122334455667788 99AABBCCDDEEFF0000065F1F0400007E1F04B0", "0E010006")]
    [InlineData("0100", "")]
    public void An_initiate_that_cannot_be_granted_is_refused_with_its_reason(string initiate, string error)
    {
        ServerAssociation server = new(Offer, AssociationSecurity.None, _ => { });
        Aarq.Encode(new Aarq { Context = ApplicationContext.LogicalName, UserInformation = initiate.Octets() }, _line, out int octets);

        AssociationRequest request = server.ReadRequest(_line.AsSpan(0, octets), _opened, out int answerOctets);

        request.Verdict.Should().Be(AssociationVerdict.Faulty);
        Aare.Decode(_opened.AsSpan(0, answerOctets), out Aare answer, out _, out _).Should().Be(OperationStatus.Done);
        answer.Result.Should().Be(AssociationResult.RejectedPermanent);
        answer.UserInformation.ShouldBeHex(error);
    }

    [Fact]
    public void A_damaged_request_a_missing_title_and_a_short_challenge_are_refused()
    {
        using SecurityContext context = Context(ServerTitle);
        ServerAssociation server = new(Offer, Security("gmac", true, context), new Random(2).NextBytes);
        byte[] request = CipheredVectors.Named("session-aarq-hls5-glo").Octets;
        byte[] untitled = [0x60, (byte)(request[1] - 12), .. request[2..13], .. request[25..]];

        AssociationRequest damaged = server.ReadRequest(request.AsSpan(0, 9), _opened, out int damagedOctets);
        AssociationRequest nameless = server.ReadRequest(untitled, _opened, out _);
        context.PeerTitle = ClientTitle;
        AssociationRequest known = server.ReadRequest(untitled, _opened, out _);
        AssociationRequest released = server.ReadRelease("62".Octets(), Services, _opened, out int releaseOctets);

        damaged.Codec.Kind.Should().Be(CodecFaultKind.Truncated);
        damagedOctets.Should().BePositive();
        (nameless.Diagnostic, nameless.Security.Kind)
            .Should().Be((AssociationDiagnostic.CallingApTitleNotRecognized, SecurityFaultKind.TitleUnknown));
        known.Verdict.Should().Be(AssociationVerdict.ProofNeeded);
        released.Verdict.Should().Be(AssociationVerdict.Faulty);
        releaseOctets.Should().Be(5);
    }

    [Fact]
    public void What_cannot_be_carried_out_is_refused_when_it_is_prepared()
    {
        using SecurityContext context = Context(ClientTitle);
        CipherKey key = CipherKey.Create(new byte[16]);
        AssociationSecurity[] wrong =
        [
            new() { Password = Secret, Hls = new GmacHls(context), Context = context },
            new() { IsCiphered = true },
            new() { Hls = new GmacHls(context) },
            new() { ChallengeOctets = 7 },
        ];
        foreach (AssociationSecurity security in wrong)
        {
            Action client = () => _ = new ClientAssociation(Proposal, security, _ => { });
            Action server = () => _ = new ServerAssociation(Offer, security, _ => { });

            client.Should().Throw<ArgumentException>();
            server.Should().Throw<ArgumentException>();
        }

        Action dedicated = () => _ = new ClientAssociation(Proposal with { DedicatedKey = key }, AssociationSecurity.None, _ => { });
        dedicated.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Without_HLS_there_is_no_proof()
    {
        ClientAssociation client = new(Proposal, AssociationSecurity.None, _ => { });
        ServerAssociation server = new(Offer, AssociationSecurity.None, _ => { });
        Action[] wrong =
        [
            () => client.EncodeProof(InvokeId, new byte[100], out _, out _), () => client.ReadProof(new byte[10]),
            () => server.ReadProof(default, new byte[100], out _),
        ];

        wrong.Should().AllSatisfy(act => act.Should().Throw<InvalidOperationException>());
    }

    [Fact]
    public void A_used_up_counter_and_a_short_target_are_told()
    {
        using SecurityContext used = Context(ClientTitle, SendCounter.Exhausted);
        using SecurityContext server = Context(ServerTitle, SendCounter.Exhausted);
        ClientAssociation client = new(Proposal, Security("gmac", true, used), new Random(1).NextBytes);
        ServerAssociation exhausted = new(Offer, Security("gmac", true, server), new Random(1).NextBytes);
        ClientAssociation open = new(Proposal, AssociationSecurity.None, _ => { });

        client.EncodeRequest(_line, out _, out SecurityFault request).Should().Be(OperationStatus.InvalidData);
        client.EncodeRelease(_line, out _, out SecurityFault release).Should().Be(OperationStatus.InvalidData);
        open.EncodeRequest(new byte[20], out int octets, out _).Should().Be(OperationStatus.DestinationTooSmall);
        AssociationRequest refused = exhausted.ReadRequest(CipheredVectors.Named("session-aarq-hls5-glo").Octets, _opened, out _);

        octets.Should().Be(0);
        (request.Kind, release.Kind, refused.Security.Kind).Should().Be(
            (SecurityFaultKind.CounterExhausted, SecurityFaultKind.CounterExhausted, SecurityFaultKind.CounterExhausted));
    }

    private (ClientAssociation Client, ServerAssociation Server) Proving(
        string kind, SecurityContext clientContext, SecurityContext serverContext)
    {
        ClientAssociation client = new(Proposal, Security(kind, false, clientContext), new Random(1).NextBytes);
        ServerAssociation server = new(Offer, Security(kind, false, serverContext), new Random(2).NextBytes);
        client.EncodeRequest(_line, out int octets, out _);
        server.ReadRequest(_line.AsSpan(0, octets), _opened, out octets);
        client.ReadAnswer(_opened.AsSpan(0, octets)).Verdict.Should().Be(AssociationVerdict.ProofNeeded);
        return (client, server);
    }

    private AssociationAnswer Prove(
        ClientAssociation client, ServerAssociation server, SecurityContext clientContext, SecurityContext serverContext)
    {
        client.EncodeProof(InvokeId, _line, out int octets, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());
        byte[] clear = OverTheLine(client.IsCiphered, clientContext, serverContext, _line[..octets]);
        ActionRequest.Decode(clear, out ActionRequest pass3, out _, out _).Should().Be(OperationStatus.Done);
        AssociationRequest request = server.ReadProof(pass3, _line, out octets);
        request.Verdict.Should().Be(AssociationVerdict.Open, request.Security.ToString());
        return client.ReadProof(OverTheLine(server.IsCiphered, serverContext, clientContext, _line[..octets]));
    }

    private static byte[] OverTheLine(bool isCiphered, SecurityContext sender, SecurityContext receiver, byte[] apdu)
    {
        if (!isCiphered)
        {
            return apdu;
        }

        byte[] line = new byte[256];
        byte[] target = new byte[256];
        sender.Seal(CipheringForm.ServiceSpecificGlobal, apdu, line, out int octets, out _).Should().Be(OperationStatus.Done);
        receiver.Open(line.AsSpan(0, octets), target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        return opened.Apdu.ToArray();
    }

    private static AssociationSecurity Security(string kind, bool isCiphered, SecurityContext context)
    {
        IHlsMechanism? hls = kind switch
        {
            "md5" => HashHls.Create(AuthenticationMechanism.HighLevelMd5, Secret),
            "sha1" => HashHls.Create(AuthenticationMechanism.HighLevelSha1, Secret),
            "sha256" => HashHls.Create(AuthenticationMechanism.HighLevelSha256, Secret),
            "gmac" => new GmacHls(context),
            "ecb" => ManufacturerHls.AesEcb(CipherKey.Create(new byte[16])),
            _ => null,
        };
        SharedSecret? password = kind switch
        {
            "lls" => Secret,
            "otherlls" => SharedSecret.OfText("passw0rd"),
            _ => null,
        };
        return new() { Password = password, Hls = hls, Context = context, IsCiphered = isCiphered };
    }

    private static InitiateRequest RecordedRequest(byte[] apdu)
    {
        using SecurityContext server = Context(ServerTitle);
        server.PeerTitle = ClientTitle;
        Aarq.Decode(apdu, out Aarq request, out _, out _);
        byte[] target = new byte[256];
        server.Open(request.UserInformation, target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        InitiateRequest.Decode(opened.Apdu.ToArray(), out InitiateRequest initiate, out _, out _);
        return initiate;
    }

    private static InitiateResponse RecordedResponse(byte[] apdu)
    {
        using SecurityContext client = Context(ClientTitle);
        client.PeerTitle = ServerTitle;
        Aare.Decode(apdu, out Aare response, out _, out _);
        byte[] target = new byte[256];
        client.Open(response.UserInformation, target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        InitiateResponse.Decode(opened.Apdu, out InitiateResponse agreed, out _, out _);
        return agreed;
    }

    private static RandomOctets Fixed(string hex) => target => hex.Octets().CopyTo(target);

    private static SecurityContext Context(SystemTitle own, uint nextCounter = 0, byte? key = null) => new(
        SecuritySuite.Suite0,
        own,
        new GlobalKeys(
            CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets().Select(octet => key ?? octet).ToArray()),
            CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets())),
        new SecurityCounters(new SendCounter(nextCounter, new CounterMemory()), new ReceiveCounter()));
}
