using System.Runtime.Versioning;
using System.Security.Cryptography;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class PemFilesTests : IDisposable
{
    private readonly EchoCertificates _certificates = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("pem-files-").FullName;

    public void Dispose()
    {
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Both_sides_read_from_files_know_each_other()
    {
        await using EchoHost host = await EchoHost.StartAsync(tls: Write("server", _certificates.Server).Load());
        ChannelFactory channels = new(Write("client", _certificates.Client).Load(), KeepAlive.Default);
        using GrpcChannel channel = channels.Open(host.Address);

        EchoReply reply = await new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest { Text = EchoServer.WhoAmI }).ResponseAsync.DefaultTimeout();

        reply.Text.Should().StartWith("x509_common_name=rig-07");
    }

    [Theory]
    [InlineData("certificate", "own.pem")]
    [InlineData("key", "key.pem")]
    [InlineData("authority", "ca.pem")]
    public void A_file_that_is_missing_or_holds_something_else_is_named(string which, string name)
    {
        PemFiles files = Write("client", _certificates.Client);
        string path = Path.Combine(_folder, "client", name);
        File.Delete(path);
        CertificateFileException missing = files.Invoking(all => all.Load()).Should().Throw<CertificateFileException>(which).Which;
        File.WriteAllText(path, "not PEM at all");

        CertificateFileException wrong = files.Invoking(all => all.Load()).Should().Throw<CertificateFileException>(which).Which;

        missing.File.Should().Be(path);
        missing.Message.Should().Contain(path).And.Contain("cannot be read");
        wrong.File.Should().Be(path);
        wrong.Message.Should().Contain(path).And.Contain("PEM");
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_and_not_shown()
    {
        PemFiles files = Write("client", _certificates.Client);
        string other = Write("other", _certificates.Server).Key;
        string[] secret = File.ReadAllLines(other);

        CertificateFileException refusal = (files with { Key = other }).Invoking(all => all.Load())
            .Should().Throw<CertificateFileException>().Which;

        refusal.File.Should().Be(other);
        secret.Should().HaveCountGreaterThan(2);
        secret.Where(line => line.Length > 0).Should().OnlyContain(line => !refusal.ToString().Contains(line));
    }

    [Fact]
    public void A_key_with_a_passphrase_is_refused()
    {
        PemFiles files = Write("client", _certificates.Client);
        using ECDsa key = ECDsa.Create();
        File.WriteAllText(files.Key, key.ExportEncryptedPkcs8PrivateKeyPem(
            "passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        files.Invoking(all => all.Load()).Should().Throw<CertificateFileException>().WithMessage("*without a passphrase*");
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [InlineData(UnixFileMode.UserRead, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "mode 0640")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, "mode 0404")]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_others_may_touch_is_warned_of(UnixFileMode mode, string? expected)
    {
        PemFiles files = Write("client", _certificates.Client);
        File.SetUnixFileMode(files.Key, mode);

        string? warning = files.FindKeyWarning();

        if (expected is null)
        {
            warning.Should().BeNull();
        }
        else
        {
            warning.Should().Contain(expected).And.Contain($"chmod 600 {files.Key}");
        }
    }

    [Fact]
    public void A_channel_does_not_mix_cleartext_and_certificates()
    {
        ChannelFactory secure = new(_certificates.With(_certificates.Client), KeepAlive.Default);

        secure.Invoking(channels => channels.Open("http://127.0.0.1:1")).Should().Throw<ArgumentException>().WithMessage("*https*");
        ChannelFactory.Cleartext.Invoking(channels => channels.Open("https://127.0.0.1:1"))
            .Should().Throw<ArgumentException>().WithMessage("*certificate*");
    }

    private PemFiles Write(string name, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        string[] paths = _certificates.WritePem(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, certificate);
        return new PemFiles(paths[1], paths[2], paths[0]);
    }
}
