using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class SecuritySectionReaderTests
{
    private const string Lls = "test-password: \"12345678\"";
    private const string Keys =
        "security:\n  policy: 3\n  system-title: \"4142434445464748\"\n  lock: { after: 3, time: 10m }\n"
        + "  test-encryption-key: \"000102030405060708090A0B0C0D0E0F\"\n  test-authentication-key: \"D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\"\n";

    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));

    [Fact]
    public void Keys_policy_and_lock_are_read_and_no_text_shows_a_secret()
    {
        EsmeModel model = Read("mechanism: hls-gmac, ciphered: true", Keys);

        model.Clients[1].Should().Match<MeterClient>(client =>
            client.Mechanism == AuthenticationMechanism.HighLevelGmac && client.IsCiphered && client.NeedsKeys);
        model.Security.Policy.Request.Should().Be(SecurityProtection.AuthenticatedEncrypted);
        model.Security.Title.ToString().Should().Be("4142434445464748");
        (model.Security.LockAfter, model.Security.LockTime).Should().Be((3, TimeSpan.FromMinutes(10)));
        $"{model.Security} {model.Clients[1]}".Should().NotContain("0001020304").And.NotContain("D0D1D2D3");
    }

    [Fact]
    public void A_model_without_security_has_a_title_of_its_own_and_locks_nobody_out()
    {
        EsmeModel model = EsmeFixture.DefaultModel();

        model.Clients[1].Mechanism.Should().Be(AuthenticationMechanism.LowLevel);
        model.Security.LockAfter.Should().Be(0);
        model.Security.TestEncryptionKey.Should().BeNull();
    }

    [Theory]
    [InlineData("mechanism: hls-gmac", "", "clients[1]")]
    [InlineData("ciphered: true, test-password: \"12345678\"", "", "clients[1]")]
    [InlineData("mechanism: lls", "", "clients[1]")]
    [InlineData("mechanism: hls-md5", "", "clients[1]")]
    [InlineData("mechanism: none, test-password: \"12345678\"", "", "clients[1]")]
    [InlineData("mechanism: hls-gmac, test-secret: \"12345678\"", Keys, "clients[1]")]
    [InlineData("mechanism: hls-sha256, test-secret: \"12345678\"", Keys, "clients[1]")]
    [InlineData("mechanism: hls-aes-ecb, test-secret: \"12345678\"", "", "clients[1].test-secret")]
    [InlineData("mechanism: hls-ecdsa", "", "clients[1].mechanism")]
    [InlineData(Lls, "security: { policy: 4 }\n", "security.policy")]
    [InlineData(Lls, "security: { suite: 3 }\n", "security.suite")]
    [InlineData(Lls, "security: { system-title: \"4142\" }\n", "security.system-title")]
    [InlineData(Lls, "security: { lock: { after: 0, time: 1m } }\n", "security.lock.after")]
    [InlineData(Lls, "security: { keys: 1 }\n", "security.keys")]
    [InlineData(Lls, "security: { test-encryption-key: \"00\" }\n", "security.test-encryption-key")]
    [InlineData(Lls, "security: { suite: 2, test-encryption-key: \"000102030405060708090A0B0C0D0E0F\" }\n", "security.test-encryption-key")]
    [InlineData(Lls, "security: { test-encryption-key: \"000102030405060708090A0B0C0D0E0F\" }\n", "security")]
    public void A_mistake_is_refused_with_its_place_and_without_the_secret(string client, string security, string key)
    {
        Action read = () => Read(client, security);

        ConfigurationException error = read.Should().Throw<ConfigurationException>().Which;
        error.Key.Should().Be(key);
        error.Line.Should().BePositive();
        error.Message.Should().NotContain("12345678").And.NotContain("0001020304");
    }

    private static EsmeModel Read(string client, string security)
    {
        Text.Should().Contain(Lls);
        return EsmeFixture.ModelOf(Text.Replace(Lls, client, StringComparison.Ordinal) + security);
    }
}
