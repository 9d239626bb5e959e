using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;

public sealed class EstablishmentMachineTests
{
    public static TheoryData<string> Exchanges { get; } =
        [.. Vectors().Where(vector => vector.Fields.TryGetProperty("initiator_certificate", out _)).Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Both_roles_send_the_messages_of_a_published_exchange_and_establish_its_key(string name)
    {
        TestVector vector = Vectors().Single(candidate => candidate.Name == name);
        TrustedAuthority authority = AuthorityOf(vector);
        EstablishmentSettings initiatorSettings = EstablishmentBench.Published(vector, "initiator", authority);
        EstablishmentSettings responderSettings = EstablishmentBench.Published(vector, "responder", authority);
        using EstablishmentMachine initiator = new(
            initiatorSettings, EstablishmentRole.Initiator, responderSettings.Identities[0].Certificate.Subject);
        using EstablishmentMachine responder = new(
            responderSettings, EstablishmentRole.Responder, initiatorSettings.Identities[0].Certificate.Subject);
        List<string> wire = [];

        new EstablishmentBench().Run(initiator, responder, message =>
        {
            wire.Add($"{message.Sender} {(int)message.Command} {Convert.ToHexStringLower(message.Payload.Span)}");
            return message;
        });

        string head = authority.Suite == EstablishmentSuites.Suite1 ? "01000a0a" : "02000a0a";
        wire.Should().Equal(
            $"Initiator 0 {head}{Text(vector, "initiator_certificate")}",
            $"Responder 0 {head}{Text(vector, "responder_certificate")}",
            $"Initiator 1 {Text(vector, "initiator_ephemeral_public")}",
            $"Responder 1 {Text(vector, "responder_ephemeral_public")}",
            $"Initiator 2 {Text(vector, "mac_u")}",
            $"Responder 2 {Text(vector, "mac_v")}");
        initiator.LinkKey!.Reveal().ShouldBeHex(Text(vector, "key_data"));
        responder.LinkKey!.Reveal().ShouldBeHex(Text(vector, "key_data"));
        initiator.State.Should().Be(EstablishmentState.Established);
        responder.State.Should().Be(EstablishmentState.Established);
        responder.PeerCertificate!.Subject.Should().Be(initiatorSettings.Identities[0].Certificate.Subject);
    }

    [Theory]
    [InlineData(EstablishmentSuites.Suite1)]
    [InlineData(EstablishmentSuites.Suite2)]
    public void Certificates_of_a_test_authority_establish_one_key_each_time_another(EstablishmentSuites suite)
    {
        EstablishmentBench bench = new(suite);
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();

        bench.Run(initiator, responder);
        byte[] first = initiator.LinkKey!.Reveal().ToArray();
        bench.Run(initiator, responder);

        initiator.LinkKey.Should().Be(responder.LinkKey);
        initiator.LinkKey.Reveal().ToArray().Should().NotEqual(first);
    }

    [Fact]
    public void A_certificate_of_another_device_is_refused_as_a_bad_message()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = new(bench.HubSettings, EstablishmentRole.Responder, EstablishmentBench.Meter + 1);

        bench.Run(initiator, responder);

        responder.Failure.Should().Be(EstablishmentFailure.RefusedPeer);
        responder.Status.Should().Be(TerminateStatus.BadMessage);
        responder.LinkKey.Should().BeNull();
        initiator.Failure.Should().Be(EstablishmentFailure.RefusedByPeer);
        initiator.Status.Should().Be(TerminateStatus.BadMessage);
    }

    [Fact]
    public void An_issuer_that_is_not_trusted_is_refused_by_either_side()
    {
        EstablishmentBench bench = new();
        EstablishmentBench other = new() { MeterSettings = bench.MeterSettings with { Authorities = [] } };
        using EstablishmentMachine responder = new(
            bench.HubSettings with { Authorities = [] }, EstablishmentRole.Responder, EstablishmentBench.Meter);
        using EstablishmentMachine trusting = bench.Initiator();
        using EstablishmentMachine doubting = other.Initiator();
        using EstablishmentMachine fine = bench.Responder();

        bench.Run(trusting, responder);
        bench.Run(doubting, fine);

        responder.Status.Should().Be(TerminateStatus.UnknownIssuer);
        trusting.Status.Should().Be(TerminateStatus.UnknownIssuer);
        doubting.Failure.Should().Be(EstablishmentFailure.RefusedPeer);
        fine.Failure.Should().Be(EstablishmentFailure.RefusedByPeer);
    }

