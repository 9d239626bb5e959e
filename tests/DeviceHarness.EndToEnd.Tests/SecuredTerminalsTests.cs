using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Orchestrator, agent and command line with certificates, as processes.</summary>
public sealed class SecuredTerminalsTests : IDisposable
{
    private readonly EchoCertificates _ours = new();
    private readonly EchoCertificates _others = new();
    private readonly RunFolder _folder = new();

    public void Dispose()
    {
        _ours.Dispose();
        _others.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task With_certificates_agent_and_commands_reach_the_orchestrator_and_no_key_is_shown()
    {
        PemFiles rig = Write("rig", _ours, _ours.Client);
        PemFiles server = Write("server", _ours, _ours.Server);
        await using HarnessProcess orchestrator = await StartOrchestratorAsync(server);
        await using HarnessProcess bench = HarnessProcess.Start(_folder.Path, ["bench", "up", "--rig-config", _folder.RigConfig, .. Data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess agent = HarnessProcess.Start(
            _folder.Path, ["agent", "--rig-config", _folder.RigConfig, .. Client(rig), .. Data]);
        string connected = await agent.WaitForLineAsync("is connected to");

        await using HarnessProcess run = HarnessProcess.StartWith(
            new()
            {
                ["HARNESS_CLIENT_CERT"] = rig.Certificate,
                ["HARNESS_CLIENT_KEY"] = rig.Key,
                ["HARNESS_SERVER_CA"] = rig.Authorities,
            },
            _folder.Path, ["run", "dmct-smoke", "--rig", "bench-01", "--only", "SMK-01", .. Data]);
        await run.WaitForExitAsync();
        File.SetUnixFileMode(rig.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        CommandRun rigs = await CommandRun.OfAsync(["rigs", .. Client(rig), .. Data]);
        using GrpcChannel channel = new ChannelFactory(rig.Load(), KeepAlive.Default).Open(AddressIn(connected));
        HealthCheckResponse health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync
            .DefaultTimeout();

        connected.Should().Contain("https://127.0.0.1:");
        run.ExitCode.Should().Be(0, $"{run.Output}\n{run.Error}");
        run.Error.Should().NotContain("warning");
        rigs.ExitCode.Should().Be(0, rigs.Error);
        rigs.Output.Should().Contain("bench-01").And.Contain("online");
        rigs.Error.Should().Contain("warning").And.Contain("mode 0640").And.Contain($"chmod 600 {rig.Key}");
        health.Status.Should().Be(HealthCheckResponse.Types.ServingStatus.Serving);
        string said = string.Concat(
            new[] { orchestrator, agent, bench, run }.Select(process => process.Output + process.Error).Append(rigs.Output + rigs.Error));
        foreach (string line in new[] { rig.Key, server.Key }.SelectMany(File.ReadAllLines).Where(line => !line.StartsWith('-')))
        {
            said.Should().NotContain(line);
        }
    }

    [Fact]
    public async Task Whoever_is_not_trusted_is_told_what_where_and_what_next()
    {
        PemFiles stranger = Write("stranger", _others, _others.Client) with { Authorities = Write("rig", _ours, _ours.Client).Authorities };
        PemFiles sceptic = Write("sceptic", _ours, _ours.Client) with { Authorities = Write("other", _others, _others.Client).Authorities };
        await using HarnessProcess orchestrator = await StartOrchestratorAsync(Write("server", _ours, _ours.Server));

        CommandRun without = await CommandRun.OfAsync(["rigs", .. Data]);
        CommandRun refused = await CommandRun.OfAsync(["rigs", .. Client(stranger), .. Data]);
        string logged = await orchestrator.WaitForLineAsync("is refused");
        CommandRun refusing = await CommandRun.OfAsync(["rigs", .. Client(sceptic), .. Data]);
        await using HarnessProcess agent = HarnessProcess.Start(
            _folder.Path, ["agent", "--rig-config", _folder.RigConfig, .. Client(stranger), .. Data]);
        string told = await agent.WaitForLineAsync("may not trust each other");
        await using HarnessProcess blind = await HarnessProcess.RunAsync(
            _folder.Path,
            ["agent", "--rig-config", _folder.RigConfig, "--data", $"{_folder.Data}-2", "--server", AddressIn(orchestrator.Output)]);

        without.ExitCode.Should().Be(2);
        without.Error.Should().Contain("https://127.0.0.1:").And.Contain("give --client-cert, --client-key and --server-ca");
        refused.ExitCode.Should().Be(3);
        refused.Error.Should().Contain("https://127.0.0.1:").And.Contain("--client-ca must hold the authority that issued --client-cert");
        logged.Should().Contain("127.0.0.1:").And.Contain("does not come from an authority").And.Contain("CN=rig-07");
        refusing.ExitCode.Should().Be(3);
        refusing.Error.Should().Contain("https://127.0.0.1:").And.Contain("--server-ca must hold the authority that issued it");
        told.Should().Contain("https://127.0.0.1:").And.Contain("--client-ca must hold");
        blind.ExitCode.Should().Be(2);
        blind.Error.Should().Contain("give --client-cert");
    }

    [Fact]
    public async Task Cleartext_off_loopback_and_half_a_set_of_files_are_refused_with_what_to_give()
    {
        PemFiles server = Write("server", _ours, _ours.Server);

        await using HarnessProcess open = await HarnessProcess.RunAsync(_folder.Path, ["orchestrator", "--listen", "0.0.0.0:0", .. Data]);
        await using HarnessProcess half = await HarnessProcess.RunAsync(
            _folder.Path, ["orchestrator", "--listen", "127.0.0.1:0", "--tls-cert", server.Certificate, .. Data]);
        await using HarnessProcess lost = await HarnessProcess.RunAsync(
            _folder.Path,
            ["orchestrator", "--tls-cert", server.Certificate, "--tls-key", "none.pem", "--client-ca", server.Authorities, .. Data]);
        await using HarnessProcess mixed = await HarnessProcess.RunAsync(
            _folder.Path, ["orchestrator", "--listen", "https://127.0.0.1:0", .. Data]);
        CommandRun far = await CommandRun.OfAsync(["rigs", "--server", "http://192.0.2.1:7410"]);

        open.ExitCode.Should().Be(3);
        open.Error.Should().Contain("ORCH-003").And.Contain("--tls-cert, --tls-key and --client-ca");
        half.ExitCode.Should().Be(2);
        half.Error.Should().Contain("missing: --tls-key, --client-ca");
        lost.ExitCode.Should().Be(2);
        lost.Error.Should().Contain("the private key file 'none.pem' cannot be read");
        mixed.ExitCode.Should().Be(2);
        mixed.Error.Should().Contain("https needs --tls-cert");
        far.ExitCode.Should().Be(2);
        far.Error.Should().Contain("http://192.0.2.1:7410 is not on this machine").And.Contain("dial https");
    }

    private string[] Data => ["--data", _folder.Data];

    private static string[] Client(PemFiles files) =>
        ["--client-cert", files.Certificate, "--client-key", files.Key, "--server-ca", files.Authorities];

    private static string AddressIn(string text) =>
        text.Split([' ', '\n']).First(word => word.StartsWith("https://", StringComparison.Ordinal)).TrimEnd(';');

    private async Task<HarnessProcess> StartOrchestratorAsync(PemFiles files)
    {
        HarnessProcess orchestrator = HarnessProcess.Start(
            _folder.Path,
            [
                "orchestrator", "--listen", "127.0.0.1:0", "--tls-cert", files.Certificate, "--tls-key", files.Key,
                "--client-ca", files.Authorities, .. Data,
            ]);
        await orchestrator.WaitForLineAsync("orchestrator at https://127.0.0.1:");
        return orchestrator;
    }

    private PemFiles Write(string name, EchoCertificates authority, X509Certificate2 certificate)
    {
        string[] paths = authority.WritePem(Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName, certificate);
        return new PemFiles(paths[1], paths[2], paths[0]);
    }
}
