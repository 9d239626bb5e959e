using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Acse;

public sealed class HlsTests
{
    private static readonly SystemTitle ClientTitle = new(0x4D4D4D0000000001);
    private static readonly SystemTitle ServerTitle = new(0x4142434445464748);
    private static readonly byte[] Challenge = "503677524A323146".Octets();
    private static readonly byte[] OtherChallenge = "4B35366956616759".Octets();
    private static readonly SharedSecret Secret = SharedSecret.OfText("MyHlsSecret");

    public static TheoryData<string> Names { get; } =
        [.. CipheredVectors.All.Where(vector => vector.Layer == "hls").Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proof_is_what_another_implementation_makes_and_a_flipped_bit_of_it_is_refused(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        IHlsMechanism mechanism = Mechanism(vector);
        HlsPass pass = Pass(vector);
        byte[] proof = new byte[IHlsMechanism.MaximumProofOctets];

        mechanism.Prove(pass, proof, out int written, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());

        ((int)mechanism.Mechanism).Should().Be(vector.Fields.Number("mechanism"));
        proof[..written].ShouldBeHex(Convert.ToHexString(vector.Octets));
        mechanism.TryCheck(pass, vector.Octets, out fault).Should().BeTrue(fault.ToString());
        for (int bit = 0; bit < written * 8; bit++)
        {
            byte[] damaged = [.. vector.Octets];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            mechanism.TryCheck(pass, damaged, out fault).Should().BeFalse();
            fault.Kind.Should().Be(SecurityFaultKind.ProofWrong);
        }

        mechanism.TryCheck(pass, vector.Octets.AsSpan(1), out fault).Should().BeFalse();
        mechanism.TryCheck(pass, default, out fault).Should().BeFalse();
        mechanism.Prove(pass, new byte[written - 1], out _, out _).Should().Be(OperationStatus.DestinationTooSmall);
    }

    [Fact]
    public void A_GMAC_proof_is_refused_when_a_bit_is_flipped_when_it_comes_twice_and_when_its_counter_is_lowered()
    {
        using SecurityContext client = Context(ClientTitle, ServerTitle, 100);
        using SecurityContext server = Context(ServerTitle, ClientTitle, 0);
        GmacHls prover = new(client);
        GmacHls verifier = new(server);
        HlsPass pass = new() { Challenge = Challenge };
        byte[] proof = new byte[GmacHls.ProofOctets];
        prover.Prove(pass, proof, out int written, out _).Should().Be(OperationStatus.Done);
        written.Should().Be(17);
        for (int bit = 0; bit < written * 8; bit++)
        {
            byte[] damaged = [.. proof];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            verifier.TryCheck(pass, damaged, out SecurityFault wrong).Should().BeFalse();
            wrong.Kind.Should().Be(SecurityFaultKind.ProofWrong);
        }

        verifier.TryCheck(pass, proof, out _).Should().BeTrue();
        verifier.TryCheck(pass, proof, out SecurityFault repeated).Should().BeFalse();
        server.Counters.Receive.Accept(200);
        server.Counters.Receive.AcceptInner(201);
        verifier.TryCheck(pass, proof, out SecurityFault lowered).Should().BeFalse();

        repeated.Kind.Should().Be(SecurityFaultKind.CounterRepeated);
        lowered.Kind.Should().Be(SecurityFaultKind.CounterLowered);
    }

    [Fact]
    public void A_GMAC_proof_needs_a_title_a_counter_and_room()
    {
        using SecurityContext nameless = Context(ServerTitle, null, 0);
        using SecurityContext used = Context(ClientTitle, ServerTitle, SendCounter.Exhausted);
        HlsPass pass = new() { Challenge = Challenge };

        new GmacHls(nameless).TryCheck(pass, new byte[17], out SecurityFault unknown).Should().BeFalse();
        new GmacHls(nameless).TryCheck(pass, new byte[16], out SecurityFault shortProof).Should().BeFalse();
        new GmacHls(used).Prove(pass, new byte[17], out _, out SecurityFault exhausted).Should().Be(OperationStatus.InvalidData);
        new GmacHls(nameless).Prove(pass, new byte[16], out _, out _).Should().Be(OperationStatus.DestinationTooSmall);
        nameless.Counters.Send.Next.Should().Be(0);

        unknown.Kind.Should().Be(SecurityFaultKind.TitleUnknown);
        shortProof.Kind.Should().Be(SecurityFaultKind.Malformed);
        exhausted.Kind.Should().Be(SecurityFaultKind.CounterExhausted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65)]
    public void A_challenge_has_8_to_64_octets(int octets)
    {
        using SecurityContext context = Context(ClientTitle, ServerTitle, 0);
        IHlsMechanism[] mechanisms =
        [
            HashHls.Create(AuthenticationMechanism.HighLevelMd5, Secret), new GmacHls(context),
            ManufacturerHls.AesEcb(CipherKey.Create(new byte[16])),
        ];
        HlsPass pass = new() { Challenge = new byte[octets] };
        foreach (IHlsMechanism mechanism in mechanisms)
        {
            mechanism.Prove(pass, new byte[64], out _, out SecurityFault prove).Should().Be(OperationStatus.InvalidData);
            mechanism.TryCheck(pass, new byte[17], out SecurityFault check).Should().BeFalse();

            prove.Should().Be(new SecurityFault(SecurityFaultKind.ChallengeLength, 8, octets));
            check.Should().Be(prove);
        }

        Action create = () => HlsChallenge.Create(_ => { }, octets);
        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_challenge_that_comes_back_is_refused()
    {
        byte[] challenge = HlsChallenge.Create(new Random(7).NextBytes);

        HlsChallenge.TryCheck(challenge, challenge, out SecurityFault fault).Should().BeFalse();

        challenge.Should().HaveCount(HlsChallenge.DefaultOctets);
        fault.Kind.Should().Be(SecurityFaultKind.ChallengeRepeated);
        HlsChallenge.TryCheck(challenge, default, out _).Should().BeTrue();
    }

    [Fact]
    public void SHA_256_needs_both_titles_and_both_challenges()
    {
        HashHls mechanism = HashHls.Create(AuthenticationMechanism.HighLevelSha256, Secret);
        HlsPass noTitle = new() { Challenge = Challenge, ProverChallenge = OtherChallenge, ProverTitle = ClientTitle };
        HlsPass noChallenge = new() { Challenge = Challenge, ProverTitle = ClientTitle, VerifierTitle = ServerTitle };

        mechanism.Prove(noTitle, new byte[64], out _, out SecurityFault title).Should().Be(OperationStatus.InvalidData);
        mechanism.TryCheck(noChallenge, new byte[32], out SecurityFault challenge).Should().BeFalse();

        title.Kind.Should().Be(SecurityFaultKind.TitleUnknown);
        challenge.Kind.Should().Be(SecurityFaultKind.ChallengeLength);
    }

    [Fact]
    public void The_hash_mechanisms_are_three()
    {
        Action wrong = () => HashHls.Create(AuthenticationMechanism.HighLevelGmac, Secret);

        wrong.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_method_of_a_manufacturer_is_handed_in_and_may_say_that_it_cannot()
    {
        ManufacturerHls reversed = new((in pass, target) =>
        {
            pass.Challenge.CopyTo(target);
            target[..pass.Challenge.Length].Reverse();
            return pass.Challenge.Length;
        });
        ManufacturerHls ecb = ManufacturerHls.AesEcb(CipherKey.Create(new byte[16]));
        HlsPass pass = new() { Challenge = Challenge };
        byte[] proof = new byte[8];

        reversed.Prove(pass, proof, out int written, out _).Should().Be(OperationStatus.Done);
        reversed.Mechanism.Should().Be(AuthenticationMechanism.HighLevelManufacturer);
        reversed.TryCheck(pass, proof, out _).Should().BeTrue();
        ecb.Prove(pass, new byte[64], out _, out SecurityFault half).Should().Be(OperationStatus.InvalidData);
        ecb.TryCheck(pass, new byte[16], out SecurityFault unchecked8).Should().BeFalse();

        proof[..written].ShouldBeHex("463132 4A527736 50");
        half.Should().Be(new SecurityFault(SecurityFaultKind.MechanismNotSupported, -1, 8));
        unchecked8.Should().Be(half);
    }

    private static HlsPass Pass(TestVector vector)
    {
        bool hasTitles = vector.Fields.Has("prover_title");
        return new()
        {
            Challenge = vector.Fields.Text("challenge").Octets(),
            ProverChallenge = hasTitles ? vector.Fields.Text("prover_challenge").Octets() : default,
            ProverTitle = hasTitles ? CipheredVectors.Title(vector.Fields.Text("prover_title")) : null,
            VerifierTitle = hasTitles ? CipheredVectors.Title(vector.Fields.Text("verifier_title")) : null,
        };
    }

    private static IHlsMechanism Mechanism(TestVector vector)
    {
        AuthenticationMechanism mechanism = (AuthenticationMechanism)vector.Fields.Number("mechanism");
        byte[] secret = vector.Fields.Text("secret").Octets();
        return mechanism == AuthenticationMechanism.HighLevelManufacturer
            ? ManufacturerHls.AesEcb(CipherKey.Create(secret))
            : HashHls.Create(mechanism, SharedSecret.Create(secret));
    }

    private static SecurityContext Context(SystemTitle own, SystemTitle? peer, uint nextCounter) => new(
        SecuritySuite.Suite0, own,
        new GlobalKeys(CipherKey.Create(new byte[16]), CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets())),
        new SecurityCounters(new SendCounter(nextCounter, new CounterMemory()), new ReceiveCounter()))
    {
        PeerTitle = peer,
    };
}
