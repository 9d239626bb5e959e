using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>The folder of an adapter's certificates.</summary>
public sealed class AdapterCertificatesTests : IDisposable
{
    private const ulong Adapter = 0x00124B0001020304;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EstablishmentSuites.Suite1, "suite-1")]
    [InlineData(EstablishmentSuites.Suite2, "suite-2")]
    public void Certificate_key_and_authority_that_belong_together_are_taken(EstablishmentSuites suite, string name)
    {
        AdapterFolder.Write(_folder.Path, suite, name, Adapter, 1);

        using AdapterCertificates read = AdapterCertificates.Read(_folder.Path);

        read.Identities.Should().ContainSingle().Which.Certificate.Subject.Should().Be(Adapter);
        read.Authorities.Should().ContainSingle().Which.Should().Be(new TestAuthority(suite, 1).Trust);
        read.RequireOf(_folder.Path, Adapter);
        Action other = () => read.RequireOf(_folder.Path, Adapter + 1);
        other.Should().Throw<ConfigurationException>().WithMessage("*00124B0001020304*00124B0001020305*");
    }

    [Fact]
    public void A_key_of_another_certificate_a_key_for_everybody_and_an_empty_folder_are_refused_without_the_key()
    {
        Fault().Should().Contain("no certificate");
        AdapterFolder.Write(_folder.Path, EstablishmentSuites.Suite1, "suite-1", Adapter, 1);
        string key = Path.Combine(_folder.Path, "suite-1.key");
        string right = File.ReadAllText(key);

        File.SetUnixFileMode(key, AdapterFolder.OwnerOnly | UnixFileMode.OtherRead);
        Fault().Should().Contain("chmod 600");
        File.SetUnixFileMode(key, AdapterFolder.OwnerOnly);
        using CbkeIdentity other = new TestAuthority(EstablishmentSuites.Suite1, 2).Issue(Adapter);
        File.WriteAllText(key, Convert.ToHexString(other.PrivateKey.Reveal()));
        Fault().Should().Contain("do not belong together").And.NotContain(right[..8]);
        File.WriteAllText(key, "no digits");
        Fault().Should().Contain("not shown").And.NotContain("no digits");
    }

    private string Fault()
    {
        Action read = () => AdapterCertificates.Read(_folder.Path).Dispose();
        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;
        fault.Code.Should().Be("RIG-012");
        return fault.Message;
    }
}
