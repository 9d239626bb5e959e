using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class VirtualAdapterHostTests
{
    [Fact]
    public async Task One_process_at_a_time_serves_an_adapter_and_its_link_goes_with_it()
    {
        string folder = Directory.CreateTempSubdirectory("dh-adapter-").FullName;
        string model = Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "zigbee-adapter.yaml");
        string link = Path.Combine(folder, "adapter");
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stop = new();
        Task first = VirtualAdapterHost.RunAsync(model, folder, [], link, (_, _) => ready.SetResult(), TimeProvider.System, stop.Token);
        await ready.Task.DefaultTimeout();

        Func<Task> second = () => VirtualAdapterHost.RunAsync(model, folder, [], link, (_, _) => { }, TimeProvider.System, stop.Token);

        (await second.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("BENCH-001");
        new FileInfo(link).LinkTarget.Should().StartWith("/dev/pts/", "the first serves on");
        await stop.CancelAsync();
        await first.DefaultTimeout();
        new FileInfo(link).LinkTarget.Should().BeNull();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("gpf-01:answers-differ", true)]
    [InlineData("mirror-stale", true)]
    [InlineData("gsme-01:stale-readings", true)]
    [InlineData("esme-01:clock-refused", false)]
    [InlineData("clock-refused", false)]
    [InlineData("esme-01:mirror-stale", false)]
    public void A_defect_goes_to_the_radio_where_no_device_on_a_line_is_meant(string defect, bool isOfRadio)
    {
        RigDevice[] onLines = [.. BenchFolder.Parse(BenchFolder.RigText).Devices];

        VirtualBenchHost.IsOfRadio(defect, onLines).Should().Be(isOfRadio);
    }

    [Theory]
    [InlineData("join-refused", "zb-01")]
    [InlineData("hub-restarts", "zb-02")]
    [InlineData("hub:ota-abort", "zb-02")]
    [InlineData("gsme-02:wrong-multiplier", "zb-01")]
    [InlineData("no-such-defect", "zb-01")]
    public void A_defect_is_planted_on_the_first_radio_where_a_device_can_have_it(string defect, string adapter)
    {
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "han-hub", "rig.yaml"));

        ILookup<RigAdapter, string> planted = VirtualAdapters.Planted(rig, rig.Adapters, [defect]);

        planted.Should().ContainSingle().Which.Key.Name.Should().Be(adapter);
    }
}
