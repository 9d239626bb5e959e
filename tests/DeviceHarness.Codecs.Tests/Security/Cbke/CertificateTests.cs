using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Codecs.Tests.Security.Curves;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Cbke;

public sealed class CertificateTests
{
    private const int Seed = 20_261_123;
    private const ulong Device = 0x70B3D52B60112233;
    private const ulong Authority = 0x5445535453454341;

    private static readonly CertificateTerms Terms = new(77, 1_764_000_000, 3600);

    [Fact]
    public void The_fields_of_suite_1_stand_where_the_annex_has_them()
    {
        byte[] octets =
            "03045fdfc8d85ffb8b3993cb72ddcaa55f00b3e87d6d0000000000000001544553545345434101090006000000000000".Octets();

        ImplicitCertificate certificate = CbkeVectorTests.Certificate(octets);

        certificate.Should().BeEquivalentTo(new
        {
            Suite = EstablishmentSuites.Suite1,
            Subject = 1UL,
            Issuer = Authority,
            SerialNumber = (ulong?)null,
            ValidFrom = (long?)null,
            ValidFor = (uint?)null,
            KeyUsage = (byte?)null,
            MayAgreeKeys = true,
        });
        certificate.ProfileAttributes.ToArray().ShouldBeHex("01090006000000000000");
        certificate.IsValidAt(DateTimeOffset.UnixEpoch).Should().BeTrue();
        ImplicitCertificate.OfSuite1(certificate.ReconstructionPoint, 1, Authority, certificate.ProfileAttributes)
            .Octets.ToArray().ShouldBeHex(Convert.ToHexString(octets));
    }

