using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class FirmwareRegisterReaderTests
{
    private const string Hash = "E619E349C8B3074827BCA9E8B997773D8E6128D621032785177096F778DAF28E";

    private const string Good = $$"""
        images:
          - { sha256: {{Hash}}, type: ESME, model: generic, version: "4.3.0", provider: A Supplier, received: 2026-01-31 }
        upgrades:
          - { type: ESME, model: generic, from: "4.2.0", to: "4.3.0" }
        dependencies:
          - { what: Secure firmware, provider: Secure, need-by: 2019-04-01, met: 2019-03-30 }
          - { what: L+G firmware, provider: Landis+Gyr, need-by: 2019-06-12 }
        baseline: { go-live: 2019-12-12 }
        """;

    [Fact]
    public void A_good_register_is_taken_whole()
    {
        FirmwareRegister register = FirmwareRegisterReader.Parse(Good, "/firmware.yaml");

        register.Find(Hash).Should().Be(new FirmwareImageRecord(
            Hash.ToLowerInvariant(), "ESME", "generic", "4.3.0", "A Supplier", new DateOnly(2026, 1, 31)));
        register.Upgrades.Should().Equal(new FirmwareUpgradeStep("ESME", "generic", "4.2.0", "4.3.0"));
        register.Dependencies.Select(row => row.Met).Should().Equal(new DateOnly(2019, 3, 30), null);
        register.Baseline.Should().Be(new FirmwareBaseline(new DateOnly(2019, 12, 12), 6));
    }

    [Theory]
    [InlineData(Hash, "E619", "sha256")]
    [InlineData("2026-01-31", "31.01.2026", "received")]
    [InlineData("type: ESME, model: generic, version", "type: LAMP, model: generic, version", "type")]
    [InlineData("go-live", "live", "go-live")]
    [InlineData("met: 2019-03-30", "came: 2019-03-30", "came")]
    [InlineData("images:\n", $"images:\n  - {{ sha256: {Hash}, type: ESME, model: x, version: 1, provider: B, received: 2026-01-01 }}\n",
        "images")]
    public void What_is_wrong_is_told_with_its_key(string from, string to, string key)
    {
        Action read = () => FirmwareRegisterReader.Parse(Good.Replace(from, to, StringComparison.Ordinal), "/firmware.yaml");

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Contain(key);
    }

    [Fact]
    public void A_rig_file_names_its_register_and_one_that_is_missing_is_told()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "firmware.yaml"), Good);
        string rig = BenchFolder.RigText + "\nfirmware-register: firmware.yaml\n";

        RigConfigurationReader.Parse(rig, Path.Combine(folder.Path, "rig.yaml")).FirmwareRegister!.Images.Should().HaveCount(1);
        RigConfigurationReader.Parse(BenchFolder.RigText, "/rig.yaml").FirmwareRegister.Should().BeNull();
        Action missing = () => RigConfigurationReader.Parse(rig, "/no-such-folder/rig.yaml");
        missing.Should().Throw<ConfigurationException>().Which.Code.Should().Be("RIG-007");
    }

    [Fact]
    public void The_register_of_the_repository_has_a_record_for_each_image_that_a_built_in_pack_delivers_checked()
    {
        FirmwareRegister register =
            RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rig-config.yaml")).FirmwareRegister!;

        register.Images.Should().HaveCount(11).And.OnlyContain(
            image => image.Model == $"generic-smets1-{(image.DeviceType == "CHF" ? "hub" : image.DeviceType.ToLowerInvariant())}");
    }
}
