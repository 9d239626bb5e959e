using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Service;

public sealed class PlantedDefectTests
{
    private static readonly RigConfiguration Rig = BenchFolder.Parse(BenchFolder.RigText);
    private static readonly ServiceOptions Sound = new() { Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>>()) };

    [Theory]
    [InlineData("late-acknowledgement", true)]
    [InlineData("late-acknowledgement:share=2", true)]
    [InlineData("esme-01:lost-response", true)]
    [InlineData("esme-01:lost-response:times=1", true)]
    [InlineData("wrong-scaler", false)]
    [InlineData("esme-01:wrong-scaler", false)]
    public void A_defect_of_the_service_is_told_from_one_of_a_device(string defect, bool isOfService)
    {
        PlantedDefect.IsOfService(defect).Should().Be(isOfService);
    }

    [Fact]
    public void No_defect_of_a_virtual_device_has_the_name_of_one_of_the_service()
    {
        VirtualBenchHost.DefectNames.Where(PlantedDefect.IsOfService).Should().BeEmpty();
    }

    [Theory]
    [InlineData("late-response:delay=7m,share=0.3")]
    [InlineData("esme-01:late-response:delay=7m,share=0.3")]
    public void It_is_planted_for_its_device_with_its_parameters(string defect)
    {
        LateResponse late = (LateResponse)PlantedDefect.PlantAll(Rig, [defect], Sound).Faults.Single();

        late.Devices.Should().Equal(Rig.Devices[0].Eui64);
        (late.Delay, late.Share).Should().Be((TimeSpan.FromMinutes(7), 0.3));
    }

    [Theory]
    [InlineData("esme-09:late-response", "'esme-09'", "esme-01")]
    [InlineData("late-response:delay=7", "'delay=7'", "7m")]
    [InlineData("esme-01:late-response:share=2", "'share=2'", "0 to 1")]
    public void What_is_wrong_is_told_before_anything_starts(string defect, string found, string allowed)
    {
        Action check = () => PlantedDefect.Check(Rig, ["wrong-scaler", defect]);

        ConfigurationException fault = check.Should().Throw<ConfigurationException>().Which;

        fault.Code.Should().Be("RIG-006");
        fault.Found.Should().Be(found);
        fault.Allowed.Should().Contain(allowed);
    }
}
