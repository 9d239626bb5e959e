using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Transports.Faulty;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class PlantedFaultsTests
{
    private static readonly RigConfiguration Rig = BenchFolder.Parse(BenchFolder.RigText + """


          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A1
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme.yaml, paced: false, faults: "seed=1,flip=0.5" }
        """);

    [Fact]
    public void A_plan_is_for_every_virtual_device_and_a_later_one_for_the_named_device()
    {
        RigConfiguration rig = PlantedFaults.PlantAll(Rig, ["seed=7,loss=0.01", "esme-02:stall@120"]);

        FaultPlan? first = rig.Devices[0].Link.Faults;
        FaultPlan? second = rig.Devices[1].Link.Faults;
        (first?.Seed, first?.Rates[FaultKind.Loss]).Should().Be((7UL, 0.01));
        second?.Scripted.Should().Equal((FaultKind.Stall, 120L));
        second?.Rates.Should().BeEmpty("the command line stands in place of the rig file");
    }

    [Fact]
    public void Without_a_plan_the_rig_file_holds()
    {
        PlantedFaults.PlantAll(Rig, []).Devices[1].Link.Faults?.Rates.Should().ContainKey(FaultKind.Flip);
    }

    [Theory]
    [InlineData("loss=2", "loss=2")]
    [InlineData("esme-09:loss=0.1", "esme-01, esme-02")]
    [InlineData("esme-01:rain=0.1", "wrong-baud")]
    public void What_is_no_plan_or_no_device_is_refused_with_what_is_allowed(string faults, string told)
    {
        Action plant = () => PlantedFaults.PlantAll(Rig, [faults]);

        ConfigurationException fault = plant.Should().Throw<ConfigurationException>().Which;
        fault.Code.Should().Be("RIG-008");
        fault.Message.Should().Contain("--faults").And.Contain(told);
    }

    [Fact]
    public async Task Faults_on_a_tcp_connection_are_refused_and_not_passed_over()
    {
        using BenchFolder folder = new()
        {
            Rig = PlantedFaults.PlantAll(
                BenchFolder.Parse(BenchFolder.RigText.Replace(
                    "model: rigs/virtual/esme.yaml", "model: rigs/virtual/esme-tcp.yaml, framing: wrapper", StringComparison.Ordinal)),
                ["loss=0.1"]),
        };
        Func<Task> serve = async () =>
        {
            await using BenchFolder.ServedBench bench = await folder.ServeAsync();
        };

        (await serve.Should().ThrowAsync<ConfigurationException>()).Which.Message.Should().Contain("TCP");
    }
}
