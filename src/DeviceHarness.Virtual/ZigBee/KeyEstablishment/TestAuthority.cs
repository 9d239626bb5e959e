using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Virtual.ZigBee.KeyEstablishment;

/// <summary>The authority of a virtual bench. Its keys follow from a seed that everybody may know: no production device trusts
/// it.</summary>
/// <param name="Suite">The suite of its certificates: one.</param>
/// <param name="Seed">From which its keys and those of its certificates follow.</param>
public sealed record TestAuthority(EstablishmentSuites Suite, int Seed)
{
    private const ulong FirstName = 0x7E57_0000_0000_0000;

    /// <summary>Its name in certificates, as a number.</summary>
    public ulong Name => FirstName | (uint)Seed;

    /// <summary>What others need to know of it.</summary>
    public TrustedAuthority Trust
    {
        get
        {
            using CertificateAuthority authority = Open();
            return authority.Trust;
        }
    }

    /// <summary>Issues a certificate: for the same subject always the same.</summary>
    /// <param name="subject">The EUI-64 of the device, as a number.</param>
    /// <returns>The identity; its owner disposes of it.</returns>
    public CbkeIdentity Issue(ulong subject)
    {
        using CertificateAuthority authority = Open();
        Random random = new(unchecked(Seed ^ (int)subject ^ (int)(subject >> 32)));
        return authority.Issue(subject, new CertificateTerms(subject, ValidFrom: 0), random.NextBytes);
    }

    private CertificateAuthority Open()
    {
        Random random = new(Seed);
        return CertificateAuthority.Create(Suite, Name, random.NextBytes);
    }
}
