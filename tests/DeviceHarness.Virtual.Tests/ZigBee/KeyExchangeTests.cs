using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

public sealed class KeyExchangeTests
{
    private const ulong First = 0x00124B0000000001;
    private const ulong Second = 0x00124B0000000002;

    public static TheoryData<string> Published { get; } =
    [
        .. TestVector.Load("zigbee/cbke-vectors.json")
            .Where(vector => vector.Fields.TryGetProperty("ca_public_key", out _) && vector.Fields.TryGetProperty("mac_u", out _))
            .Select(vector => vector.Name),
    ];

    [Theory]
    [MemberData(nameof(Published))]
    public void Two_devices_with_the_ephemeral_keys_of_a_published_exchange_say_its_macs_and_get_its_key(string name)
    {
        TestVector vector = TestVector.Load("zigbee/cbke-vectors.json").Single(vector => vector.Name == name);
        using KeyExchange initiator = Side(vector, "initiator", out ulong initiatorName);
        using KeyExchange responder = Side(vector, "responder", out ulong responderName);
        KeyExchangePair pair = new(initiator, responder, initiatorName, responderName);

        pair.Run();

        pair.Said.Select(said => (said.ByInitiator, said.Message.Command)).Should().Equal(
            (true, 0), (false, 0), (true, 1), (false, 1), (true, 2), (false, 2));
        pair.Said[2].Message.Payload.ShouldBeHex(Text(vector, "initiator_ephemeral_public"));
        pair.Said[4].Message.Payload.ShouldBeHex(Text(vector, "mac_u"));
        pair.Said[5].Message.Payload.ShouldBeHex(Text(vector, "mac_v"));
        initiator.LinkKey!.Reveal().ShouldBeHex(Text(vector, "key_data"));
        responder.LinkKey!.Reveal().ShouldBeHex(Text(vector, "key_data"));
    }

