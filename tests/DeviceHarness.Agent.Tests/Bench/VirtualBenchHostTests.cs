using System.Net;
using System.Net.Sockets;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class VirtualBenchHostTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ports_are_links_that_go_with_the_bench()
    {
        await using (BenchFolder.ServedBench served = await _folder.ServeAsync())
        {
            VirtualPort port = (await served.Ready).Should().ContainSingle().Subject;

            port.Device.Value.Should().Be("esme-01");
            port.Path.Should().Be(_folder.Port);
            File.ResolveLinkTarget(_folder.Port, returnFinalTarget: false)!.FullName.Should().Be(port.Target);
        }

        new FileInfo(_folder.Port).LinkTarget.Should().BeNull();
    }

    [Fact]
    public async Task A_second_bench_on_the_same_data_folder_is_refused_and_the_first_goes_on()
    {
        await using BenchFolder.ServedBench first = await _folder.ServeAsync();
        Func<Task> second = () => _folder.ServeAsync();

        TransportException fault = (await second.Should().ThrowAsync<TransportException>()).Which;

        fault.Code.Should().Be("BENCH-001");
        fault.Message.Should().Contain("test-rig").And.Contain("--data");
        File.Exists(_folder.Port).Should().BeTrue("the link of the first bench is not touched");
    }

    [Theory]
    [InlineData("no-such-defect", "'no-such-defect'", "wrong-scaler")]
    [InlineData("esme-09:wrong-scaler", "'esme-09:wrong-scaler'", "esme-01")]
    [InlineData("esme-01:", "''", "wrong-scaler")]
    [InlineData("", "''", "wrong-scaler")]
    public async Task A_wrong_defect_is_told_with_what_is_allowed(string defect, string found, string allowed)
    {
        Func<Task> serve = () => _folder.ServeAsync(defect);

        ConfigurationException fault = (await serve.Should().ThrowAsync<ConfigurationException>()).Which;

        fault.Code.Should().Be("RIG-006");
        fault.Key.Should().Be("--defect");
        fault.Found.Should().Be(found);
        fault.Allowed.Should().Contain(allowed);
    }

    [Theory]
    [InlineData("wrong-scaler")]
    [InlineData("esme-01:wrong-scaler")]
    public async Task A_defect_is_named_alone_or_with_its_device(string defect)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defect);

        (await served.Ready.DefaultTimeout()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_device_over_tcp_has_a_file_with_its_address_that_goes_with_the_bench()
    {
        using BenchFolder folder = new()
        {
            Rig = BenchFolder.Parse(BenchFolder.RigText.Replace("esme.yaml", "esme-tcp.yaml", StringComparison.Ordinal)),
        };
        string answer;
        await using (BenchFolder.ServedBench served = await folder.ServeAsync())
        {
            VirtualPort port = (await served.Ready).Should().ContainSingle().Subject;
            string address = await File.ReadAllTextAsync(folder.Port);
            port.Target.Should().Be(address).And.StartWith("tcp:127.0.0.1:");

            using TcpClient client = new();
            await client.ConnectAsync(IPEndPoint.Parse(address[4..])).DefaultTimeout();
            await client.GetStream().WriteAsync("00 01 00 10 00 01 00 03 C0 01 C1".Octets());
            byte[] octets = new byte[11];
            await client.GetStream().ReadExactlyAsync(octets).AsTask().DefaultTimeout();
            answer = Convert.ToHexString(octets);
        }

        answer.Should().Be("0001000100100003" + "D80101", "a service outside an association is not allowed");
        File.Exists(folder.Port).Should().BeFalse();
    }

    [Fact]
    public async Task What_a_device_keeps_without_power_is_there_when_the_bench_comes_back()
    {
        await using (await _folder.ServeAsync())
        {
        }

        string record = Path.Combine(_folder.Path, "bench", "test-rig", "flash", "esme-01", "meter.flash");
        string first = await File.ReadAllTextAsync(record);
        await using (await _folder.ServeAsync())
        {
        }

        string second = await File.ReadAllTextAsync(record);
        first.Should().Contain("4.2.0").And.NotContain("\"Code\":36695", "8F57: the power was never off");
        second.Should().Contain("\"Code\":36695").And.Contain("\"Code\":36661", "8F57 and 8F35: the bench was off");
    }
}
