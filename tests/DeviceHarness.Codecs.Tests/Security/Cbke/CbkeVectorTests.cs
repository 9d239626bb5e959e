using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Cbke;

public sealed class CbkeVectorTests
{
    public static TheoryData<string> PublicKeys { get; } = NamesOf("ecqv_public_key");

    public static TheoryData<string> Exchanges { get; } = NamesOf("ecmqv_kdf_mac");

    public static TheoryData<string> Issued { get; } =
    [
        .. Vectors().Where(vector => vector.Fields.Has("initiator_certificate") && vector.Fields.Has("ca_public_key"))
            .Select(vector => vector.Name),
    ];

    [Theory]
    [MemberData(nameof(PublicKeys))]
    public void A_published_certificate_gives_its_public_key(string name)
    {
        TestVector vector = Named(name);
        EstablishmentSuites suite = SuiteOf(vector);
        byte[] hash = new byte[AesMmo.DigestOctets];

        ImplicitCertificate certificate = Certificate(vector.Octets);
        AesMmo.Hash(vector.Octets, hash);
        bool isKey = certificate.TryReconstruct(
            Point(suite, vector.Fields.Text("ca_public_key")), out CurvePoint? point, out CodecFault fault);

        certificate.Suite.Should().Be(suite);
        hash.ShouldBeHex(vector.Fields.Text("certificate_hash"));
        isKey.Should().BeTrue(fault.ToString());
        point!.ToCompressed().ShouldBeHex(vector.Fields.Text("public_key"));
        PrivateKey(suite, vector.Fields.Text("private_key")).PublicPoint().Should().Be(point);
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Either_side_of_a_published_exchange_computes_its_keys_and_macs(string name)
    {
        TestVector vector = Named(name);
        EstablishmentSuites suite = SuiteOf(vector);
        CbkeParties parties = new(
            Certificate(vector.Fields.Text("initiator_certificate").Octets()).Subject,
            Certificate(vector.Fields.Text("responder_certificate").Octets()).Subject,
            Point(suite, vector.Fields.Text("initiator_ephemeral_public")),
            Point(suite, vector.Fields.Text("responder_ephemeral_public")));

        foreach ((string own, string peer) in (IEnumerable<(string, string)>)[("initiator", "responder"), ("responder", "initiator")])
        {
            using CurvePrivateKey ownKey = PrivateKey(suite, vector.Fields.Text($"{own}_private"));
            using CurvePrivateKey ephemeral = Reduced(suite, vector.Fields.Text($"{own}_ephemeral_private"));
            CurvePoint peerKey = PrivateKey(suite, vector.Fields.Text($"{peer}_private")).PublicPoint();

            bool isAgreed = CbkeAgreement.TryAgree(
                ownKey, ephemeral, peerKey, Point(suite, vector.Fields.Text($"{peer}_ephemeral_public")), out CbkeKeys? keys);

            isAgreed.Should().BeTrue();
            ephemeral.PublicPoint().ToCompressed().ShouldBeHex(vector.Fields.Text($"{own}_ephemeral_public"));
            using (keys)
            {
                byte[] mac = new byte[16];
                keys!.LinkKey().Reveal().ShouldBeHex(vector.Fields.Text("key_data"));
                keys.Confirm(parties, byInitiator: true, mac);
                mac.ShouldBeHex(vector.Fields.Text("mac_u"));
                keys.Confirm(parties, byInitiator: false, mac);
                mac.ShouldBeHex(vector.Fields.Text("mac_v"));
                keys.IsConfirmedBy(parties, byInitiator: false, mac).Should().BeTrue();
                keys.IsConfirmedBy(parties, byInitiator: true, mac).Should().BeFalse();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void The_shared_x_of_a_published_exchange_makes_its_two_keys(string name)
    {
        TestVector vector = Named(name);
        byte[] macKey = new byte[16];
        byte[] linkKey = new byte[16];

        AesMmo.Hash([.. vector.Octets, 0, 0, 0, 1], macKey);
        AesMmo.Hash([.. vector.Octets, 0, 0, 0, 2], linkKey);

        vector.Octets.ShouldBeHex(vector.Fields.Text("shared_secret"));
        macKey.ShouldBeHex(vector.Fields.Text("mac_key"));
        linkKey.ShouldBeHex(vector.Fields.Text("key_data"));
    }

    [Theory]
    [MemberData(nameof(Issued))]
    public void A_published_certificate_and_key_belong_together_under_its_issuer_only(string name)
    {
        TestVector vector = Named(name);
        EstablishmentSuites suite = SuiteOf(vector);
        ImplicitCertificate certificate = Certificate(vector.Fields.Text("initiator_certificate").Octets());
        CurvePrivateKey key = PrivateKey(suite, vector.Fields.Text("initiator_private"));
        CurvePrivateKey otherKey = PrivateKey(suite, vector.Fields.Text("responder_private"));
        TrustedAuthority issuer = new(suite, certificate.Issuer, Point(suite, vector.Fields.Text("ca_public_key")));

        CbkeIdentity.TryCreate(certificate, key, issuer, out CbkeIdentity? identity).Should().BeTrue();
        CbkeIdentity.TryCreate(certificate, otherKey, issuer, out _).Should().BeFalse();
        CbkeIdentity.TryCreate(certificate, key, issuer with { Name = 1 }, out _).Should().BeFalse();
        identity!.Certificate.Should().BeSameAs(certificate);
    }

    internal static ImplicitCertificate Certificate(byte[] octets)
    {
        ImplicitCertificate.TryCreate(octets, out ImplicitCertificate? certificate, out CodecFault fault).Should().BeTrue(fault.ToString());
        return certificate!;
    }

    private static TheoryData<string> NamesOf(string operation) =>
        [.. Vectors().Where(vector => vector.Fields.Text("op") == operation).Select(vector => vector.Name)];

    private static TestVector Named(string name) => Vectors().Single(vector => vector.Name == name);

    private static IReadOnlyList<TestVector> Vectors() => TestVector.Load("zigbee/cbke-vectors.json");

    private static EstablishmentSuites SuiteOf(TestVector vector) => (EstablishmentSuites)vector.Fields.Number("suite");

    private static CurvePoint Point(EstablishmentSuites suite, string hex)
    {
        suite.Curve().TryDecompress(hex.Octets(), out CurvePoint? point, out CodecFault fault).Should().BeTrue(fault.ToString());
        return point!;
    }

    private static CurvePrivateKey Reduced(EstablishmentSuites suite, string hex)
    {
        CurvePrivateKey.TryCreateReduced(suite.Curve(), hex.Octets(), out CurvePrivateKey? key).Should().BeTrue();
        return key!;
    }

    private static CurvePrivateKey PrivateKey(EstablishmentSuites suite, string hex)
    {
        CurvePrivateKey.TryCreate(suite.Curve(), hex.Octets(), out CurvePrivateKey? key).Should().BeTrue();
        return key!;
    }
}