    [Fact]
    public void A_certificate_that_may_only_sign_is_refused()
    {
        EstablishmentBench bench = new(EstablishmentSuites.Suite2, new CertificateTerms(9, 0, KeyUsage: 0x80));
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();

        bench.Run(initiator, responder);

        responder.Status.Should().Be(TerminateStatus.InvalidKeyUsage);
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused_when_the_time_is_known()
    {
        EstablishmentBench bench = new(EstablishmentSuites.Suite2, new CertificateTerms(9, 1000, 10));
        bench.HubSettings = bench.HubSettings with { ValidAt = DateTimeOffset.FromUnixTimeSeconds(1010) };
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();

        bench.Run(initiator, responder);

        responder.Status.Should().Be(TerminateStatus.BadMessage);
    }

    [Fact]
    public void A_suite_that_is_not_there_is_refused_and_the_suites_that_are_told()
    {
        EstablishmentBench first = new();
        EstablishmentBench second = new(EstablishmentSuites.Suite2);
        using EstablishmentMachine initiator = second.Initiator();
        using EstablishmentMachine responder = first.Responder();

        first.Run(initiator, responder);

        initiator.Status.Should().Be(TerminateStatus.UnsupportedSuite);
        initiator.PeerSuites.Should().Be(EstablishmentSuites.Suite1);
        initiator.RetryAfter.Should().BeNull();
    }

    [Fact]
    public void An_answer_in_another_suite_than_asked_for_is_refused()
    {
        EstablishmentBench first = new();
        EstablishmentBench second = new(EstablishmentSuites.Suite2);
        using EstablishmentMachine initiator = first.Initiator();
        using EstablishmentMachine otherInitiator = second.Initiator();
        using EstablishmentMachine responder = second.Responder();
        EstablishmentMessage answer = responder.Receive(otherInitiator.Start(first.Now).Transmit!.Value, first.Now).Transmit!.Value;
        initiator.Start(first.Now);

        EstablishmentStep step = initiator.Receive(answer, first.Now);

        step.Event.Should().Be(EstablishmentEvent.Failed);
        step.Transmit!.Value.Payload.ToArray().ShouldBeHex("05 00 0100");
    }

    [Fact]
    public void A_wrong_mac_is_refused_by_either_side()
    {
        foreach (EstablishmentRole liar in (EstablishmentRole[])[EstablishmentRole.Initiator, EstablishmentRole.Responder])
        {
            EstablishmentBench bench = new();
            using EstablishmentMachine initiator = bench.Initiator();
            using EstablishmentMachine responder = bench.Responder();

            bench.Run(initiator, responder, message =>
                message.Sender == liar && message.Command == EstablishmentCommand.Confirm
                    ? EstablishmentBench.Flip(message, 15)
                    : message);

            EstablishmentMachine judge = liar == EstablishmentRole.Initiator ? responder : initiator;
            judge.Status.Should().Be(TerminateStatus.BadKeyConfirm);
            judge.LinkKey.Should().BeNull();
        }
    }

    [Fact]
    public void The_static_key_as_ephemeral_one_is_refused()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();
        byte[] staticKey = bench.MeterSettings.Identities[0].PrivateKey.PublicPoint().ToCompressed();

        bench.Run(initiator, responder, message =>
            message is { Sender: EstablishmentRole.Initiator, Command: EstablishmentCommand.Ephemeral }
                ? message with { Payload = staticKey }
                : message);

        responder.Status.Should().Be(TerminateStatus.BadMessage);
    }

    [Fact]
    public void No_flipped_octet_and_no_truncation_of_any_message_leads_to_a_key_that_one_side_alone_trusts()
    {
        EstablishmentBench bench = new();
        List<EstablishmentMessage> sent = [];
        using (EstablishmentMachine first = bench.Initiator())
        using (EstablishmentMachine second = bench.Responder())
        {
            bench.Run(first, second, message =>
            {
                sent.Add(message);
                return message;
            });
        }

        sent.Should().HaveCount(6);
        for (int which = 0; which < sent.Count; which++)
        {
            int octets = sent[which].Payload.Length;
            foreach (int offset in (IEnumerable<int>)[0, octets / 2, octets - 1])
            {
                // The stated times are not covered by the MACs: what they say is only how long to wait.
                RunDamaged(bench, which, message => EstablishmentBench.Flip(message, offset));
                RunDamaged(bench, which, message => message with { Payload = message.Payload[..offset] });
            }
        }
    }