    [Fact]
    public void The_fields_of_suite_2_stand_where_the_annex_has_them()
    {
        byte[] octets = ("002622a505e8938f270d081112131415161718005292a35bffffffff0a0b0c0d0e0f1011880303b4e9dc543a64333c982308"
            + "022b54e67e2f15f532551b0a11e2e2c1c1d3097a4324e7ed").Octets();

        ImplicitCertificate certificate = CbkeVectorTests.Certificate(octets);

        certificate.Should().BeEquivalentTo(new
        {
            Suite = EstablishmentSuites.Suite2,
            Subject = 0x0A0B0C0D0E0F1011UL,
            Issuer = 0x1112131415161718UL,
            SerialNumber = (ulong?)0x2622A505E8938F27,
            ValidFrom = (long?)0x5292A35B,
            ValidFor = (uint?)ImplicitCertificate.Unlimited,
            KeyUsage = (byte?)ImplicitCertificate.SignAndAgree,
            MayAgreeKeys = true,
        });
        certificate.ProfileAttributes.Length.Should().Be(0);
        ImplicitCertificate.OfSuite2(
                certificate.ReconstructionPoint,
                certificate.Subject,
                certificate.Issuer,
                new(certificate.SerialNumber!.Value, certificate.ValidFrom!.Value))
            .Octets.ToArray().ShouldBeHex(Convert.ToHexString(octets));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    public void Another_type_curve_or_hash_is_refused(int offset)
    {
        byte[] octets = new byte[ImplicitCertificate.Suite2Octets];
        octets[9] = 0x0D;
        octets[10] = 0x08;
        octets[offset] ^= 0x40;

        bool isTaken = ImplicitCertificate.TryCreate(octets, out _, out CodecFault fault);

        isTaken.Should().BeFalse();
        fault.Should().BeEquivalentTo(new { Kind = CodecFaultKind.UnexpectedValue, Offset = offset });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    [InlineData(73)]
    [InlineData(75)]
    public void Another_length_is_no_certificate(int octets)
    {
        bool isTaken = ImplicitCertificate.TryCreate(new byte[octets], out _, out CodecFault fault);

        isTaken.Should().BeFalse();
        fault.Kind.Should().Be(CodecFaultKind.BadLength);
    }

    [Theory]
    [InlineData(EstablishmentSuites.Suite1)]
    [InlineData(EstablishmentSuites.Suite2)]
    public void A_test_authority_issues_the_same_certificate_from_the_same_seed_and_its_key_fits(EstablishmentSuites suite)
    {
        using CertificateAuthority authority = CertificateAuthority.Create(suite, Authority, SeededOctets.Of(Seed));
        using CertificateAuthority again = CertificateAuthority.Create(suite, Authority, SeededOctets.Of(Seed));

        using CbkeIdentity identity = authority.Issue(Device, Terms, SeededOctets.Of(Seed + 1));
        using CbkeIdentity twin = again.Issue(Device, Terms, SeededOctets.Of(Seed + 1));

        identity.Certificate.Octets.ToArray().ShouldBeHex(Convert.ToHexString(twin.Certificate.Octets));
        identity.Certificate.Subject.Should().Be(Device);
        CbkeIdentity.TryCreate(identity.Certificate, identity.PrivateKey, authority.Trust, out _).Should().BeTrue();
    }

    [Fact]
    public void A_certificate_of_suite_2_is_valid_from_its_first_second_until_its_last()
    {
        using CertificateAuthority authority = CertificateAuthority.Create(
            EstablishmentSuites.Suite2, Authority, SeededOctets.Of(Seed));

        using CbkeIdentity identity = authority.Issue(Device, Terms, SeededOctets.Of(Seed + 1));

        DateTimeOffset first = DateTimeOffset.FromUnixTimeSeconds(Terms.ValidFrom);
        identity.Certificate.IsValidAt(first.AddSeconds(-1)).Should().BeFalse();
        identity.Certificate.IsValidAt(first).Should().BeTrue();
        identity.Certificate.IsValidAt(first.AddSeconds(3599)).Should().BeTrue();
        identity.Certificate.IsValidAt(first.AddSeconds(3600)).Should().BeFalse();
    }

    [Fact]
    public void A_changed_certificate_gives_another_key_or_none()
    {
        using CertificateAuthority authority = CertificateAuthority.Create(
            EstablishmentSuites.Suite1, Authority, SeededOctets.Of(Seed));
        using CbkeIdentity identity = authority.Issue(Device, Terms, SeededOctets.Of(Seed + 1));
        int refused = 0;
        for (int offset = 0; offset < ImplicitCertificate.Suite1Octets; offset += 3)
        {
            byte[] octets = identity.Certificate.Octets.ToArray();
            octets[offset] ^= 0x01;
            ImplicitCertificate changed = CbkeVectorTests.Certificate(octets);

            if (changed.TryReconstruct(authority.Trust.PublicPoint, out CurvePoint? point, out CodecFault fault))
            {
                point.Should().NotBe(identity.PrivateKey.PublicPoint());
            }
            else
            {
                fault.Should().BeEquivalentTo(new { Kind = CodecFaultKind.UnexpectedValue });
                refused++;
            }
        }

        refused.Should().BePositive("some x have no point");
    }

    [Fact]
    public void Lengths_times_and_suites_that_do_not_fit_are_refused()
    {
        using CertificateAuthority first = CertificateAuthority.Create(EstablishmentSuites.Suite1, 1, SeededOctets.Of(Seed));
        using CertificateAuthority second = CertificateAuthority.Create(EstablishmentSuites.Suite2, 1, SeededOctets.Of(Seed));
        using CbkeIdentity identity = first.Issue(Device, Terms, SeededOctets.Of(Seed));

        Action otherCurve = () => identity.Certificate.TryReconstruct(second.Trust.PublicPoint, out _, out _);
        Action shortPoint = () => ImplicitCertificate.OfSuite1(new byte[21], 1, 1, new byte[10]);
        Action longTime = () => ImplicitCertificate.OfSuite2(new byte[37], 1, 1, new(1, 1L << 40));
        Action bothSuites = () => (EstablishmentSuites.Suite1 | EstablishmentSuites.Suite2).Curve();

        otherCurve.Should().Throw<ArgumentException>();
        shortPoint.Should().Throw<ArgumentException>();
        longTime.Should().Throw<ArgumentException>();
        bothSuites.Should().Throw<ArgumentOutOfRangeException>();
        EstablishmentSuites.Suite1.CertificateOctets().Should().Be(48);
        EstablishmentSuites.Suite2.CertificateOctets().Should().Be(74);
    }
}