    [Fact]
    public void A_slow_device_answers_after_the_time_that_it_said()
    {
        using KeyExchange initiator = Device(First);
        using KeyExchange responder = Device(Second, options => options with { EphemeralSeconds = 30, ConfirmSeconds = 40 });
        KeyExchangePair pair = new(initiator, responder, First, Second);

        pair.Run();

        initiator.LastStatus.Should().Be(KeyExchangeStatus.Established);
        pair.Now.Should().Be(TimeSpan.FromSeconds(2 + 30 + 3), "the initiator computes 2 and 3 s, the responder 30 s before it answers");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_partner_that_says_nothing_is_given_up(byte command, bool byInitiator)
    {
        using KeyExchange initiator = Device(First);
        using KeyExchange responder = Device(Second);
        KeyExchangePair pair = new(initiator, responder, First, Second)
        {
            Air = (by, message) => by == byInitiator && message.Command == command ? null : message,
        };

        pair.Run();

        (byInitiator ? responder : initiator).LastStatus.Should().Be(KeyExchangeStatus.TimedOut);
        initiator.LinkKey.Should().BeNull();
    }

    [Fact]
    public void A_certificate_of_another_device_ends_the_exchange()
    {
        using KeyExchange initiator = Device(First, options => options with { Identity = Identities(0x99) });
        using KeyExchange responder = Device(Second);
        KeyExchangePair pair = new(initiator, responder, First, Second);

        pair.Run();

        pair.Said[^1].Message.Should().BeEquivalentTo(new ClusterMessage(3, [3, 10, 1, 0]) { IsFromServer = true });
        initiator.LastStatus.Should().Be(KeyExchangeStatus.BadMessage);
        responder.LinkKey.Should().BeNull();
    }

    [Fact]
    public void A_device_with_the_defect_takes_the_certificate_of_another()
    {
        using KeyExchange initiator = Device(First, options => options with { Identity = Identities(0x99) });
        using KeyExchange responder = Device(Second, options => options with { TakesForeignSubject = true });

        new KeyExchangePair(initiator, responder, First, Second).Run();

        responder.LastStatus.Should().Be(KeyExchangeStatus.Established);
    }

    [Fact]
    public void An_issuer_that_nobody_knows_ends_the_exchange()
    {
        (CertificateAuthority authority, Func<ulong, CbkeIdentity> issue) = KeyExchangePair.Authority(EstablishmentSuites.Suite1, 99);
        using KeyExchange initiator = Device(First, options => options with { Identity = issue(First) });
        using KeyExchange responder = Device(Second, options => options with { Authority = authority.Trust with { Name = 7 } });
        KeyExchangePair pair = new(initiator, responder, First, Second);

        pair.Run();

        initiator.LastStatus.Should().Be(KeyExchangeStatus.UnknownIssuer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wrong_confirmation_ends_the_exchange_without_a_key(bool byInitiator)
    {
        using KeyExchange initiator = Device(First, options => options with { ConfirmsWrongly = byInitiator });
        using KeyExchange responder = Device(Second, options => options with { ConfirmsWrongly = !byInitiator });
        KeyExchangePair pair = new(initiator, responder, First, Second);

        pair.Run();

        initiator.LastStatus.Should().Be(KeyExchangeStatus.BadKeyConfirm);
        initiator.LinkKey.Should().BeNull();
        pair.Said[^1].Message.Command.Should().Be(3);
    }

    [Fact]
    public void A_third_device_is_told_to_wait_and_the_exchange_goes_on()
    {
        using KeyExchange responder = Device(Second);
        using KeyExchange third = Device(0x33);
        using KeyExchange initiator = Device(First);
        KeyExchangePair pair = new(initiator, responder, First, Second);
        IReadOnlyList<ClusterMessage> answer = [];
        pair.Air = (_, message) =>
        {
            if (message.Command == 1 && answer.Count == 0)
            {
                answer = responder.Take(new ClusterArrival(0x33, 0, third.Begin(Second, pair.Now)[0].Payload), pair.Now);
            }

            return message;
        };

        pair.Run();

        answer.Should().ContainSingle().Which.Should().BeEquivalentTo(new ClusterMessage(3, [4, 10, 1, 0]) { IsFromServer = true });
        initiator.LastStatus.Should().Be(KeyExchangeStatus.Established);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0100")]
    [InlineData("01000203")]
    [InlineData("02000203")]
    public void A_message_that_cannot_be_is_refused(string payload)
    {
        using KeyExchange responder = Device(Second);

        IReadOnlyList<ClusterMessage> answers =
            responder.Take(new ClusterArrival(First, 0, Convert.FromHexString(payload)), TimeSpan.Zero);

        answers.Should().ContainSingle().Which.Command.Should().Be(3);
        responder.IsBusy.Should().BeFalse();
    }

    [Fact]
    public void A_message_out_of_turn_ends_the_exchange()
    {
        using KeyExchange initiator = Device(First);
        initiator.Begin(Second, TimeSpan.Zero);

        IReadOnlyList<ClusterMessage> answers = initiator.Take(
            new ClusterArrival(Second, 2, new byte[16]) { IsFromServer = true }, TimeSpan.Zero);

        answers.Should().ContainSingle().Which.Payload[0].Should().Be(3);
        initiator.IsBusy.Should().BeFalse();
    }

    private static KeyExchange Device(ulong name, Func<KeyExchangeOptions, KeyExchangeOptions>? change = null)
    {
        (CertificateAuthority authority, _) = KeyExchangePair.Authority(EstablishmentSuites.Suite1, 1);
        KeyExchangeOptions options = new() { Eui64 = name, Identity = Identities(name), Authority = authority.Trust };
        return new KeyExchange(change?.Invoke(options) ?? options, new Random((int)name).NextBytes);
    }

    private static CbkeIdentity Identities(ulong name) => KeyExchangePair.Authority(EstablishmentSuites.Suite1, 1).Issue(name);

    private static KeyExchange Side(TestVector vector, string side, out ulong name)
    {
        EstablishmentSuites suite = (EstablishmentSuites)vector.Fields.GetProperty("suite").GetUInt16();
        ImplicitCertificate.TryCreate(Text(vector, side + "_certificate").Octets(), out ImplicitCertificate? certificate, out _);
        suite.Curve().TryDecompress(Text(vector, "ca_public_key").Octets(), out CurvePoint? point, out _);
        CurvePrivateKey.TryCreate(suite.Curve(), Text(vector, side + "_private").Octets(), out CurvePrivateKey? key);
        CurvePrivateKey.TryCreateReduced(suite.Curve(), Text(vector, side + "_ephemeral_private").Octets(), out CurvePrivateKey? ephemeral);
        TrustedAuthority authority = new(suite, certificate!.Issuer, point!);
        CbkeIdentity.TryCreate(certificate, key!, authority, out CbkeIdentity? identity).Should().BeTrue();
        name = certificate.Subject;
        KeyExchangeOptions options = new() { Eui64 = name, Identity = identity!, Authority = authority };
        return new KeyExchange(options, target => ephemeral!.Reveal().CopyTo(target));
    }

    private static string Text(TestVector vector, string field) => vector.Fields.GetProperty(field).GetString()!;
}