    [Fact]
    public void Messages_out_of_their_turn_end_the_exchange()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();
        EstablishmentMessage request = initiator.Start(bench.Now).Transmit!.Value;
        responder.Receive(request, bench.Now);

        EstablishmentStep step = responder.Receive(
            new EstablishmentMessage(EstablishmentCommand.Confirm, EstablishmentRole.Initiator, new byte[16]), bench.Now);

        step.Transmit!.Value.Payload.ToArray().ShouldBeHex("03 00 0100");
        step.Event.Should().Be(EstablishmentEvent.Failed);
        step.NextTick.Should().BeNull();
    }

    [Fact]
    public void A_peer_that_starts_anew_is_answered_anew()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();
        responder.Receive(initiator.Start(bench.Now).Transmit!.Value, bench.Now);

        bench.Run(initiator, responder);

        responder.State.Should().Be(EstablishmentState.Established);
        responder.LinkKey.Should().Be(initiator.LinkKey);
    }

    [Fact]
    public void Messages_without_an_exchange_or_of_the_other_direction_are_passed_over()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine responder = bench.Responder();
        EstablishmentMessage stray = new(EstablishmentCommand.Confirm, EstablishmentRole.Initiator, new byte[16]);
        EstablishmentMessage reverse = new(EstablishmentCommand.Initiate, EstablishmentRole.Responder, new byte[52]);

        responder.Receive(stray, bench.Now).Event.Should().Be(EstablishmentEvent.Ignored);
        responder.Receive(reverse, bench.Now).Event.Should().Be(EstablishmentEvent.Ignored);
        responder.State.Should().Be(EstablishmentState.Idle);
    }

    [Fact]
    public void Two_identities_of_one_suite_and_a_start_of_the_wrong_side_are_refused()
    {
        EstablishmentBench bench = new();
        EstablishmentSettings doubled = bench.HubSettings with
        {
            Identities = [bench.HubSettings.Identities[0], bench.HubSettings.Identities[0]],
        };
        using EstablishmentMachine responder = bench.Responder();
        using EstablishmentMachine initiator = bench.Initiator();

        Action twice = () => new EstablishmentMachine(doubled, EstablishmentRole.Responder, 1).Dispose();
        Action none = () => new EstablishmentMachine(doubled with { Identities = [] }, EstablishmentRole.Responder, 1).Dispose();
        Action wrongSide = () => responder.Start(bench.Now);
        Action wrongSuite = () => initiator.Start(bench.Now, EstablishmentSuites.Suite2);

        twice.Should().Throw<ArgumentException>();
        none.Should().Throw<ArgumentException>();
        wrongSide.Should().Throw<InvalidOperationException>();
        wrongSuite.Should().Throw<InvalidOperationException>();
    }

    private static void RunDamaged(EstablishmentBench bench, int which, Func<EstablishmentMessage, EstablishmentMessage> damage)
    {
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();
        int count = 0;
        bench.Run(initiator, responder, message => count++ == which ? damage(message) : message);

        // When the last message is lost the responder has the key and the initiator has not; that is told by the initiator's refusal.
        initiator.State.Should().Be(EstablishmentState.Failed, $"message {which}");
        initiator.LinkKey.Should().BeNull();
        (responder.LinkKey is null || which == 5).Should().BeTrue($"message {which}");
    }

    private static TrustedAuthority AuthorityOf(TestVector vector)
    {
        EstablishmentSuites suite = (EstablishmentSuites)vector.Fields.GetProperty("suite").GetInt32();

        // The annex gives the issuer of its exchange with its single certificates.
        TestVector holder = vector.Fields.TryGetProperty("ca_public_key", out _)
            ? vector
            : Vectors().First(other => other.Fields.TryGetProperty("ca_public_key", out _)
                && other.Fields.GetProperty("suite").GetInt32() == (int)suite);
        suite.Curve().TryDecompress(EstablishmentBench.Field(holder, "ca_public_key"), out CurvePoint? point, out _).Should().BeTrue();
        ImplicitCertificate.TryCreate(
            EstablishmentBench.Field(vector, "initiator_certificate"), out ImplicitCertificate? certificate, out _).Should().BeTrue();
        return new TrustedAuthority(suite, certificate!.Issuer, point!);
    }

    private static string Text(TestVector vector, string name) => vector.Fields.GetProperty(name).GetString()!;

    private static IReadOnlyList<TestVector> Vectors() => TestVector.Load("zigbee/cbke-vectors.json");
}
