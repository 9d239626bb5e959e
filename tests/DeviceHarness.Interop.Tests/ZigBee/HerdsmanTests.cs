using System.Diagnostics;
using System.Text.Json.Nodes;
using DeviceHarness.Interop.Tests.Grpc;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Firmware;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Upgrades;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Interop.Tests.ZigBee;

/// <summary>Another project's ZigBee host, as a program of its own, on the pseudo-terminal of a virtual adapter.</summary>
public sealed class HerdsmanTests(ITestOutputHelper output)
{
    private const int DamagedFrame = 9;

    public static TheoryData<byte> Versions { get; } = TestSize.IsLong ? [13, 14, 18] : [14];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_foreign_host_forms_a_network_and_interviews_reads_and_upgrades_a_device_over_a_bad_line(byte version)
    {
        string image = Path.Combine(Path.GetTempPath(), $"harness-{Guid.NewGuid():N}.ota");
        await File.WriteAllBytesAsync(image, FirmwareImages.Sound.Octets());
        string folder = await NodeInstallation.FolderAsync("ZigBee");
        await using PtyMasterTransport line = PtyMasterTransport.Create(new PtySettings { Name = "ncp", CompletesReadsInline = true });
        VirtualNcp ncp = new("ncp", ModelOf(version), TimeProvider.System);
        using CancellationTokenSource over = new();
        Task pump = ncp.RunAsync(new VirtualLine(line), over.Token);

        (int code, string said, string errors) = await RunAsync(folder, line.SlavePath, image);

        File.Delete(image);
        await over.CancelAsync();
        await pump.ContinueWith(_ => { }, TaskScheduler.Default).DefaultTimeout();
        output.WriteLine($"{ncp.Counters}");
        code.Should().Be(0, errors + said);
        JsonNode[] events = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(text => JsonNode.Parse(text)!)];
        events.Select(happened => happened["event"]!.GetValue<string>()).Should().Equal("started", "read", "updated", "stopped");
        events[0]["result"]!.GetValue<string>().Should().Be("reset", "the network is new");
        events[0]["ezsp"]!.GetValue<int>().Should().Be(version);
        events[0]["channel"]!.GetValue<int>().Should().Be(15);
        events[0]["panId"]!.GetValue<int>().Should().Be(0x1A62);
        Device(events[1]);
        (events[2]["from"]!.GetValue<uint>(), events[2]["to"]!.GetValue<uint>()).Should().Be((0x0001_0000, 0x0102_0304));
        events[2]["firmware"]!.GetValue<string>().Should().Be("4.3.0");
        ncp.Counters.PlantedFaults.Should().BeGreaterThan(5, "the line was to be bad");
        ncp.Counters.DataRepeated.Should().BePositive();
    }

    private static void Device(JsonNode read)
    {
        read["address"]!.GetValue<string>().Should().Be("0x70b3d52b60112233");
        read["type"]!.GetValue<string>().Should().Be("Router");
        read["model"]!.GetValue<string>().Should().Be("VIRTUAL-IHD");
        read["manufacturer"]!.GetValue<string>().Should().Be("DeviceHarness");
        read["read"]!["swBuildId"]!.GetValue<string>().Should().Be("3.2.1");
        read["clock"]!["timeStatus"]!.GetValue<int>().Should().Be(1);
        JsonNode endpoint = read["endpoints"]!.AsArray().Should().ContainSingle().Subject!;
        endpoint["ID"]!.GetValue<int>().Should().Be(1);
        endpoint["profileID"]!.GetValue<int>().Should().Be(0x0104);
        endpoint["inputClusters"]!.AsArray().Select(cluster => cluster!.GetValue<int>()).Should().Equal(0x0000, 0x000A);
    }

    private static NcpModel ModelOf(byte version) => new()
    {
        Adapter = new NcpOptions
        {
            ProtocolVersion = version,
            Link = new AshNcpOptions
            {
                // A machine that stalls is no lost host: the adapter does not give up before the test does.
                AckTimeoutLimit = 100,
                Faults =
                [
                    new AshFrameFault(AshFaultKind.Corrupt, DamagedFrame) { IsRepeating = true },
                    new AshFrameFault(AshFaultKind.Corrupt, DamagedFrame, IsToAdapter: true) { IsRepeating = true },
                ],
            },
        },
        Devices =
        [
            new HanDeviceModel
            {
                Name = "ihd", Eui64 = 0x70B3D52B60112233, Model = "VIRTUAL-IHD", FirmwareVersion = "3.2.1", Profile = 0x0104,
                Upgrades = new UpgradeClientOptions { VerifyTime = TimeSpan.Zero, RestartTime = TimeSpan.FromMilliseconds(100) },
            },
        ],
    };

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string folder, string port, string image)
    {
        ProcessStartInfo start = new("node", ["herdsman.js", port, image])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().DefaultTimeout();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        return (process.ExitCode, await said, await errors);
    }
}
