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
}
