using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The form of <c>firmware</c> for a display, over the air, where the service has other rules. What a defect of it turns red:
/// <see cref="RadioSelfTests"/>.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class DisplayFirmwarePackTests
{
    [Fact]
    public async Task Where_the_service_offers_11_2_the_display_tells_by_it_which_version_runs()
    {
        TestPack pack = PackLoader.Load(
            PackLibrary.FindText("firmware-ppmid")!
                .Replace("acknowledgement: E11", "body: { FirmwareVersion: 1.5.0 }", StringComparison.Ordinal),
            "firmware-ppmid");

        RigConfiguration home = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "home", "rig.yaml"));

        AttemptResult result = await RadioRig.RunAsync(
            new SelfTestBench(home with { FirmwareUpdateRules = FirmwareUpdateRules.Secmp0007 }),
            rig => rig.RunAsync(pack, pack.Find("FWP-01")!, null, default));

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }
}
