using System.Buffers;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Tests.Security.Curves;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.OtaImage;

public sealed class OtaSignatureTests
{
    private const int Seed = 20_261_123;
    private const ulong Signer = 0x70B3D52B60112233;

    [Theory]
    [InlineData(EstablishmentSuites.Suite1)]
    [InlineData(EstablishmentSuites.Suite2)]
    public void A_signed_file_is_right_and_a_changed_one_is_not(EstablishmentSuites suite)
    {
        using CertificateAuthority authority = Authority(suite, 7);
        byte[] file = Signed(authority);
        int payload = OtaHeader.FixedOctets + OtaElement.HeadOctets;
        byte[] changed = [.. file];
        changed[payload] ^= 1;
        byte[] changedSignature = [.. file];
        changedSignature[^1] ^= 1;

        Check(file, authority.Trust).Should().Be(OtaSignatureVerdict.Right);
        Check(changed, authority.Trust).Should().Be(OtaSignatureVerdict.Wrong);
        Check(changedSignature, authority.Trust).Should().Be(OtaSignatureVerdict.Wrong);
    }

    [Fact]
    public void A_signer_of_another_authority_or_another_name_is_told_apart()
    {
        using CertificateAuthority authority = Authority(EstablishmentSuites.Suite1, 7);
        using CertificateAuthority other = Authority(EstablishmentSuites.Suite1, 8);
        byte[] file = Signed(authority);
        byte[] renamed = [.. file];
        renamed[^50] ^= 1;

        Check(file, other.Trust).Should().Be(OtaSignatureVerdict.UnknownIssuer);
        Check(file).Should().Be(OtaSignatureVerdict.UnknownIssuer);
        Check(renamed, authority.Trust).Should().Be(OtaSignatureVerdict.OtherSigner);
    }

    [Fact]
    public void A_file_without_signature_or_certificate_or_with_half_of_one_is_told_apart()
    {
        using CertificateAuthority authority = Authority(EstablishmentSuites.Suite1, 7);
        byte[] bare = OtaFileWriter.Write(new OtaHeader(), new byte[16]);
        byte[] file = Signed(authority);
        byte[] noCertificate = [.. file];
        noCertificate[CertificateAt(file)] = 0x04;
        byte[] filler = TestVector.Load("ota/ota-vectors.json").Single(vector => vector.Name == "ota_file_cs1_signature_structure").Octets;

        Check(bare, authority.Trust).Should().Be(OtaSignatureVerdict.Absent);
        Check(noCertificate, authority.Trust).Should().Be(OtaSignatureVerdict.CertificateMissing);
        Check(filler, authority.Trust).Should().BeOneOf(
            [OtaSignatureVerdict.OtherSigner, OtaSignatureVerdict.UnknownIssuer, OtaSignatureVerdict.Wrong], "its octets are filler");
    }

    [Fact]
    public void A_certificate_of_another_length_is_malformed()
    {
        using CertificateAuthority authority = Authority(EstablishmentSuites.Suite1, 7);
        byte[] file = Signed(authority);

        // One octet of the certificate becomes the last of the payload: every element is still whole.
        int at = CertificateAt(file);
        file[OtaHeader.FixedOctets + 2]++;
        file.AsSpan(at, OtaElement.HeadOctets).CopyTo(file.AsSpan(at + 1));
        file[at + 3]--;

        Check(file, authority.Trust).Should().Be(OtaSignatureVerdict.Malformed);
    }

    private static int CertificateAt(byte[] file) => file.Length - 56 - ImplicitCertificate.Suite1Octets - OtaElement.HeadOctets;

    private static OtaSignatureVerdict Check(byte[] octets, params TrustedAuthority[] authorities)
    {
        OtaFile.Decode(octets, out OtaFile file, out _, out CodecFault fault).Should().Be(OperationStatus.Done, fault.ToString());
        return OtaSignature.Check(file, authorities);
    }

    private static CertificateAuthority Authority(EstablishmentSuites suite, ulong name) =>
        CertificateAuthority.Create(suite, name, SeededOctets.Of(Seed));

    private static byte[] Signed(CertificateAuthority authority)
    {
        using CbkeIdentity signer = authority.Issue(Signer, new CertificateTerms(1, 0), SeededOctets.Of(Seed + 1));
        return OtaFileWriter.WriteSigned(
            new OtaHeader { ManufacturerCode = 4190, ImageType = 1 }, new byte[100], signer, SeededOctets.Of(Seed + 2));
    }
}
