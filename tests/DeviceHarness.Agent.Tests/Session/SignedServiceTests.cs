using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Service;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Session;

public sealed class SignedServiceTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_device_answer_is_signed_inside_and_outside_by_the_keys_of_the_data_folder()
    {
        using BenchFolder folder = new();
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();

        ServiceExchange exchange = await bench.Service.SendAsync(Request(bench), CancellationToken.None).DefaultTimeout();

        string keys = Directory.GetDirectories(folder.Path, "service-keys", SearchOption.AllDirectories).Single();
        string answer = exchange.Response!.Xml;
        XmlSignature.Verify(answer, [Certificate(keys, "dcc.pem")]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.VerifySmets1(answer, [Certificate(keys, "s1sp.pem")]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.Verify(exchange.Acknowledgement.Xml, []).State.Should().Be(XmlSignatureState.Absent);
        exchange.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_that_was_changed_after_a_known_User_signed_it_is_refused()
    {
        using BenchFolder folder = new();
        (string certificate, string key) = UserIdentity();
        using (ServiceKeys.Open(ServiceKeys.Folder(folder.Path, folder.Rig.Name), TimeProvider.System))
        {
            string users = Path.Combine(ServiceKeys.Folder(folder.Path, folder.Rig.Name), "users");
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(users).FullName, "user.pem"), certificate);
        }

        await using RigBench bench = folder.OpenBench();
        using XmlSigningKey user = XmlSigningKey.FromPem(key, certificate);
        string changed = XmlSignature.Sign(Request(bench), user).Replace(":1<", ":2<", StringComparison.Ordinal);

        Func<Task> send = () => bench.Service.SendAsync(changed, CancellationToken.None);

        (await send.Should().ThrowAsync<DuisFormatException>()).Which.Path.Should().Be("/Request/Signature");
    }

    [Fact]
    public async Task A_signature_of_nobody_known_is_taken_with_a_warning()
    {
        using BenchFolder folder = new();
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();
        using ServiceKeys keys = ServiceKeys.Open(_keys.Path, TimeProvider.System);
        string changed = XmlSignature.Sign(Request(bench), keys.Dcc).Replace(":1<", ":2<", StringComparison.Ordinal);

        ServiceExchange exchange = await bench.Service.SendAsync(changed, CancellationToken.None).DefaultTimeout();

        exchange.Response!.ResponseCode.Should().Be("I0");
        exchange.Warnings.Should().ContainSingle().Which.Should().StartWith("NotChecked: ").And.Contain("another digest");
    }

    [Fact]
    public void Keys_are_made_once_for_their_owner_alone_and_say_what_they_are()
    {
        using ServiceKeys first = ServiceKeys.Open(_keys.Path, TimeProvider.System);
        using ServiceKeys second = ServiceKeys.Open(_keys.Path, TimeProvider.System);

        second.Dcc.Signer.Should().Be(first.Dcc.Signer);
        second.ServiceProvider.Signer.Should().Be(first.ServiceProvider.Signer);
        first.Dcc.Signer.IssuerName.Should().Contain("DeviceHarness simulated DCC").And.Contain("not a DCC key");
        string[] files = Directory.GetFiles(_keys.Path);
        files.Should().HaveCount(2).And.OnlyContain(file => ModeOf(file) == OwnerOnly);
    }

    [Fact]
    public void Certificates_of_Users_are_read_and_a_broken_file_is_named()
    {
        string users = Directory.CreateDirectory(_keys.File("users")).FullName;
        File.WriteAllText(Path.Combine(users, "user.pem"), UserIdentity().Certificate);

        using ServiceKeys keys = ServiceKeys.Open(_keys.Path, TimeProvider.System);
        keys.Users.Should().ContainSingle().Which.Signer.IssuerName.Should().Be("CN=a User");
        File.WriteAllText(Path.Combine(users, "broken.pem"), "not PEM");

        FluentActions.Invoking(() => ServiceKeys.Open(_keys.Path, TimeProvider.System))
            .Should().Throw<ConfigurationException>().Which.File.Should().EndWith("broken.pem");
    }

    private static UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(file);

    private static XmlSignerCertificate Certificate(string folder, string file) =>
        XmlSignerCertificate.FromPem(File.ReadAllText(Path.Combine(folder, file)));

    private static (string Certificate, string Key) UserIdentity()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset from = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 certificate =
            new CertificateRequest("CN=a User", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, from.AddYears(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Request(RigBench bench)
    {
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        return DuisRequestWriter.Write(new DuisRequest(id, 1, new ReadFirmwareVersion()));
    }
}
